import secrets

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.querysets import RegistrationQuerySet

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_reference() -> str:
    """A reference that can be read aloud: 10 letters and digits without those that look alike."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _n in range(10))


def private_storage() -> Storage:
    """Where answers' files live: never below MEDIA_URL."""
    return storages["private"]


def answer_path(instance: "AnswerFile", filename: str) -> str:
    """A path that says nothing about the person or the file."""
    return f"answers/{secrets.token_hex(2)[:2]}/{secrets.token_urlsafe(24)}"


class Registration(models.Model):
    """One person's sign-up at a desk."""

    class Status(models.TextChoices):
        AWAITING_CONFIRMATION = "awaiting_confirmation", _("Awaiting address confirmation")
        AWAITING_APPROVAL = "awaiting_approval", _("Awaiting approval")
        CONFIRMED = "confirmed", _("Confirmed")
        WAITING = "waiting", _("On the waiting list")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")
        EXPIRED = "expired", _("Expired")

    class Attendance(models.TextChoices):
        UNKNOWN = "", _("Not recorded")
        ATTENDED = "attended", _("Attended")
        ABSENT = "absent", _("Absent")

    ENDED = (Status.DECLINED, Status.CANCELLED, Status.EXPIRED)

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="registrations", verbose_name=_("page"))
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference, editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("email"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=20)
    organisation = models.CharField(_("organisation"), max_length=255, blank=True)
    organisation_key = models.CharField(max_length=255, blank=True)
    places = models.PositiveIntegerField(_("places"), default=1)
    companions = models.JSONField(_("guests’ names"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=30, choices=Status.choices, db_index=True)
    # Whether its places are counted in the pools; for the waiting list: an offer is out.
    holds_place = models.BooleanField(_("holds a place"), default=False)
    # Keys of the choice and organisation pools that it is counted in: ["choice:…", "organisation:…"].
    claims = models.JSONField(default=list, blank=True)
    # When an unconfirmed address loses its place, or an offer its validity.
    expires_at = models.DateTimeField(_("held until"), null=True, blank=True, db_index=True)
    queued_at = models.DateTimeField(_("on the waiting list since"), default=timezone.now)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    # What the visitor was shown and agreed to: {"notice", "title", "version", "words", "language", "declaration", "at"}.
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
    submission = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)
    purged_at = models.DateTimeField(_("personal data erased"), null=True, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["desk", "status", "queued_at"], name="registrations_line"),
            models.Index(fields=["desk", "created_at"], name="registrations_desk_created"),
            models.Index(Lower("email"), name="registrations_email"),
        ]
        constraints = [
            models.UniqueConstraint(
                "desk",
                Lower("email"),
                condition=Q(purged_at__isnull=True)
                & ~Q(email="")
                & Q(status__in=["awaiting_confirmation", "awaiting_approval", "confirmed", "waiting"]),
                name="registrations_one_an_address",
                violation_error_message=_("This address is already registered."),
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="registrations_takes_a_place"),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(holds_place=True), name="registrations_confirmed_has_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["declined", "cancelled", "expired", "awaiting_approval"])
                | Q(holds_place=False),
                name="registrations_ended_has_no_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.reference

    @property
    def has_ended(self) -> bool:
        return self.status in self.ENDED

    @property
    def has_an_offer(self) -> bool:
        return self.status == self.Status.WAITING and self.holds_place


class SensitiveAnswers(models.Model):
    """Dietary and access needs, apart from the rest: own permission to read, own shorter retention."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="sensitive")
    answers = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("sensitive answers")
        verbose_name_plural = _("sensitive answers")

    def __str__(self) -> str:
        return str(self.registration_id)


class AnswerFile(models.Model):
    """A file given as an answer; sent only as an attachment, to those with the right."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="files")
    question_key = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=answer_path)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class StatusChange(models.Model):
    """One step in a registration's history: what, when, by whom."""

    class Actor(models.TextChoices):
        REGISTRANT = "registrant", _("The registrant")
        STAFF = "staff", _("Staff")
        SYSTEM = "system", _("The system")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(max_length=30, blank=True)
    to_status = models.CharField(max_length=30, choices=Registration.Status.choices)
    actor = models.CharField(max_length=20, choices=Actor.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # A code such as "signed_up", "answers_changed", "promoted", "moved"; open, for plugins.
    event = models.CharField(max_length=40)
    reason = models.TextField(_("reason"), blank=True)
    # The desk that was left, of a registration that was moved.
    from_desk = models.ForeignKey(Desk, on_delete=models.SET_NULL, null=True, blank=True, related_name="departures")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.event}: {self.from_status} → {self.to_status}"


class Note(models.Model):
    """A word of the staff about a registration; never shown to the registrant, but given out with their data."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
