"""Comments and questions about strings. A question goes to the author of the original, its answer back."""

from __future__ import annotations

from html import unescape

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils import translation as language
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringSegment, Translation

from verkosto.core.users import AnyUser, SignedInUser
from verkosto.localisation.models import (
    StringComment,
    StringCommentQuerySet,
    TranslationNotification,
    TranslationState,
)
from verkosto.localisation.permissions.access import may_edit, states_for
from verkosto.localisation.workflow.notifications import enqueue_notifications, fitting, language_code_of, wants


def comments_on(translation: Translation, segment: StringSegment) -> StringCommentQuerySet:
    """Return the comments about a string in one language, the oldest first."""
    return StringComment.objects.filter(
        string=segment.string_id, context=segment.context_id, locale=translation.target_locale_id
    )


def open_questions_for(user: AnyUser) -> StringCommentQuerySet:
    """Return the open questions about the texts that the user may change, in a translation or in the original."""
    states = states_for(user).filter(translation_key=OuterRef("context__object_id"))
    own = Q(locale=OuterRef("locale")) | Q(state=TranslationState.State.ORIGINAL)
    return StringComment.objects.open_questions().filter(Exists(states.filter(own)))


def add_comment(
    *, translation: Translation, segment: StringSegment, text: str, by: SignedInUser, is_question: bool = False
) -> StringComment:
    """Add a comment to a string, and notify nobody."""
    return StringComment.objects.create(
        string_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=translation.target_locale_id,
        text=text,
        is_question=is_question,
        by=by,
    )


@transaction.atomic
def ask_author(*, translation: Translation, segment: StringSegment, text: str, by: SignedInUser) -> int:
    """Add a question to a string, and mail it to the authors of the original. Return to how many."""
    add_comment(translation=translation, segment=segment, text=text, by=by, is_question=True)
    original = translation.source.get_source_instance()
    recipients = [user for user in _authors(original) if user != by and may_edit(user, original)]
    return _notify(recipients, translation, segment, _question_subject, text)


@transaction.atomic
def answer_questions(
    *, translation: Translation, segment: StringSegment, text: str, by: SignedInUser
) -> StringComment:
    """Answer the open questions about a string in one language. Who asked gets a mail."""
    questions = list(comments_on(translation, segment).open_questions().select_related("by"))
    answer = add_comment(translation=translation, segment=segment, text=text, by=by)
    StringComment.objects.filter(pk__in=[question.pk for question in questions]).update(answered_at=timezone.now())
    askers = {question.by for question in questions if question.by is not None and question.by != by}
    _notify(sorted(askers, key=lambda user: user.pk), translation, segment, _answer_subject, text)
    return answer


def _authors(original: TranslatableMixin) -> list[SignedInUser]:
    """Return who published the original last and who owns it; each once."""
    revision = getattr(original, "live_revision", None)
    ids = [revision.user_id if revision else None, getattr(original, "owner_id", None)]
    found = get_user_model()._default_manager.filter(is_active=True).in_bulk([pk for pk in ids if pk is not None])
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


def _question_subject(title: str, code: str) -> str:
    return _("Question about a text (%(language)s): %(title)s") % {"language": code, "title": title}


def _answer_subject(title: str, code: str) -> str:
    return _("Answer to your question about a text (%(language)s): %(title)s") % {"language": code, "title": title}


def _notify(
    users: list[SignedInUser], translation: Translation, segment: StringSegment, subject: object, text: str
) -> int:
    """Write a mail to each user who wants such mails, with the string, the comment and its address. Return how many."""
    path = reverse("verkosto_localisation:string", args=[translation.pk, segment.string_id, segment.context_id])
    source = unescape(strip_tags(segment.string.data.replace("<br/>", "\n")))
    body = f"{source}\n\n{text}\n\n{settings.WAGTAILADMIN_BASE_URL}{path}"
    rows = []
    for user in users:
        if wants(user, "comments"):
            with language.override(language_code_of(user)):
                title, code = translation.source.object_repr, translation.target_locale.get_display_name()
                line = subject(title, code)  # type: ignore[operator]  # one of the two above
            rows.append(TranslationNotification(user=user, subject=fitting(line), body=body))
    if rows:
        TranslationNotification.objects.bulk_create(rows)
        transaction.on_commit(enqueue_notifications, robust=True)
    return len(rows)
