from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verkosto.core.model_fields import EmailAddressField, NameField
from verkosto.core.text import clean_name
from verkosto.registrations.enums import Attendance
from verkosto.registrations.models.encrypted_answers import EncryptedAnswersField
from verkosto.registrations.models.registration import Registration, new_reference


class GuestQuerySet(models.QuerySet["Guest"]):
    def matching(self, text: str) -> "GuestQuerySet":
        """Return guests in whose name, organisation or reference every word of a text occurs."""
        found = self
        for word in clean_name(text).split()[:10]:
            found = found.filter(
                Q(name__icontains=word) | Q(organisation__icontains=word) | Q(reference__icontains=word)
            )
        return found

    def at_meeting(self, uid: str) -> "GuestQuerySet":
        """Return each with ``comes_there``, if it was not declined for them, and ``came_there`` at a meeting of a series."""
        of_meeting = FilteredRelation("participations", condition=Q(participations__meeting=uid))
        return self.annotate(there=of_meeting).annotate(
            comes_there=Coalesce("there__comes", Value(True)),
            came_there=ExpressionWrapper(Q(there__attendance=Attendance.ATTENDED), BooleanField()),
        )


class Guest(models.Model):
    """A person whom a registered person brings: a row for each place of a registration but the first.

    The name is empty until somebody is named for the place.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="guests")
    position = models.PositiveIntegerField(default=1)
    # Of the check-in code.
    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference, editable=False)
    name = NameField(_("name"), max_length=200, blank=True)
    email = EmailAddressField(_("email"), max_length=254, blank=True)
    organisation = models.CharField(_("organisation"), max_length=255, blank=True)
    # By question key, as in ``Registration.answers``.
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    attendance = models.CharField(
        pgettext_lazy("registration", "attendance"),
        max_length=20,
        choices=Attendance.choices,
        default=Attendance.UNKNOWN,
        blank=True,
    )
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["registration", "position", "pk"]
        indexes = [models.Index(fields=["email"], name="registrations_guest_email")]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "email"],
                condition=~Q(email=""),
                name="registrations_guest_once",
                violation_error_message=_("This address is given for two people."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.reference

    @property
    def came(self) -> bool:
        """Whether they attended: the meeting of ``at_meeting``, or otherwise the event."""
        return bool(getattr(self, "came_there", self.attendance == Attendance.ATTENDED))

    def all_answers(self, *, sensitive: bool = True) -> dict[str, object]:
        """Return every answer by question key, as stored; without ``sensitive`` not those of ``GuestSensitiveAnswers``."""
        separate = getattr(self, "sensitive", None) if sensitive else None
        return {**self.answers, **separate.answers} if separate else dict(self.answers)


class GuestSensitiveAnswers(models.Model):
    """The sensitive answers about a guest: as ``SensitiveAnswers``, with the same permission and retention."""

    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="sensitive")
    answers = EncryptedAnswersField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("sensitive answers about a guest")
        verbose_name_plural = _("sensitive answers about guests")

    def __str__(self) -> str:
        return str(self.guest_id)
