from django.db import models
from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import PLANS, Participation
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.registration import Registration


class MeetingParticipationQuerySet(models.QuerySet["MeetingParticipation"]):
    def of_desk(self, desk: Desk) -> "MeetingParticipationQuerySet":
        """Return those of the people who have a place at a desk."""
        return self.filter(registration__in=Registration.objects.filter(desk=desk).confirmed())

    def places_by_meeting(self) -> dict[tuple[str, str], int]:
        """Return the number of places by meeting and status. One query."""
        counted = self.order_by().values_list("meeting", "status").annotate(Sum("registration__places"))
        return {(meeting, status): places for meeting, status, places in counted}

    def rows_by_meeting(self) -> dict[str, int]:
        """Return the number of rows by meeting. One query."""
        return dict(self.order_by().values_list("meeting").annotate(Count("pk")))


class MeetingParticipation(models.Model):
    """Whether a registered person comes, or came, to one meeting of a series: a row for each of its meetings.

    It holds for all places of the registration.
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
