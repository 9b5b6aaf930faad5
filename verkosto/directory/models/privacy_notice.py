from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import RevisionMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from verkosto.core.model_fields import EmailAddressField
from verkosto.directory.models.entry import Entry
from verkosto.directory.models.organisation import Organisation

FEATURES = ["bold", "italic", "link", "ul"]


class PrivacyNotice(RevisionMixin, Entry):
    """The information that people get when they give their data (GDPR, article 13).

    A published version is not changed: a new version is a new privacy notice that names the one it replaces.
    """

    class LegalBasis(models.TextChoices):
        CONSENT = "consent", _("Consent")
        CONTRACT = "contract", _("Contract")
        LEGAL_OBLIGATION = "legal_obligation", _("Legal obligation")
        VITAL_INTERESTS = "vital_interests", _("Vital interests")
        PUBLIC_TASK = "public_task", _("Public task")
        LEGITIMATE_INTERESTS = "legitimate_interests", _("Legitimate interests")

    title = models.CharField(_("title"), max_length=200)
    version = models.CharField(
        _("version"),
        max_length=20,
        default="1.0",
        help_text=_("Each registration records which version was shown."),
    )
    valid_from = models.DateField(_("valid from"))
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_by",
        help_text=_("The earlier version of this notice."),
    )
    controller = models.ForeignKey(
        Organisation,
        verbose_name=_("controller"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="privacy_notices",
        help_text=_("The organisation that decides why and how the data is used."),
    )
    contact_email = EmailAddressField(
        _("contact for data protection"),
        blank=True,
        help_text=_("The address for requests about data subject rights."),
    )
    purpose = models.TextField(_("purpose"), help_text=_("Shown next to the form: why the data is collected."))
    legal_basis = models.CharField(
        _("legal basis"), max_length=30, choices=LegalBasis.choices, default=LegalBasis.PUBLIC_TASK
    )
    recipients = RichTextField(
        _("recipients"), blank=True, features=FEATURES, help_text=_("Who else receives the data.")
    )
    retention = models.TextField(_("how long the data is kept"), blank=True)
    rights = RichTextField(_("your rights"), blank=True, features=FEATURES)
    body = RichTextField(_("other information"), blank=True, features=["h3", *FEATURES])
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="privacy_notice")

    is_named_on_pages = False

    panels = [
        MultiFieldPanel(["title", FieldRowPanel(["version", "valid_from"]), "replaces"], heading=_("Privacy notice")),
        MultiFieldPanel(["controller", "contact_email"], heading=_("Responsible organisation")),
        MultiFieldPanel(["purpose", "legal_basis", "retention"], heading=_("Purpose and retention")),
        MultiFieldPanel(["recipients", "rights", "body"], heading=_("Details")),
    ]
    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        SynchronizedField("version", overridable=False),
        SynchronizedField("valid_from", overridable=False),
        SynchronizedField("legal_basis", overridable=False),
        SynchronizedField("contact_email"),
    ]

    class Meta(Entry.Meta):
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["title", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "title", "version"],
                name="directory_privacynotice_version_once",
                violation_error_message=_("This version of the notice already exists."),
            ),
            models.CheckConstraint(
                condition=~models.Q(replaces=models.F("id")),
                name="directory_privacynotice_replaces_another",
                violation_error_message=_("A notice cannot replace itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def revisions(self) -> models.QuerySet:
        return self._revisions
