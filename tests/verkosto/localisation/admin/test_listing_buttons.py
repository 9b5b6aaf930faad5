"""The explorer's queries (findings: 139 for 50 events, two of them wagtail-localize's for each row)."""

import pytest
from django.urls import reverse
from wagtail_localize import wagtail_hooks as localize_hooks
from wagtail_localize.models import Translation, TranslationSource

from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, in_language
from verkosto.localisation.admin.listing_buttons import listing_buttons, with_translation_columns

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

    assert count_queries(url) == one <= 40


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
