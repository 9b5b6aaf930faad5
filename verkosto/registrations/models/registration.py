import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verkosto.core.model_fields import EmailAddressField, NameField
from verkosto.registrations.enums import ACTIVE_STATUSES, ENDED_STATUSES, Attendance, RegistrationStatus
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.querysets import RegistrationQuerySet

# The statuses as migrations name them.
ACTIVE = [status.value for status in ACTIVE_STATUSES]

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_reference() -> str:
    """Return a reference that can be read aloud: 10 letters and digits without those that look alike."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _n in range(10))


class Registration(models.Model):
    """One person's sign-up at a desk."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="registrations", verbose_name=_("page"))
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference, editable=False)
    name = NameField(_("name"), max_length=200, blank=True)
    email = EmailAddressField(_("email"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=20)
    organisation = models.CharField(_("organisation"), max_length=255, blank=True)
    organisation_key = models.CharField(max_length=255, blank=True)
    places = models.PositiveIntegerField(_("places"), default=1)
    status = models.CharField(_("status"), max_length=30, choices=RegistrationStatus.choices, db_index=True)
    # Whether its places are counted in the pools. On the waiting list: it has an offer.
    holds_place = models.BooleanField(_("holds a place"), default=False)
    # The pools besides the desk's that it is counted in: ["choice:…", "organisation:…"], or ["waiting"].
    claims = models.JSONField(default=list, blank=True)
    # On the waiting list: free places are kept for it until there are enough for all of its places.
    keeps_places = models.BooleanField(default=False)
    # Made although the address has another registration: the desk allows it, or staff did.
    shares_address = models.BooleanField(default=False)
    # Its places are not counted among those for others than members, where some are kept for these.
    is_member = models.BooleanField(default=False)
    # When an unconfirmed address loses its place, or an offer expires.
    expires_at = models.DateTimeField(_("held until"), null=True, blank=True, db_index=True)
    queued_at = models.DateTimeField(_("on the waiting list since"), default=timezone.now)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    # What the visitor was shown and agreed to: {"notice", "title", "version", "snapshot", "language", "declaration", "at"}.
    agreed = models.JSONField(default=dict, blank=True)
    attendance = models.CharField(
        pgettext_lazy("registration", "attendance"),
        max_length=20,
        choices=Attendance.choices,
        default=Attendance.UNKNOWN,
        blank=True,
    )
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The registration whose place it took over.
    predecessor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="successors"
    )
    submission = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)
    purged_at = models.DateTimeField(_("personal data erased"), null=True, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    # How many places the step that is being made has taken from the desk's pool. Not stored: receivers of
    # ``registration_step`` see it.
    newly_taken = 0

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["desk", "status", "queued_at"], name="registrations_line"),
            models.Index(
                fields=["desk", "created_at", "id"], include=["purged_at"], name="registrations_desk_created"
            ),
            models.Index(fields=["email"], name="registrations_email"),
            # What lists count, sum and sort by name, without reading the answers.
            models.Index(
                fields=["desk", "name"],
                include=["status", "attendance", "places", "language"],
                condition=Q(purged_at__isnull=True),
                name="registrations_desk_name",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "email"],
                condition=Q(purged_at__isnull=True, shares_address=False) & ~Q(email="") & Q(status__in=ACTIVE),
                name="registrations_one_an_address",
                violation_error_message=_("This address is already registered."),
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="registrations_takes_a_place"),
            models.CheckConstraint(
                condition=~Q(status=RegistrationStatus.CONFIRMED.value) | Q(holds_place=True),
                name="registrations_confirmed_has_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(
                    status__in=[
                        *(status.value for status in ENDED_STATUSES),
                        RegistrationStatus.AWAITING_APPROVAL.value,
                    ]
                )
                | Q(holds_place=False),
                name="registrations_ended_has_no_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.reference

    @property
    def has_ended(self) -> bool:
        return self.status in ENDED_STATUSES

    @property
    def has_offer(self) -> bool:
        return self.status == RegistrationStatus.WAITING and self.holds_place

    @property
    def awaits_details(self) -> bool:
        """Whether others registered the person, who has not yet seen the privacy notice or answered the questions.

        A colleague gave them the place, or staff registered them.
        """
        is_named_by_others = self.predecessor_id is not None or self.added_by_id is not None
        return is_named_by_others and not self.agreed and not self.has_ended

    def all_answers(self, *, sensitive: bool = True) -> dict[str, object]:
        """Return every answer by question key, as stored; without ``sensitive`` not those of ``SensitiveAnswers``."""
        separate = getattr(self, "sensitive", None) if sensitive else None
        return {**self.answers, **separate.answers} if separate else dict(self.answers)
