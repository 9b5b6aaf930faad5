"""Links of rich text (finding of localisation: to a page without translation they had no `hreflang`)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import override
from wagtail.rich_text import expand_db_html

from home.models import HomePage
from tests.factories import StandardPageFactory, in_language


def link(*pages: Any) -> str:
    return "".join(f'<a linktype="page" id="{page if isinstance(page, int) else page.pk}">x</a>' for page in pages)


def test_a_link_leads_to_the_readers_version_or_names_the_language_of_the_page(homes: dict[str, HomePage]) -> None:
    both, finnish, draft = (StandardPageFactory(parent=homes["fi"], slug=slug) for slug in ("a", "b", "c"))
    in_language(both, "sv", slug="a-sv")
    draft.unpublish()
    with override("sv"):
        shown = expand_db_html(link(both, finnish, draft, 0))
    assert shown == (
        '<a href="/sv/a-sv/">x</a><a href="/fi/b/" hreflang="fi">x</a>'  # the words are Swedish
        "<a>x</a><a>x</a>"
    )
    with override("fi"):
        assert expand_db_html(link(both, finnish)) == '<a href="/fi/a/">x</a><a href="/fi/b/">x</a>'


def test_thirty_links_cost_as_much_as_one(
    homes: dict[str, HomePage], django_assert_num_queries: Callable[[int], Any]
) -> None:
    pages = [StandardPageFactory(parent=homes["fi"]) for _number in range(30)]
    expand_db_html(link(pages[0]))
    for count in (1, 30):
        with override("sv"), django_assert_num_queries(3):
            expand_db_html(link(*pages[:count]))
