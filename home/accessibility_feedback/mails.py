"""The emails about accessibility feedback: to those who gave it, and to staff."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.users.models import UserProfile

from home.accessibility_feedback.permissions import may_answer, people_who_answer
from home.accessibility_feedback.statement import statement_in
from home.models import AccessibilityFeedback
from verkosto.core.formats import format_day
from verkosto.core.page_urls import path_of
from verkosto.core.users import SignedInUser
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.models import Message

RECEIVED, ANSWER = "accessibility_received", "accessibility_answer"
NEW, REMINDER = "accessibility_new", "accessibility_reminder"
STATEMENT = _("Accessibility statement")


def is_kept(message: Message) -> bool:
    """Return whether the feedback that a mail is about has not been erased, and is of its recipient."""
    return AccessibilityFeedback.objects.filter(pk=message.context.get("feedback"), email=message.recipient).exists()


def is_to_be_answered(message: Message) -> bool:
    """Return whether feedback is still open, and the recipient is still one of those who answer it."""
    feedback = AccessibilityFeedback.objects.open().filter(pk=message.context.get("feedback"))
    return feedback.exists() and any(may_answer(user) for user in people_who_answer().filter(email=message.recipient))


KINDS = [
    MailKind(
        name=RECEIVED,
        label=_("Accessibility feedback: received"),
        subject=_("We have received your feedback about accessibility"),
        body=_(
            "Thank you for your feedback about the accessibility of our website. We will answer by {due}.\n\n"
            "If you get no answer by then, or are not satisfied with it, you can turn to the authority that supervises "
            "accessibility. The accessibility statement says how.\n\n"
            "If you did not give feedback, you do not need to do anything."
        ),
        link=STATEMENT,
        link_note="",
        includes_facts=False,
        is_editable=False,
        is_repeatable=True,
        still_applies=is_kept,
    ),
    MailKind(
        name=ANSWER,
        label=_("Accessibility feedback: answer"),
        subject=_("Answer to your feedback about accessibility"),
        body=_(
            "{answer}\n\n"
            "If you are not satisfied with the answer, you can turn to the authority that supervises accessibility. The "
            "accessibility statement says how."
        ),
        link=STATEMENT,
        link_note="",
        includes_facts=False,
        is_editable=False,
        still_applies=is_kept,
    ),
    MailKind(
        name=NEW,
        label=_("Accessibility feedback: new, for staff"),
        subject=_("New feedback about accessibility"),
        body=_("Somebody has given feedback about the accessibility of the website. It has to be answered by {due}."),
        link=_("View the feedback"),
        link_note=_("You get this email because you may answer feedback about accessibility."),
        includes_facts=False,
        is_editable=False,
        still_applies=is_to_be_answered,
    ),
    MailKind(
        name=REMINDER,
        label=_("Accessibility feedback: reminder, for staff"),
        subject=_("Feedback about accessibility is to be answered by {due}"),
        body=_("Feedback about accessibility has not been answered yet. By law, the answer is due by {due}."),
        link=_("View the feedback"),
        link_note=_("You get this email because you may answer feedback about accessibility."),
        includes_facts=False,
        is_editable=False,
        still_applies=is_to_be_answered,
    ),
]


def write_receipt(feedback: AccessibilityFeedback) -> None:
    """Write the mail that says until when the answer comes. It repeats nothing that a stranger typed."""
    with override(feedback.language):
        context = {"feedback": feedback.pk, "due": format_day(feedback.due_on), "link": _statement(feedback.language)}
    outbox.write(RECEIVED, recipient=feedback.email, language=feedback.language, context=context, anonymous=True)


def write_answer(feedback: AccessibilityFeedback) -> None:
    """Write the mail with the answer, in the language in which the feedback was given."""
    context = {
        "feedback": feedback.pk,
        "name": feedback.name,
        "answer": feedback.answer,
        "link": _statement(feedback.language),
    }
    outbox.write(ANSWER, recipient=feedback.email, language=feedback.language, context=context)


def write_to_staff(kind: str, feedback: AccessibilityFeedback) -> int:
    """Write to whom feedback is assigned, or else to all who may answer it. Return to how many. Nothing of the person."""
    recipients = [user for user in _responsible(feedback) if user.email]
    for user in recipients:
        language = UserProfile.get_for_user(user).get_preferred_language()
        with override(language):
            due = format_day(feedback.due_on)
        outbox.write(
            kind,
            recipient=user.email,
            language=language,
            context={
                "feedback": feedback.pk,
                "name": user.get_full_name(),
                "due": due,
                "link": reverse("accessibility_feedback:feedback", args=[feedback.pk]),
            },
        )
    return len(recipients)


def _responsible(feedback: AccessibilityFeedback) -> list[SignedInUser]:
    assigned = feedback.assigned_to
    if assigned and assigned.is_active and may_answer(assigned):
        return [assigned]
    return list(people_who_answer())


def _statement(language_code: str) -> str:
    """Return the path of the statement in a language; "" if it has none."""
    page = statement_in(language_code)
    return path_of(page) if page else ""
