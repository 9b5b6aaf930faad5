"""Health checks of registrations: whether mails go out, and whether data is erased in time."""

from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verkosto.core.health import Finding, HealthCheck, Status, healthy
from verkosto.registrations import conf
from verkosto.registrations.enums import ArchiveState, MessageState
from verkosto.registrations.models import Desk, GuestSensitiveAnswers, Message, Registration, SensitiveAnswers
from verkosto.registrations.privacy.archives import desks_to_archive, over_since
from verkosto.registrations.privacy.rotation import missing_key

# After so long a message that is due is a sign that nothing is delivered.
PATIENCE = timedelta(minutes=15)
# The purge runs once a day.
ERASURE_PATIENCE = timedelta(days=2)


def find_outbox() -> Finding:
    """Find out whether messages are sent in time. One query."""
    now = timezone.now()
    due = Message.objects.filter(state=MessageState.QUEUED, due_at__lte=now)
    found = due.aggregate(number=Count("pk"), oldest=Min("due_at"))
    number, oldest = found["number"], found["oldest"]
    figures = {"messages_waiting": number, "oldest_message_seconds": (now - oldest).total_seconds() if oldest else 0}
    if not number:
        return Finding(Status.OK, _("No message is waiting to be sent."), figures=figures)
    text = ngettext("%(count)s message is waiting to be sent.", "%(count)s messages are waiting to be sent.", number)
    summary = text % {"count": number}
    if now - oldest <= PATIENCE:
        return Finding(Status.OK, summary, figures=figures)
    late = _("The oldest should have been sent %(time)s ago.") % {"time": timesince(oldest, now)}
    advice = _("See that a worker and the scheduled work run, and that the mail server in EMAIL_URL accepts mail.")
    return Finding(Status.FAILED, f"{summary} {late}", advice, figures)


def find_failed_messages() -> Finding:
    """Find the messages that could not be sent. One query."""
    number = Message.objects.failed().count()
    if not number:
        return healthy(_("No message has failed."), messages_failed=0)
    text = ngettext("%(count)s message could not be sent.", "%(count)s messages could not be sent.", number)
    return Finding(
        Status.ATTENTION,
        text % {"count": number},
        _("The list says why. Then send them again there, or all of them with manage.py send_messages --failed."),
        {"messages_failed": number},
    )


def find_due_erasures() -> Finding:
    """Find the personal data whose retention time is over. Four queries at most."""
    now = timezone.now()
    persons, sensitive = _due(now)
    number = persons + sensitive
    figures = {"erasures_due": number}
    if not number:
        return Finding(Status.OK, _("Nothing has to be erased."), figures=figures)
    summary = ngettext(
        "The retention time of %(count)s record of personal data is over.",
        "The retention time of %(count)s records of personal data is over.",
        number,
    ) % {"count": number}
    if not sum(_due(now - ERASURE_PATIENCE)):
        return Finding(Status.OK, f"{summary} {_('They are erased within a day.')}", figures=figures)
    advice = _("See that the scheduled work runs; manage.py purge_registrations erases at once, and says what fails.")
    late = _("Some should have been erased days ago.")
    return Finding(Status.FAILED, f"{summary} {late}", advice, figures)


def _due(now: datetime) -> tuple[int, int]:
    """Return how many persons, and how many rows of sensitive answers, were to be erased at a time."""
    columns = ("pk", "ends_at", "closes_at", "retention_days", "sensitive_retention_days")
    desks = [(desk, over) for desk in Desk.objects.only(*columns) if (over := over_since(desk))]
    past = [desk.pk for desk, over in desks if over + timedelta(days=desk.retention_days) <= now]
    past_sensitive = [desk.pk for desk, over in desks if over + timedelta(days=desk.sensitive_retention_days) <= now]
    persons = Registration.objects.filter(desk__in=past, purged_at__isnull=True).count() if past else 0
    if not past_sensitive:
        return persons, 0
    own = SensitiveAnswers.objects.filter(registration__desk__in=past_sensitive).count()
    of_guests = GuestSensitiveAnswers.objects.filter(guest__registration__desk__in=past_sensitive).count()
    return persons, own + of_guests


def find_archives() -> Finding:
    """Find the registrations whose erasure waits for their archive, and the archives that could not be made. Two queries."""
    now = timezone.now()
    missing = [each for each in desks_to_archive() if not each.is_archived]
    waiting = [each for each in missing if each.is_due(now) or each.due_at is None]
    failed = [each for each in missing if each.archive and each.archive.state == ArchiveState.FAILED]
    figures = {"archives_erasures_waiting": len(waiting), "archives_failed": len(failed)}
    if waiting:
        text = ngettext(
            "%(count)s erasure of registrations waits for its archive.",
            "%(count)s erasures of registrations wait for their archives.",
            len(waiting),
        )
        advice = _(
            "See that the storage of registrants’ files can be written, and that a worker and the scheduled work run. Where "
            "an event or page has no end, enter when its registration closes, or switch off its archive."
        )
        is_late = any(each.is_due(now - ERASURE_PATIENCE) for each in waiting)
        status = Status.FAILED if failed or is_late else Status.ATTENTION
        return Finding(status, text % {"count": len(waiting)}, advice, figures)
    if failed:
        text = ngettext("%(count)s archive could not be made.", "%(count)s archives could not be made.", len(failed))
        advice = _("See that the storage of registrants’ files can be written. It is tried again every hour.")
        return Finding(Status.ATTENTION, text % {"count": len(failed)}, advice, figures)
    return Finding(Status.OK, _("No erasure waits for an archive."), figures=figures)


def find_missing_key() -> Finding:
    """Find out whether sensitive answers can be read. Four queries."""
    if missing_key():
        return Finding(
            Status.FAILED,
            _("Sensitive answers are encrypted with a key that SENSITIVE_ANSWERS_KEYS does not have."),
            _("Add the key at the end of the list. Without it, these answers are lost."),
        )
    if conf.sensitive_answers_keys():
        return healthy(_("They are encrypted."))
    return healthy(_("They are stored without encryption."))


HEALTH_CHECKS = [
    HealthCheck("sensitive_answers", gettext_lazy("Sensitive answers"), find_missing_key),
    HealthCheck(
        "outbox",
        gettext_lazy("Outbox"),
        find_outbox,
        "verkosto_registrations_admin:messages",
        f"?state={MessageState.QUEUED}",
        gettext_lazy("See the messages"),
    ),
    HealthCheck(
        "failed_messages",
        gettext_lazy("Failed messages"),
        find_failed_messages,
        "verkosto_registrations_admin:messages",
        f"?state={MessageState.FAILED}",
        gettext_lazy("See the failed messages"),
    ),
    HealthCheck(
        "erasures",
        gettext_lazy("Erasure of personal data"),
        find_due_erasures,
        "verkosto_registrations_admin:retention",
        "",
        gettext_lazy("See what is erased when"),
    ),
    HealthCheck(
        "archives",
        gettext_lazy("Archives before erasure"),
        find_archives,
        "verkosto_registrations_admin:archives",
        "",
        gettext_lazy("See the archives"),
    ),
]
