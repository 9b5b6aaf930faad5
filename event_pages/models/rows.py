"""Rows that belong to a page: who organises and speaks, what happens when, whose meeting it is.

They hang on ``wagtailcore.Page``, so that events, series, programmes and the types of plugins use the same ones.
Those with words are translated row by row; a row's ``translation_key`` is the same in every language.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from event_pages.panels import NetworkChooserPanel
from verkosto.core.constraints import ConstraintErrorsByField
from verkosto.core.html import in_language
from verkosto.core.locales import language_code_of
from verkosto.directory.models import Organisation, Person


def page_key(related_name: str) -> ParentalKey:
    return ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name=related_name)


class Organiser(TranslatableMixin, Orderable):
    page = page_key("organisers")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(
        _("role"),
        max_length=100,
        blank=True,
        help_text=_("If the role is not simply organiser, such as “in cooperation with”."),
    )

    panels = [FieldPanel("organisation"), FieldPanel("role")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")

    def __str__(self) -> str:
        return str(self.organisation)


class NetworkLink(Orderable):
    """The page belongs to a network that it does not stand below; any language version of the network will do."""

    page = page_key("network_links")
    network_page = models.ForeignKey(
        Page, verbose_name=_("network"), on_delete=models.CASCADE, related_name="linked_from"
    )

    panels = [NetworkChooserPanel("network_page")]

    class Meta(Orderable.Meta):
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "network_page"],
                name="event_pages_networklink_once_a_page",
                violation_error_message=_("This network is already selected for the page."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.network_page)


class Appearance(ConstraintErrorsByField, TranslatableMixin, Orderable):
    """A person with the part they play. Without a person of the directory a role stands alone ("director general")."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(
        _("role"),
        max_length=200,
        blank=True,
        help_text=_("Shown instead of the person’s title, or alone if the person is not known yet."),
    )

    panels = [FieldPanel("person"), FieldPanel("role")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(role=""),
                name="%(app_label)s_%(class)s_is_someone",
                violation_error_message=_("Choose a person or write a role."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.role)

    @property
    def title(self) -> str:
        """What the person is here: the role, or else the person's own title."""
        return self.role or (self.person.title if self.person else "")

    @property
    def title_html(self) -> SafeString:
        """The same for a page: a role is in its language, a person's title perhaps not."""
        return in_language(self.title, "" if self.role else language_code_of(self.person))


class Speaker(Appearance):
    page = page_key("speakers")

    class Meta(Appearance.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")


class AgendaItem(ConstraintErrorsByField, TranslatableMixin, ClusterableModel, Orderable):
    class Kind(models.TextChoices):
        SESSION = "session", pgettext_lazy("agenda item", "Session")
        POINT = "point", pgettext_lazy("agenda item", "Welcome, end and other points")
        BREAK = "break", pgettext_lazy("agenda item", "Break")

    page = page_key("agenda_items")
    kind = models.CharField(
        _("type"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.SESSION,
        help_text=_("Breaks are shown less prominently."),
    )
    day = models.DateField(
        _("day"),
        null=True,
        blank=True,
        help_text=_("For an event of several days. If left empty, the same day as the previous item."),
    )
    starts_at = models.TimeField(_("from"), null=True, blank=True, help_text=_("In the time zone of the event."))
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=250)
    abstract = RichTextField(_("abstract"), blank=True, features=["bold", "italic", "link", "ul", "ol"])

    panels = [
        FieldRowPanel(["kind", "day", "starts_at", "ends_at"]),
        FieldPanel("title"),
        FieldPanel("abstract"),
        InlinePanel("speakers", heading=_("Speakers"), label=_("Speaker")),
    ]

    override_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in ("kind", "day", "starts_at", "ends_at")
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="event_pages_agendaitem_ends_after_start",
                violation_error_message=_("The agenda item ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False),
                name="event_pages_agendaitem_end_has_start",
                violation_error_message=_("Give a start time as well: the agenda item has an end time."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaSpeaker(Appearance):
    item = ParentalKey(AgendaItem, on_delete=models.CASCADE, related_name="speakers")

    class Meta(Appearance.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
