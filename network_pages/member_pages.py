"""The pages that have members: networks, small groups and rounds, each once whatever its languages."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, QuerySet, When
from wagtail.models import Page

from network_pages.models import NetworkPage, ProgrammeRoundPage, SmallGroupPage
from network_pages.permissions import Permission, keys_for
from verkosto.core.content_cache import cached
from verkosto.core.locales import active_language
from verkosto.core.originals import get_original
from verkosto.core.users import AnyUser

MEMBER_PAGES = (NetworkPage, SmallGroupPage, ProgrammeRoundPage)


def pages_with_members() -> QuerySet[Page]:
    """Return all language versions of the networks, groups and rounds, those in the active language first."""
    types = ContentType.objects.get_for_models(*MEMBER_PAGES).values()
    own = Case(When(locale__language_code=active_language(), then=0), default=1)
    return Page.objects.filter(content_type__in=list(types)).order_by(own, "path")


def takes_members(translation_key: UUID) -> bool:
    """Return whether a page has members: every sign-up at any event asks this, so the answer is cached."""
    return cached(
        pages_with_members().filter(translation_key=translation_key).exists, "takes-members", translation_key
    )


def page_choices(user: AnyUser, permission: str = Permission.SEE) -> list[tuple[UUID, str]]:
    """Return (translation key, title) of the pages to whose members a user has a permission, by title.

    A group is named with its network.
    """
    pages = pages_with_members()
    keys = keys_for(user, permission)
    return _choices(pages if keys is None else pages.filter(translation_key__in=keys))


def pages_to_change(user: AnyUser, model: type[Page]) -> list[tuple[UUID, str]]:
    """Return (translation key, title) of the pages of a type whose members a user may see and change, by title."""
    pages = pages_with_members().filter(pk__in=model._default_manager.values("pk"))
    for permission in (Permission.SEE, Permission.CHANGE):
        keys = keys_for(user, permission)
        pages = pages if keys is None else pages.filter(translation_key__in=keys)
    titles: dict[UUID, str] = {}
    for key, title in pages.values_list("translation_key", "title"):
        titles.setdefault(key, title)
    return sorted(titles.items(), key=lambda choice: choice[1].casefold())


def title_of(translation_key: UUID) -> str:
    """Return the title of a page in the active language, or in another one; "" when there is no such page."""
    return pages_with_members().filter(translation_key=translation_key).values_list("title", flat=True).first() or ""


def original_of(translation_key: UUID) -> Page | None:
    """Return the page that the others are translated from; None when there is none."""
    page = version_of(translation_key)
    original = get_original(page) if page is not None else None
    return original if isinstance(original, Page) else page


def version_of(translation_key: UUID) -> Page | None:
    """Return the page in the active language, or in another one; None when there is none."""
    page = pages_with_members().filter(translation_key=translation_key).first()
    return page.specific if page else None


def _choices(pages: Iterable[Page]) -> list[tuple[UUID, str]]:
    pages = list(pages)
    titles = {page.path: page.title for page in pages}
    found: dict[UUID, str] = {}
    for page in pages:
        above = titles.get(page.path[: -Page.steplen])
        found.setdefault(page.translation_key, f"{above}: {page.title}" if above else page.title)
    return sorted(found.items(), key=lambda choice: choice[1].casefold())
