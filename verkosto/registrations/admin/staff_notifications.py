"""Notifications of staff: new registrations, those awaiting approval, full events, undelivered messages.

Each person chooses of what, for which desks, and whether as it happens or once a day. The mails hold counts, never a
person: they stay in mailboxes that no retention time reaches. A burst of registrations is one mail, not hundreds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.users.models import UserProfile

from verkosto.core.transactions import in_transaction
from verkosto.registrations.admin.occupancy import occupancy_of, with_occupancy
from verkosto.registrations.admin.permissions import DeskPermission, desks_for
from verkosto.registrations.enums import HistoryEvent, NotificationFrequency, RegistrationStatus
from verkosto.registrations.mail import outbox
from verkosto.registrations.mail.kinds import MailKind
from verkosto.registrations.models import Desk, DeskSubscription, Message, Registration, StatusChange

KIND = "staff_notification"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class DeskChanges:
    """What happened at a desk since somebody was last notified. Zero and False are no change."""

    desk: Desk
    new: int = 0
    awaiting: int = 0
    handovers: int = 0
    is_full: bool = False
    failed: int = 0

    @property
    def lines(self) -> list[str]:
        """The changes as sentences in the active language."""
        counts = [
            (self.new, ngettext("%(count)s new registration", "%(count)s new registrations", self.new)),
            (
                self.awaiting,
                ngettext(
                    "%(count)s registration awaiting approval",
                    "%(count)s registrations awaiting approval",
                    self.awaiting,
                ),
            ),
            (
                self.handovers,
                ngettext(
                    "%(count)s request to hand over a place",
                    "%(count)s requests to hand over a place",
                    self.handovers,
                ),
            ),
            (
                self.failed,
                ngettext(
                    "%(count)s message that could not be delivered",
                    "%(count)s messages that could not be delivered",
                    self.failed,
                ),
            ),
        ]
        lines = [text % {"count": number} for number, text in counts if number]
        return [*lines, *([_("All places are taken")] if self.is_full else [])]


def write_staff_notifications() -> int:
    """Write the mails that are due to those who want them. Return how many."""
    now = timezone.now()
    due = Q(frequency=NotificationFrequency.AT_ONCE) | Q(
        frequency=NotificationFrequency.DAILY, notified_at__lte=now - A_DAY
    )
    subscriptions = DeskSubscription.objects.filter(due, user__is_active=True).exclude(user__email="")
    return sum(_write_notification(subscription, now) for subscription in subscriptions.select_related("user", "desk"))


@in_transaction
def _write_notification(subscription: DeskSubscription, now: datetime) -> bool:
    since = subscription.notified_at
    own = DeskSubscription.objects.filter(pk=subscription.pk, notified_at=since)
    if not own.update(notified_at=now):  # another process does it
        return False
    found = _changes_for(subscription, since)
    known_full = sorted(_full_desks(subscription, {changes.desk.pk for changes in found if changes.is_full}))
    if known_full != subscription.known_full:
        DeskSubscription.objects.filter(pk=subscription.pk).update(known_full=known_full)
    if not found:
        return False
    user = subscription.user
    language = UserProfile.get_for_user(user).get_preferred_language()
    with translation.override(language):
        paragraphs = ["\n".join([changes.desk.title, *(f"– {line}" for line in changes.lines)]) for changes in found]
        desk = found[0].desk if len(found) == 1 else None
        name = "registrations" if desk else "desks"
        context = {
            "user": user.pk,
            "name": user.get_full_name(),
            "desks": [changes.desk.pk for changes in found],
            "changes": "\n\n".join(paragraphs),
            "link": reverse(f"verkosto_registrations_admin:{name}", args=[desk.pk] if desk else []),
        }
        outbox.write(KIND, desk=desk, recipient=user.email, language=language, context=context)
    return True


def _desks(subscription: DeskSubscription) -> QuerySet[Desk]:
    """Return the desks that a subscription is about and its user may see now."""
    desks = desks_for(subscription.user)
    if subscription.desk_id:
        return desks.filter(pk=subscription.desk_id)
    return desks.exclude(subscriptions__user=subscription.user)


def _changes_for(subscription: DeskSubscription, since: datetime) -> list[DeskChanges]:
    """Return the changes of each desk where something happened. The number of queries does not grow with the desks."""
    registered = _count_by_desk(
        Registration.objects.filter(created_at__gt=since, added_by__isnull=True, purged_at__isnull=True), "desk"
    )
    steps = StatusChange.objects.filter(at__gt=since)
    applied = _count_by_desk(steps.filter(to_status=RegistrationStatus.AWAITING_APPROVAL), "registration__desk")
    asked = _count_by_desk(steps.filter(event=HistoryEvent.HANDOVER_REQUESTED), "registration__desk")
    stepped = _count_by_desk(steps, "registration__desk")
    failed = _count_by_desk(Message.objects.failed().filter(claimed_at__gt=since).exclude(kind=KIND), "desk")
    touched = {desk for desk in (*registered, *applied, *stepped, *failed) if desk is not None}
    found = []
    for desk in with_occupancy(_desks(subscription).filter(pk__in=touched)).order_by("starts_at", "pk"):
        occupancy = occupancy_of(desk)
        changes = DeskChanges(
            desk=desk,
            new=registered.get(desk.pk, 0) if subscription.new_registrations else 0,
            awaiting=occupancy.to_approve if subscription.awaiting_approval and desk.pk in applied else 0,
            handovers=occupancy.handovers if subscription.awaiting_approval and desk.pk in asked else 0,
            is_full=subscription.full and occupancy.left == 0 and desk.pk not in subscription.known_full,
            failed=failed.get(desk.pk, 0) if subscription.failed_messages else 0,
        )
        if any((changes.new, changes.awaiting, changes.handovers, changes.is_full, changes.failed)):
            found.append(changes)
    return found


def _full_desks(subscription: DeskSubscription, new: set[int]) -> set[int]:
    """Return the desks of which the user knows that they are full: those that got a place since are forgotten."""
    known = Desk.objects.filter(pk__in=subscription.known_full) if subscription.known_full else Desk.objects.none()
    return new | {desk.pk for desk in with_occupancy(known) if occupancy_of(desk).left == 0}


def _count_by_desk(rows: QuerySet[models.Model], desk: str) -> dict[int | None, int]:
    return dict(rows.order_by().values_list(desk).annotate(number=Count("pk")))


def may_still_see(message: Message) -> bool:
    """Return whether the recipient of a notification is still active and may still see all desks that it is about."""
    subscription = DeskSubscription.objects.filter(user=message.context.get("user")).select_related("user").first()
    if subscription is None or not subscription.user.is_active or subscription.user.email != message.recipient:
        return False
    desks = set(message.context.get("desks", []))
    return desks_for(subscription.user, DeskPermission.SEE).filter(pk__in=desks).count() == len(desks)


def mail_kind(still_applies: Callable[[Message], bool] = may_still_see) -> MailKind:
    """Return the kind of mail that notifies staff."""
    return MailKind(
        name=KIND,
        label=gettext_lazy("Notification for staff"),
        subject=gettext_lazy("What is new in the registrations"),
        body=gettext_lazy("This has happened since you were last notified:\n\n{changes}"),
        link=gettext_lazy("View the registrations"),
        link_note=gettext_lazy("You can change what you are notified of in your account or on the page of the event."),
        includes_facts=False,
        still_applies=still_applies,
    )
