"""The explorer's queries (findings: 139 for 50 events, two of them wagtail-localize's for each row)."""

import pytest
from django.urls import reverse
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.models import Translation, TranslationSource

from home.models import HomePage
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    in_language,
)
from verkosto.localisation.admin.listing_buttons import header_buttons, listing_buttons, with_translation_columns

pytestmark = pytest.mark.django_db


def test_explorer_takes_as_many_queries_for_fifty_events(
    client, homes: dict[str, HomePage], admin_user, count_queries
):
    client.force_login(admin_user)
    index = EventIndexPageFactory(parent=homes["fi"])
    url = reverse("wagtailadmin_explore", args=[index.pk])
    EventPageFactory(parent=index)
    one = count_queries(url)
    for _number in range(49):
        EventPageFactory(parent=index)

    assert count_queries(url) == one <= 30


def test_lists_of_one_type_take_as_many_queries_for_thirty_pages(
    client, homes: dict[str, HomePage], admin_user, count_queries
):
    """Findings: wagtail-localize asks two queries a row, in these lists as in the explorer."""
    client.force_login(admin_user)
    home = homes["fi"]
    made = {
        "events:index": (EventPageFactory, EventIndexPageFactory(parent=home)),
        "networks:index": (NetworkPageFactory, NetworkIndexPageFactory(parent=home)),
        "news:index": (NewsPageFactory, NewsIndexPageFactory(parent=home)),
    }
    for factory, parent in made.values():
        factory(parent=parent)
    one = {name: count_queries(reverse(name)) for name in made}
    for factory, parent in made.values():
        for _number in range(29):
            factory(parent=parent)

    assert {name: count_queries(reverse(name)) for name in made} == one
    assert max(one.values()) <= 40


def test_header_of_a_page_has_the_buttons_of_wagtail_localize(
    homes: dict[str, HomePage], admin_user, django_assert_num_queries
):
    page = EventPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]))
    source, _created = TranslationSource.get_or_create_from_instance(page)
    Translation.objects.get_or_create(source=source, target_locale=homes["sv"].locale, defaults={"enabled": True})
    theirs = list(localize_hooks.page_listing_more_buttons(page, admin_user, "edit", "/next/"))

    with django_assert_num_queries(1):
        ours = list(header_buttons(page, admin_user, "edit", "/next/"))

    assert [(str(button.label), button.url) for button in ours] == [
        (str(button.label), button.url) for button in theirs
    ]
    assert len(ours) == 2


def test_buttons_are_those_of_wagtail_localize(rf, homes: dict[str, HomePage], admin_user):
    index = EventIndexPageFactory(parent=homes["fi"])
    whole, lacking = EventPageFactory(parent=index), EventPageFactory(parent=index)
    for code in ("sv", "en"):
        in_language(index, code)
        in_language(whole, code)
    source, _created = TranslationSource.get_or_create_from_instance(whole)
    Translation.objects.get_or_create(source=source, target_locale=homes["sv"].locale, defaults={"enabled": True})
    request = rf.get("/")
    request.user = admin_user

    shown = {
        page.pk: [(str(button.label), button.url) for button in listing_buttons(page, admin_user, None, "/next/")]
        for page in with_translation_columns(index, index.get_children(), request).specific()
    }

    assert shown == {
        page.pk: [
            (str(button.label), button.url)
            for button in localize_hooks.page_listing_more_buttons(page, admin_user, None, "/next/")
        ]
        for page in (whole, lacking)
    }
    assert [len(buttons) for buttons in shown.values()] == [1, 1]
