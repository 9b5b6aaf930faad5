"""What belongs to a desk in the world of the access matrix."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone

from verkosto.registrations.mail.check_in_codes import code_of
from verkosto.registrations.models import CheckInLink, InvitationReminder, Job, RoleAssignment

Part = dict[str, Any]


def _check_in_link(word: str, desk: Any) -> int:
    valid = {"valid_from": timezone.now(), "valid_until": timezone.now() + timedelta(days=1)}
    link = CheckInLink.objects.create(desk=desk, name=word, day=timezone.localdate(), digest=word, **valid)
    return link.pk


def _archive(word: str, desk: Any) -> int:
    now = timezone.now()
    file = ContentFile(b"x", name=word)
    return desk.archives.create(due_on=now.date(), state="made", made_at=now, file=file, sha256=word).pk


def desk_part(word: str, registration: Any) -> Part:
    """Make one of everything that a registration's desk can have. Return the values of the addresses' parameters."""
    desk = registration.desk
    key = str(desk.questions.get().key)
    content = ContentFile(b"x", name=f"{uuid.uuid4()}.pdf")
    file = registration.files.create(question_key=key, name=f"{word}.pdf", size=1, file=content)
    address = f"{word}@example.fi"
    desk.email_templates.create(kind="confirmed", language="fi", subject=word, body=word)
    message = registration.messages.create(desk=desk, kind="bulk", recipient=address, subject=word, language="fi").pk
    return {
        "desk": desk.pk,
        "desk_key": desk.translation_key,
        "linked_event": f"verkosto:{desk.translation_key}",
        "registration": registration.pk,
        "reference": registration.reference,
        "guest": registration.guests.get().reference,
        "check_in_code": code_of(registration),
        "check_in_link": _check_in_link(word, desk),
        "archive": _archive(word, desk),
        "file": file.pk,
        "file_key": key,
        "message": message,
        "job": Job.objects.create(desk=desk, kind="mailing").pk,
        "mailing": desk.mailings.create(subjects={"fi": word}).pk,
        "invitation": desk.invitations.create(email=address, name=word, language="fi").pk,
        "role": RoleAssignment.objects.create(
            user=User.objects.create_user(f"{word}-check"), role="check_in", desk=desk
        ).pk,
        "colleague_invitation": desk.colleague_invitations.create(
            email=f"{word}.kollega@example.fi",
            role="check_in",
            language="fi",
            written_at=timezone.now() - timedelta(hours=1),  # so that it can be sent again, however fast the tests are
            expires_at=timezone.now() + timedelta(days=7),
        ).pk,
        "reminder": InvitationReminder.objects.create(desk=desk, days=3).pk,
    }
