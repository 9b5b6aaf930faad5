import pytest
from django.utils.translation import override

from home.models import HomePage
from tests.factories import StandardPageFactory, in_language
from verkosto.core.locales import Alternate, alternates, language_name, localise_pages


def test_alternates_of_a_page_in_two_of_three_languages(homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], title="Tietoa", slug="tietoa")
    in_language(page, "sv", title="Om oss", slug="om-oss")

    assert alternates(page) == [
        Alternate("fi", "suomi", "http://localhost/fi/tietoa/", "Tietoa", True),
        Alternate("sv", "svenska", "http://localhost/sv/om-oss/", "Om oss", False),
        Alternate("en", "English", None, "", False),
    ]


def test_alternates_leave_out_drafts_and_aliases(homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"])
    draft = in_language(page, "sv")
    draft.unpublish()
    page.copy_for_translation(homes["en"].locale, alias=True)

    assert [alternate.url is None for alternate in alternates(page)] == [False, True, True]


def test_alternates_take_one_query(homes: dict[str, HomePage], django_assert_num_queries: object) -> None:
    page = HomePage.objects.select_related("locale").get(pk=homes["fi"].pk)
    alternates(page)  # fills Wagtail's cache of site addresses

    with django_assert_num_queries(1):  # type: ignore[operator]
        alternates(page)


@pytest.mark.parametrize("count", [1, 30])
def test_localised_pages_take_one_query(
    homes: dict[str, HomePage], django_assert_num_queries: object, count: int
) -> None:
    pages = [StandardPageFactory(parent=homes["fi"]) for _ in range(count)]
    translation = in_language(pages[0], "sv")

    with override("sv"), django_assert_num_queries(1):  # type: ignore[operator]
        localised = localise_pages(pages)

    assert {pk: page.pk for pk, page in localised.items()} == {page.pk: page.pk for page in pages} | {
        pages[0].pk: translation.pk
    }


def test_localised_pages_leave_out_what_is_published_nowhere(homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], live=False)

    with override("fi"):
        assert localise_pages([page]) == {}


def test_a_language_of_a_territory_has_a_name_of_its_own():
    """Swedish of Finland beside Swedish were both called "Svenska"."""
    assert [language_name(code) for code in ("sv", "sv-fi")] == ["svenska", "svenska (Finland)"]
