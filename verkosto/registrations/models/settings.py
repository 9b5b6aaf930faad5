from django.db import models
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.enums import Eligibility, Handover, Promotion


class RegistrationSettings(models.Model):
    """The settings of a registration: drafted on a registrable page, in force on its desk once the original is published."""

    changes_close_at = models.DateTimeField(
        _("changes until"),
        null=True,
        blank=True,
        help_text=_(
            "Until then people can change or cancel their own registration. If left empty, changes are possible "
            "until the end."
        ),
    )
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        help_text=_(
            "Shared by all languages. If you increase the number, people move up from the waiting list "
            "immediately. If left empty, there is no limit."
        ),
    )
    waiting_list = models.BooleanField(
        _("waiting list"), default=True, help_text=_("When all places are taken, people can join the waiting list.")
    )
    waiting_list_length = models.PositiveIntegerField(
        _("length of the waiting list"), null=True, blank=True, help_text=_("If left empty, there is no limit.")
    )
    promotion = models.CharField(
        _("when a place becomes available"),
        max_length=20,
        choices=Promotion.choices,
        default=Promotion.AUTOMATIC,
        help_text=_("Offers work better close to the event: people know about a place before it is theirs."),
    )
    offer_hours = models.PositiveIntegerField(
        _("hours to answer an offer"),
        default=48,
        help_text=_("After this the place is offered to the next person on the waiting list."),
    )
    show_places_left = models.BooleanField(
        _("show the places left"), default=True, help_text=_("Visitors see how many places are left.")
    )
    places_per_registration = models.PositiveIntegerField(
        _("places in one registration"),
        default=1,
        help_text=_("If more than one, people can bring guests and give their names."),
    )
    guest_addresses = models.BooleanField(
        _("ask for the guests’ email addresses"),
        default=False,
        help_text=_("Guests with an address get their own emails, calendar entry and check-in code."),
    )
    guest_organisations = models.BooleanField(_("ask for the guests’ organisations"), default=False)
    several_per_address = models.BooleanField(
        _("several registrations with one address"),
        default=False,
        help_text=_(
            "For example for an assistant who registers colleagues. Each registration gets emails and a personal link "
            "of its own. Does not apply to members and invited people, who are identified by their address."
        ),
    )
    handover = models.CharField(
        _("places may be handed over"),
        max_length=20,
        choices=Handover.choices,
        default=Handover.FREELY,
        help_text=_(
            "Whether people can give their place to a colleague by themselves. You are always asked where you choose who "
            "comes: where registrations need approval, and where they are for members or invited people."
        ),
    )
    limit_per_organisation = models.PositiveIntegerField(
        _("places for one organisation"),
        null=True,
        blank=True,
        help_text=_("Needs a question of the type organisation. If left empty, there is no limit."),
    )
    needs_approval = models.BooleanField(
        _("needs approval"),
        default=False,
        help_text=_("No one has a place until you have approved the registration."),
    )
    confirm_email = models.BooleanField(
        _("ask to confirm the address"),
        default=False,
        help_text=_("The place is reserved, and confirmed when the person opens the link in the email."),
    )
    confirm_hours = models.PositiveIntegerField(
        _("hours to confirm the address"), default=24, help_text=_("After this the reserved place is released.")
    )
    eligibility = models.CharField(
        _("who may register"),
        max_length=20,
        choices=Eligibility.choices,
        default=Eligibility.ANYONE,
        help_text=_("Members and invited people are identified by their email address."),
    )
    members_until = models.DateTimeField(
        _("only members until"),
        null=True,
        blank=True,
        help_text=_(
            "Until then the places are kept for members; after that anyone may register. If left empty, registration is "
            "for members only until it closes."
        ),
    )
    kept_places = models.PositiveIntegerField(
        _("places kept for members"),
        null=True,
        blank=True,
        help_text=_(
            "This many places are kept for members until the time above. Others may register for the rest; when it is "
            "taken, they join the waiting list. If left empty, all places are kept."
        ),
    )
    reminder_hours = models.PositiveIntegerField(
        _("hours before the start to send the reminder"),
        null=True,
        blank=True,
        help_text=_("Everyone with a place gets a reminder. If left empty, no reminder is sent."),
    )
    feedback_enabled = models.BooleanField(
        _("ask for feedback after the event"),
        default=False,
        help_text=_(
            "People who took part get a personal link when you ask for feedback at the desk. Their answers are kept without "
            "their name."
        ),
    )
    privacy_notice = models.ForeignKey(
        "verkosto_directory.PrivacyNotice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("privacy notice"),
        help_text=_(
            "Explains who keeps the data, why and on what legal basis. Required before registration can be enabled."
        ),
    )
    retention_days = models.PositiveIntegerField(
        _("days to keep registrations"),
        default=180,
        help_text=_("After the event ends. Personal data is then erased."),
    )
    sensitive_retention_days = models.PositiveIntegerField(
        _("days to keep sensitive answers"),
        default=14,
        help_text=_("After the event ends. Dietary and access needs are erased first."),
    )
    archive_before_erasure = models.BooleanField(
        _("keep an archive before erasure"),
        default=False,
        help_text=_(
            "Two weeks before registrations are erased, they are saved in an archive, without sensitive answers, files, "
            "messages and notes. Those who answer for personal data can download it, and it is deleted after 90 days. "
            "Registrations are erased only after it has been made. The event or its registration has to have an end."
        ),
    )

    class Meta:
        abstract = True


#: Names of the settings, the same on the page and on the desk.
SETTING_NAMES = tuple(field.name for field in RegistrationSettings._meta.local_fields)
