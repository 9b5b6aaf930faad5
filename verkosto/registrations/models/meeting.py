from collections import Counter

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verkosto.registrations.enums import PLANS, Attendance, Participation
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.guest import Guest
from verkosto.registrations.models.registration import Registration


class MeetingParticipationQuerySet(models.QuerySet["MeetingParticipation"]):
    def of_desk(self, desk: Desk) -> "MeetingParticipationQuerySet":
        """Return those of the people who have a place at a desk."""
        return self.filter(registration__in=Registration.objects.filter(desk=desk).confirmed())

    def people_by_meeting(self) -> Counter[tuple[str, str]]:
        """Return the number of people by meeting and status. Guests count with the plan of their host. One query."""
        groups = self.order_by().values_list("meeting", "status", "planned")
        counted: Counter[tuple[str, str]] = Counter()
        for meeting, status, planned, people, places in groups.annotate(Count("pk"), Sum("registration__places")):
            counted[(meeting, status)] += people
            counted[(meeting, planned)] += places - people
        return counted

    def rows_by_meeting(self) -> dict[str, int]:
        """Return the number of rows by meeting. One query."""
        return dict(self.order_by().values_list("meeting").annotate(Count("pk")))


class MeetingParticipation(models.Model):
    """Whether a registered person comes, or came, to one meeting of a series: a row for each of its meetings.

    It holds for all places of the registration, except where a ``GuestParticipation`` says otherwise.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="participations")
    # The UID of its calendar entry: the same in all languages, and it never changes (RFC 5545 §3.8.4.7).
    meeting = models.CharField(_("meeting"), max_length=255)
    status = models.CharField(_("status"), max_length=20, choices=Participation.choices, default=Participation.COMING)
    # The status without the attendance: recording that changes neither the plan nor the places that are counted.
    planned = models.CharField(
        max_length=20, choices=[(plan.value, plan.label) for plan in PLANS], default=Participation.COMING
    )
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    # How often the person has declined or added the meeting. It is added to the SEQUENCE of the meeting's calendar entry,
    # so that a calendar follows each change (RFC 5546 §2.1.4).
    sequence = models.PositiveIntegerField(default=0)
    # When the plan changed: the order of the waiting list.
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = MeetingParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation in a meeting")
        verbose_name_plural = _("participations in meetings")
        ordering = ["registration", "meeting"]
        indexes = [models.Index(fields=["meeting", "status"], name="registrations_meeting_status")]
        constraints = [
            models.UniqueConstraint(fields=["registration", "meeting"], name="registrations_one_row_a_meeting"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in Participation]),
                name="registrations_participation_is_known",
            ),
            models.CheckConstraint(
                condition=Q(planned__in=[plan.value for plan in PLANS])
                & (Q(status=F("planned")) | Q(status__in=[Participation.ATTENDED.value, Participation.ABSENT.value])),
                name="registrations_participation_follows_plan",
            ),
            models.CheckConstraint(
                condition=Q(checked_in_at__isnull=True) | Q(status=Participation.ATTENDED.value),
                name="registrations_checked_in_attended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.status}"


class GuestParticipationQuerySet(models.QuerySet["GuestParticipation"]):
    def of_desk(self, desk: Desk) -> "GuestParticipationQuerySet":
        """Return those of the guests of people who have a place at a desk."""
        return self.filter(guest__registration__in=Registration.objects.filter(desk=desk).confirmed())

    def with_host(self, *plans: Participation) -> "GuestParticipationQuerySet":
        """Return those where the person who brings the guest has one of these plans for the meeting."""
        return self.filter(
            guest__registration__participations__meeting=F("meeting"),
            guest__registration__participations__planned__in=plans,
        )

    def declined(self) -> "GuestParticipationQuerySet":
        """Return those of guests who do not come."""
        return self.filter(comes=False)

    def by_host_plan(self) -> dict[tuple[str, str, bool, str], int]:
        """Return the number of guests by meeting, plan of the person who brings them, and what is stored. One query."""
        names = ("meeting", "guest__registration__participations__planned", "comes", "attendance")
        counted = self.with_host(*PLANS).order_by().values_list(*names).annotate(Count("pk", distinct=True))
        return {(meeting, plan, comes, attendance): n for meeting, plan, comes, attendance, n in counted}

    def by_registration(self) -> dict[tuple[int, str], int]:
        """Return the number of guests by registration and meeting. One query."""
        counted = self.order_by().values_list("guest__registration", "meeting").annotate(Count("pk"))
        return {(registration, meeting): number for registration, meeting, number in counted}

    def by_meeting(self) -> dict[str, int]:
        """Return the number of guests by meeting. One query."""
        return dict(self.order_by().values_list("meeting").annotate(Count("pk")))


class GuestParticipation(models.Model):
    """How one guest takes part in a meeting of a series, where it differs from the person who brings them.

    Without a row a guest comes, or does not, as that person does.
    """

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="participations")
    meeting = models.CharField(_("meeting"), max_length=255)
    comes = models.BooleanField(default=True)
    attendance = models.CharField(
        pgettext_lazy("registration", "attendance"),
        max_length=20,
        choices=Attendance.choices,
        default=Attendance.UNKNOWN,
        blank=True,
    )
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    # As in ``MeetingParticipation``.
    sequence = models.PositiveIntegerField(default=0)

    objects = GuestParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation of a guest in a meeting")
        verbose_name_plural = _("participations of guests in meetings")
        ordering = ["guest", "meeting"]
        constraints = [
            models.UniqueConstraint(fields=["guest", "meeting"], name="registrations_one_row_a_guest_and_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.comes}"


def guest_status(host: str, row: GuestParticipation | None) -> str:
    """Return how a guest takes part in a meeting: ``host`` is the status of the person who brings them, or ""."""
    if row is not None and row.attendance:
        return Participation.ATTENDED if row.attendance == Attendance.ATTENDED else Participation.ABSENT
    if row is not None and not row.comes:
        return Participation.NOT_COMING
    # Whoever brings a guest is recorded for themselves.
    return Participation.COMING if host in (Participation.ATTENDED, Participation.ABSENT) else host
