"""The translation buttons of a page in lists and in its editor, from columns of the list's own query.

wagtail-localize asks two to four queries for each row.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.models import TranslationSource

from verkosto.core.users import AnyUser
from verkosto.localisation import upstream
from verkosto.localisation.permissions.access import SUBMIT

HOOK = "register_page_listing_more_buttons"
HEADER_HOOK = "register_page_header_buttons"


def take_over() -> None:
    """Remove wagtail-localize's own buttons from lists of pages and from their headers."""
    for hook in (HOOK, HEADER_HOOK):
        upstream.remove_hook(hook, localize_hooks.page_listing_more_buttons)


def with_translation_columns(parent_page: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Annotate the pages of the explorer with ``lacks_a_language`` and ``localize_source``, if they have buttons."""
    return _annotated(pages) if request.user.has_perm(SUBMIT) else pages


def _annotated(pages: PageQuerySet) -> PageQuerySet:
    versions = Page.objects.filter(translation_key=OuterRef(OuterRef("translation_key")), alias_of=None)
    source = TranslationSource.objects.filter(
        object_id=OuterRef("translation_key"), locale_id=OuterRef("locale_id"), translations__enabled=True
    )
    return pages.annotate(
        lacks_a_language=Exists(Locale.objects.exclude(pk__in=versions.values("locale_id"))),
        localize_source=Subquery(source.values("pk")[:1]),
    )


def header_buttons(
    page: Page, user: AnyUser, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Yield the same buttons for the header of a page. One query."""
    if not page.is_root() and user.has_perm(SUBMIT) and (row := _annotated(Page.objects.filter(pk=page.pk)).first()):
        page.lacks_a_language, page.localize_source = row.lacks_a_language, row.localize_source
        yield from listing_buttons(page, user, view_name, next_url)


def listing_buttons(
    page: Page, user: AnyUser, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Yield the buttons of wagtail-localize. No query for a page that `with_translation_columns` annotated."""
    if not hasattr(page, "lacks_a_language"):
        yield from localize_hooks.page_listing_more_buttons(page, user, view_name, next_url)
        return
    if page.is_root() or not user.has_perm(SUBMIT):
        return
    icon = "wagtail-localize-language"
    if page.lacks_a_language:
        url = reverse("wagtail_localize:submit_page_translation", args=[page.alias_of_id or page.pk])
        yield Button(_("Translate this page"), url, priority=60, icon_name=icon)
    if page.localize_source:
        url = reverse("wagtail_localize:update_translations", args=[page.localize_source])
        query = f"?{urlencode({'next': next_url})}" if next_url is not None else ""
        yield Button(_("Sync translated pages"), f"{url}{query}", priority=60, icon_name="resubmit")
