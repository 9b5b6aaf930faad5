from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from verkosto.core.model_fields import EmailAddressField
from verkosto.core.models import BasePage

FEATURES = ["h4", "bold", "italic", "link", "ol", "ul"]


class AccessibilityPage(BasePage):
    """The accessibility statement, with the parts of the model statement (Implementing Decision (EU) 2018/1523)."""

    class Status(models.TextChoices):
        FULL = "full", _("Fully compliant")
        PARTIAL = "partial", _("Partially compliant")
        NONE = "none", _("Not compliant")

    class Method(models.TextChoices):
        """How the statement was prepared: article 3 (1) of the Implementing Decision."""

        SELF = "self", _("Self-assessment")
        THIRD_PARTY = "third_party", _("Assessment by a third party")
        OTHER = "other", _("Another method, described below")

    organisation = models.CharField(
        _("organisation"), max_length=150, help_text=_("The public body that is responsible for the site.")
    )
    law = models.CharField(
        _("law"),
        max_length=200,
        help_text=_(
            "As it stands after “in accordance with”. For example “the Act on the Provision of Digital Services”."
        ),
    )
    scope = models.CharField(
        _("scope"), max_length=200, help_text=_("What the statement applies to. For example “the website example.fi”.")
    )
    status = models.CharField(
        _("compliance"),
        max_length=10,
        choices=Status.choices,
        default=Status.PARTIAL,
        help_text=_("Visitors see this first. “Fully” means that there are no known accessibility issues."),
    )
    standard = models.CharField(_("standard"), max_length=100, default="WCAG 2.2 AA, EN 301 549")
    non_compliance = RichTextField(
        _("non-compliance with the law"),
        blank=True,
        features=FEATURES,
        help_text=_("Each issue and the alternative way to get the content."),
    )
    disproportionate_burden = RichTextField(
        _("disproportionate burden"),
        blank=True,
        features=FEATURES,
        help_text=_("Content that it would be disproportionate to make accessible, and why."),
    )
    outside_scope = RichTextField(
        _("content outside the scope of the law"),
        blank=True,
        features=FEATURES,
        help_text=_("For example old office files or maps that the law exempts."),
    )
    method = models.CharField(
        _("how the statement was prepared"), max_length=15, choices=Method.choices, default=Method.SELF
    )
    assessment = models.CharField(
        _("how it was assessed"),
        max_length=250,
        blank=True,
        help_text=_("In a sentence: who assessed the site, and with what."),
    )
    prepared_on = models.DateField(_("prepared on"))
    reviewed_on = models.DateField(
        _("last reviewed on"), null=True, blank=True, help_text=_("The law requires a review at least once a year.")
    )
    feedback = RichTextField(
        _("how to give feedback"),
        blank=True,
        features=FEATURES,
        help_text=_("Say also how soon you will reply."),
    )
    feedback_email = EmailAddressField(_("address for feedback"))
    enforcement = RichTextField(
        _("enforcement procedure"),
        features=FEATURES,
        help_text=_("The authority that supervises accessibility, and its contact details."),
    )
    enforcement_url = models.URLField(
        _("where to submit a complaint"), help_text=_("The page of the authority, in this language if it has one.")
    )

    statement_panels = [
        MultiFieldPanel(["organisation", "law", "scope"], heading=_("Commitment")),
        MultiFieldPanel(["status", "standard"], heading=_("Status")),
        MultiFieldPanel(
            ["non_compliance", "disproportionate_burden", "outside_scope"], heading=_("Non-accessible content")
        ),
        MultiFieldPanel(
            ["method", "assessment", FieldRowPanel(["prepared_on", "reviewed_on"])], heading=_("Preparation")
        ),
        MultiFieldPanel(["feedback", "feedback_email"], heading=_("Feedback")),
        MultiFieldPanel(["enforcement", "enforcement_url"], heading=_("Enforcement procedure")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(BasePage.content_panels, heading=_("Content")),
            ObjectList(statement_panels, heading=_("Statement")),
            ObjectList(BasePage.promote_panels, heading=_("Search and sharing")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )

    template = "home/accessibility_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("The accessibility statement that the footer links to.")
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("status", overridable=False),
        SynchronizedField("standard", overridable=False),
        SynchronizedField("method", overridable=False),
        SynchronizedField("prepared_on", overridable=False),
        SynchronizedField("reviewed_on", overridable=False),
        SynchronizedField("feedback_email"),
    ]

    class Meta(BasePage.Meta):
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")
        constraints = [
            *BasePage.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(reviewed_on__gte=models.F("prepared_on")) | models.Q(reviewed_on=None),
                name="home_accessibilitypage_reviewed_after_prepared",
                violation_error_message=_("The review date is before the date the statement was prepared."),
            ),
        ]

    @property
    def has_exceptions(self) -> bool:
        """Whether the statement names content that is not accessible, for any of the three reasons of the model."""
        return any((self.non_compliance, self.disproportionate_burden, self.outside_scope))

    def clean(self) -> None:
        super().clean()
        if self.status == self.Status.FULL and self.non_compliance:
            text = _("The site does not comply fully if there are issues. Change the status, or remove the issues.")
            raise ValidationError({"status": text})
