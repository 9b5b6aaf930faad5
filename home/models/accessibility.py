from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from verkosto.core.model_fields import EmailAddressField
from verkosto.core.models import BasePage

FEATURES = ["h3", "bold", "italic", "link", "ol", "ul"]


class AccessibilityPage(BasePage):
    """The accessibility statement, with the parts of the model statement (Implementing Decision (EU) 2018/1523)."""

    class Status(models.TextChoices):
        FULL = "full", _("Fully compliant")
        PARTIAL = "partial", _("Partially compliant")
        NONE = "none", _("Not compliant")

    status = models.CharField(
        _("compliance"),
        max_length=10,
        choices=Status.choices,
        default=Status.PARTIAL,
        help_text=_("Visitors see this first. “Fully” means that there are no known accessibility issues."),
    )
    standard = models.CharField(_("standard"), max_length=100, default="WCAG 2.2 AA, EN 301 549")
    shortcomings = RichTextField(
        _("what is not accessible"),
        blank=True,
        features=FEATURES,
        help_text=_("Each issue, the reason for it, and the alternative way to get the content."),
    )
    assessment = models.CharField(
        _("how it was assessed"), max_length=250, blank=True, help_text=_("For example “By an external auditor”.")
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

    statement_panels = [
        MultiFieldPanel(
            ["status", "standard", FieldRowPanel(["prepared_on", "reviewed_on"]), "assessment"],
            heading=_("Status"),
        ),
        "shortcomings",
        MultiFieldPanel(["feedback", "feedback_email"], heading=_("Feedback")),
        "enforcement",
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
