from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractRendition
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.models import Locale, Page, PageViewRestriction, Workflow, WorkflowPage
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from verkosto.core.base_template import base_context
from verkosto.core.blocks import LinkBlock
from verkosto.core.blocks.text import RICH_TEXT_FEATURES
from verkosto.core.checklist import Check, page_checks
from verkosto.core.constraints import ConstraintErrorsByField
from verkosto.core.copied_dates import DatedCopyForm, shift_dates
from verkosto.core.copied_rows import CopyRowsMixin
from verkosto.core.draft_links import DraftLink
from verkosto.core.fields import BodyField
from verkosto.core.forms import PageForm
from verkosto.core.model_fields import ImageForeignKey
from verkosto.core.page_type_rules import PageTypeRules
from verkosto.core.pictures import specs
from verkosto.core.related_links import LinkTargets, RelatedLink, raw_links
from verkosto.core.revision_rows import KeepRevisionRowsMixin
from verkosto.core.scheduled_work.models import ScheduledRun
from verkosto.core.stored_texts import StoredTextsMixin
from verkosto.core.structured_data import as_script_content, breadcrumb_data
from verkosto.core.view_restrictions import private_page_paths

__all__ = ["BasePage", "DraftLink", "Original", "ScheduledRun"]

SHARE_FILTER_SPEC = "fill-1200x630|format-jpeg"
# The filter specs with which components/lead_image.html shows the listing image.


class BasePage(StoredTextsMixin, ConstraintErrorsByField, PageTypeRules, CopyRowsMixin, KeepRevisionRowsMixin, Page):
    """The base of every page type."""

    summary = models.TextField(
        _("summary"),
        max_length=400,
        help_text=_("Visitors see this under the title, in lists and in search results. One or two sentences."),
    )
    listing_image = ImageForeignKey(
        verbose_name=_("listing image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Shown at the top of the page and in lists. Without an image, the page shows a generated star pattern."
        ),
    )
    listing_image_alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_(
            "Describe the image for people who cannot see it. If left empty, the description of the image itself is used."
        ),
    )
    body = BodyField()
    related = StreamField(
        [
            ("page", blocks.PageChooserBlock(label=_("Page"))),
            ("link", LinkBlock()),
            ("document", DocumentChooserBlock(label=_("Document"))),
        ],
        verbose_name=_("related"),
        blank=True,
        help_text=_(
            "Shown at the end of the page under “Related”. Links to pages lead to the reader’s language version."
        ),
    )
    notice = RichTextField(
        _("notice"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Shown above the text while it is in force, such as health advice or a change of venue."),
    )
    notice_from = models.DateTimeField(
        _("in force from"), null=True, blank=True, help_text=_("If left empty, the notice is in force immediately.")
    )
    notice_until = models.DateTimeField(
        _("in force until"),
        null=True,
        blank=True,
        help_text=_("If left empty, the notice is shown until you remove it."),
    )
    share_image = ImageForeignKey(
        verbose_name=_("share image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where the page is shared. If left empty, the listing image is used."),
    )

    base_form_class = PageForm
    copy_form_class = DatedCopyForm
    #: Whether `move_dates` clears what applies only to the original, so that every copy needs it.
    is_reset_in_copies: ClassVar[bool] = False
    #: The reason why pages of this type cannot have aliases; "" if they can.
    no_alias_reason: str | Promise = ""
    content_panels = [*Page.content_panels, "summary", "body"]
    listing_panels = [
        MultiFieldPanel(["listing_image", "listing_image_alt"], heading=_("Listing image")),
    ]
    related_panels = ["related"]
    notice_panels = [
        MultiFieldPanel(
            ["notice", FieldRowPanel(["notice_from", "notice_until"])],
            heading=_("Temporary notice"),
        ),
    ]
    promote_panels = [*Page.promote_panels, "share_image"]

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.AutocompleteField("summary"),
    ]
    override_translatable_fields = [
        SynchronizedField("notice_from", overridable=False),
        SynchronizedField("notice_until", overridable=False),
        SynchronizedField("listing_image"),
        SynchronizedField("share_image"),
    ]

    #: Whether other sites may show pages of this type in a frame (`verkosto.embedding`).
    is_embeddable: ClassVar[bool] = False
    #: The names of the files whose URLs are below the page's, such as its calendar.
    file_names: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(notice_until__gte=models.F("notice_from"))
                | models.Q(notice_from=None)
                | models.Q(notice_until=None),
                name="%(app_label)s_%(class)s_notice_ends_after_start",
                violation_error_message=_("The notice ends before it begins."),
            ),
        ]

    @classmethod
    def serving_queryset(cls) -> PageQuerySet:
        """Return the queryset from which a page is served. Page types join the related objects that their template shows."""
        return cls._default_manager.select_related("listing_image", "share_image")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, object]:
        return {**super().get_context(request, *args, **kwargs), **base_context()}

    def get_cached_paths(self) -> list[str]:
        """Return the paths, relative to the page's own, that caches in front of the site keep (`frontend_cache`)."""
        return ["/", *self.file_names]

    @cached_property
    def nearest_workflow(self) -> Workflow | None:
        """The active workflow of the page or of its nearest ancestor. One query; Wagtail's editor asks three times."""
        assigned = WorkflowPage.objects.filter(page__in=self.get_ancestors(inclusive=True), workflow__active=True)
        nearest = assigned.select_related("workflow").order_by("-page__depth").first()
        return nearest.workflow if nearest else None

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        return self.nearest_workflow if getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True) else None

    @property
    def first_day(self) -> date | None:
        """The first day of the event or programme; None if there is none. The form for copying asks for a new one."""
        return None

    def move_dates(self, days: int) -> None:
        """Move the dates of a copy by a number of days. A page type also clears what applies only to the original."""
        shift_dates(self, days)

    def remove_people(self) -> None:
        """Remove the people who are named in a copy and are probably others this time."""

    @property
    def editor_summary(self) -> list[str]:
        """What the editor sees of the page in one line, in the active language."""
        return []

    @property
    def checklist(self) -> list[Check]:
        """What should be looked at before the page is published."""
        return list(page_checks(self))

    @property
    def constellation_key(self) -> str:
        """The key of the page's constellation, the same in every language."""
        return str(self.translation_key)

    @property
    def current_notice(self) -> str:
        """The notice in force at this moment, as rich text, or ""."""
        now = timezone.now()
        if self.notice_from and self.notice_from > now:
            return ""
        if self.notice_until and self.notice_until < now:
            return ""
        return self.notice

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The live ancestors, from the home page of the language down. One query."""
        return list(self.get_ancestors().live().filter(depth__gt=1).defer_streamfields())

    @property
    def breadcrumb_data(self) -> SafeString | str:
        """schema.org/BreadcrumbList as the content of a JSON-LD script, or "" for a home page."""
        return as_script_content(data) if (data := breadcrumb_data(self)) else ""

    @cached_property
    def related_links(self) -> list[RelatedLink]:
        """The related pages, links and documents in the active language. Two queries."""
        links = raw_links(self.related)
        targets = LinkTargets(links)
        return [found for found in map(targets.find, links) if found]

    @cached_property
    def share_rendition(self) -> AbstractRendition | None:
        """The rendition for social media, or None. The query also reads the renditions that the page's template shows."""
        image = self.share_image or self.listing_image
        if image is None:
            return None
        own = specs("lead", "webp") if image == self.listing_image else ()
        return get_renditions_or_not_found(image, [SHARE_FILTER_SPEC, *own])[SHARE_FILTER_SPEC]

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return the restrictions of this page and of its ancestors. One query; none if no page is restricted.

        Those of an alias include those of its original page.
        """
        if not private_page_paths():
            return PageViewRestriction.objects.none()
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        original = models.Q(page__path__in=paths, page__alias_of=None)
        return PageViewRestriction.objects.filter(original | models.Q(page__aliases__path__in=paths)).distinct()


class Original(models.Model):
    """The record of which language version of a page or snippet is the original. A `translation_key` has exactly one.

    Read and written through `verkosto.core.originals`.
    """

    translation_key = models.UUIDField(primary_key=True)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    # A fingerprint of the content that its translations are made from: everything except the facts.
    content = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")

    def __str__(self) -> str:
        return f"{self.translation_key} ({self.locale_id})"
