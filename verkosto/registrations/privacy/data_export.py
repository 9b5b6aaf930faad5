"""What a data subject request gives out: everything kept about a person, of one registration or of one address."""

from typing import Any

from verkosto.registrations.models import Invitation, Message, Registration
from verkosto.registrations.privacy.notice_snapshots import snapshot_text
from verkosto.registrations.privacy.personal_data import personal_data_holders


def data_of(registration: Registration, *, sensitive: bool = True) -> dict[str, Any]:
    """Return everything that is kept about a person in one registration, as JSON; the sensitive answers if ``sensitive``."""
    return {
        "title": registration.desk.version(registration.language).get("title", ""),
        "reference": registration.reference,
        "name": registration.name,
        "email": registration.email,
        "language": registration.language,
        "organisation": registration.organisation,
        "places": registration.places,
        "companions": registration.companions,
        "status": registration.status,
        "attendance": registration.attendance,
        "registered": registration.created_at.isoformat(),
        "shown_and_agreed": {**registration.agreed, "text": snapshot_text(registration.agreed)},
        "answers": _answers(registration, sensitive=sensitive),
        "files": [{"name": file.name, "size": file.size} for file in registration.files.all()],
        "history": [
            {"at": change.at.isoformat(), "event": change.event, "status": change.to_status, "reason": change.reason}
            for change in registration.changes.all()
        ],
        "notes": [{"at": note.created_at.isoformat(), "text": note.text} for note in registration.notes.all()],
        "messages": [
            {
                "at": message.created_at.isoformat(),
                "kind": message.kind,
                "state": message.state,
                "subject": message.subject,
                "text": message.text,
            }
            for message in registration.messages.all()
        ],
    }


def data_of_address(email: str) -> dict[str, Any]:
    """Return everything that is kept under an address, over all desks and in all apps, as JSON."""
    registrations = Registration.objects.of_address(email).select_related("desk")
    return {
        "email": email,
        "registrations": [data_of(registration) for registration in registrations],
        "invitations": [
            {"title": invitation.desk.title, "name": invitation.name, "invited": invitation.created_at.isoformat()}
            for invitation in Invitation.objects.filter(email=email).select_related("desk")
        ],
        "messages": [
            {"at": message.created_at.isoformat(), "kind": message.kind, "subject": message.subject}
            for message in Message.objects.filter(recipient=email, registration__isnull=True)
        ],
        **{holder.name: kept for holder in personal_data_holders() if (kept := holder.data(email))},
    }


def _answers(registration: Registration, *, sensitive: bool) -> list[dict[str, Any]]:
    language = registration.language
    questions = {question.key: question for question in registration.desk.questions.all()}
    return [
        {
            "question": questions[key].label(language) if key in questions else key,
            "answer": questions[key].display(value, language) if key in questions else value,
        }
        for key, value in registration.all_answers(sensitive=sensitive).items()
    ]
