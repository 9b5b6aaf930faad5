from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from verkosto.core.formats import format_deadline
from verkosto.core.page_urls import path_of
from verkosto.core.translation_fields import SharedTextField
from verkosto.core.zones import zone_of
from verkosto.registrations.enums import Eligibility
from verkosto.registrations.facts import RegistrationFacts
from verkosto.registrations.models.settings import SETTING_NAMES, RegistrationSettings
from verkosto.registrations.panels import registration_panels
from verkosto.registrations.questions.fields import FeedbackQuestionsField, QuestionsField

# The states a form can be in, for the preview; see preview.preview_form_context.
PREVIEW_MODES = [
    ("registration_open", _("Registration open")),
    ("registration_waiting", _("Registration: waiting list")),
    ("registration_full", _("Registration full")),
    ("registration_closed", _("Registration closed")),
]
TEXT_FEATURES = ["bold", "italic", "link", "ul", "ol"]


if TYPE_CHECKING:
    from wagtail.models import Page

    class PageWithSettings(RegistrationSettings, Page):
        """What a registrable page is to the type checker: the mixin is always combined with a page."""

        class Meta:
            abstract = True

else:
    PageWithSettings = RegistrationSettings


class RegistrablePageMixin(PageWithSettings):
    """A base class of registrable page types. Editors draft and translate the page; its ``Desk`` takes registrations.

    A page class unpacks ``registration_panels``, ``registration_translation_fields`` and, in its Meta,
    ``registration_constraints``; and says what it is in ``registration_facts``.
    """

    registration_enabled = models.BooleanField(
        _("enable registration"), default=False, help_text=_("Shows the registration form on this page.")
    )
    registration_opens_at = models.DateTimeField(
        _("registration opens"),
        null=True,
        blank=True,
        help_text=_("If left empty, registration opens as soon as the page is published."),
    )
    registration_closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_(
            "Registration is not possible after this. If left empty, registration closes when the event ends."
        ),
    )
    audience_declaration = models.CharField(
        _("target group statement"),
        max_length=300,
        blank=True,
        help_text=_("What people confirm, such as “I work for a municipality or a state agency”."),
    )
    text_before = RichTextField(
        _("text before the form"), blank=True, features=TEXT_FEATURES, help_text=_("Shown above the questions.")
    )
    text_after = RichTextField(
        _("text after registering"), blank=True, features=TEXT_FEATURES, help_text=_("Shown on the confirmation page.")
    )
    text_in_mail = models.TextField(
        _("text in the email"), blank=True, help_text=_("Added to the email that confirms the place.")
    )
    questions = QuestionsField(
        blank=True,
        verbose_name=_("questions"),
        help_text=_(
            "Name and email address are always asked. Existing answers are kept when you change the questions."
        ),
    )
    feedback_questions = FeedbackQuestionsField(
        blank=True,
        verbose_name=_("feedback questions"),
        help_text=_("Asked after the event. Ask for nothing by which people could be recognised."),
    )

    # Pages below it, by primary key, whose drafts are read in place of what is published: to see what publishing them does.
    drafts: Mapping[int, Any] = MappingProxyType({})

    no_alias_reason: str | Promise = _(
        "A page that takes registrations has no alias: it would be listed twice and have no registration. Link to the page, "
        "or copy it as an event of its own."
    )

    registration_panels = registration_panels
    registration_translation_fields = [
        *[
            SynchronizedField(name, overridable=False)
            for name in (
                "registration_enabled",
                "registration_opens_at",
                "registration_closes_at",
                *SETTING_NAMES,
            )
        ],
        *[TranslatableField(name) for name in ("audience_declaration", "text_before", "text_after", "text_in_mail")],
        SharedTextField("questions"),
        SharedTextField("feedback_questions"),
    ]

    class Meta:
        abstract = True

    @staticmethod
    def registration_constraints(label: str) -> list[models.BaseConstraint]:
        """Return the mixin's invariants for the Meta of a page class.

        ``label`` makes their names unique, such as "event_pages_event".
        """
        return [
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name=f"{label}_registration_opens_before_it_closes",
                violation_error_message=_("Registration closes before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(places_per_registration__gte=1),
                name=f"{label}_at_least_one_place",
                violation_error_message=_("A registration takes at least one place."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, str | Promise] = {}
        if self.registration_enabled and self.privacy_notice_id is None:
            errors["privacy_notice"] = _("Choose a privacy notice: people must be informed how their data is used.")
        if self.eligibility == Eligibility.DECLARED and not self.audience_declaration:
            errors["audience_declaration"] = _("Write the statement people confirm.")
        if self.members_until and self.eligibility != Eligibility.MEMBERS:
            errors["members_until"] = _("Choose that members may register, or leave this empty.")
        if self.kept_places is not None:
            if self.members_until is None or self.capacity is None:
                errors["kept_places"] = _("Enter the number of all places, and until when these are kept for members.")
            elif self.kept_places > self.capacity:
                errors["kept_places"] = _("There are not so many places.")
        if self.sensitive_retention_days > self.retention_days:
            errors["sensitive_retention_days"] = _("Sensitive answers are not kept longer than the registrations.")
        if errors:
            raise ValidationError(errors)

    @property
    def preview_modes(self) -> list[tuple[str, str | Promise]]:
        """The page's own preview, and its form in each of its states."""
        own = list(super().preview_modes)
        return [*own, *PREVIEW_MODES] if self.registration_enabled else own

    @property
    def registration_page(self) -> "RegistrablePageMixin | None":
        """The page whose desk takes this page's registrations: itself, or for example its series; None for none."""
        return self if self.registration_enabled else None

    @property
    def registration_summary(self) -> list[str]:
        """Places and deadline in the active language, for editors."""
        if not self.registration_enabled:
            return [gettext("no registration")]
        places = ngettext("%(places)s place", "%(places)s places", self.capacity or 0) % {"places": self.capacity}
        parts = [places if self.capacity is not None else gettext("places without limit")]
        if self.registration_closes_at:
            closes = format_deadline(self.registration_closes_at, zone_of(self))
            parts.append(gettext("registration closes %(time)s") % {"time": closes})
        return parts

    def takes_places_of(self, parent: "Page") -> bool:
        """Return whether people register for this page at the page above it, so that its places count there."""
        return False

    def registration_facts(self, language: str) -> RegistrationFacts:
        """Return the page's facts and texts in a language, which is active.

        Facts are those of this page, which is the original. Texts are those of the version in the language, if there is
        one.
        """
        page = self.in_language(language)
        return RegistrationFacts(title=page.title, url=path_of(page))

    def in_language(self, language: str) -> Self:
        """Return the live version of this page in a language, else this page."""
        if self.locale.language_code == language:
            return self
        return self.get_translations().live().filter(locale__language_code=language).specific().first() or self
