"""Pages that take registrations have no aliases, whatever makes them; and a copy is named in the message about it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import StandardPage
from tests.factories.events import EventIndexPageFactory
from tests.factories.registrations import event_with_desk
from tests.recordings import recorded
from verkosto.core.aliases import reason_against_alias

pytestmark = pytest.mark.django_db


@pytest.fixture
@recorded
def event(homes: dict[str, Any]) -> Any:
    return event_with_desk(title="Verkostopäivä", index=EventIndexPageFactory(parent=homes["fi"]))


@pytest.fixture
@recorded
def standard(homes: dict[str, Any]) -> Page:
    return homes["fi"].add_child(instance=StandardPage(title="Sivu", slug="sivu", summary="Lyhyesti"))


@pytest.mark.parametrize("recursive", [False, True])
def test_an_event_and_its_list_have_no_alias_and_the_refusal_says_what_to_do(event: Any, recursive: bool) -> None:
    page = event.get_parent() if recursive else event
    with pytest.raises(ValidationError) as refused:
        page.create_alias(update_slug="toinen", recursive=recursive)
    assert "Linkitä sivuun tai kopioi se" in refused.value.messages[0]
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert reason_against_alias(event.get_parent()) == ""


def test_the_admins_api_refuses_the_alias_and_says_why(event: Any, admin_client: Client) -> None:
    url = reverse("wagtailadmin_api:pages:action", args=[event.pk, "create_alias"])
    response = admin_client.post(url, {"destination_page_id": event.get_parent().pk, "update_slug": "toinen"})
    assert (response.status_code, list(response.json())) == (400, ["alias"])


def test_the_copy_form_offers_an_alias_only_where_one_is_possible(
    event: Any, standard: Page, admin_client: Client
) -> None:
    offered = {
        page.title: "alias"
        in admin_client.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).context["form"].fields
        for page in (event, event.get_parent(), standard)
    }
    assert list(offered.values()) == [False, False, True]
    assert standard.create_alias(update_slug="toinen").alias_of_id == standard.pk


def test_a_language_version_that_follows_its_original_is_no_second_event(event: Any) -> None:
    swedish = Locale.objects.get(language_code="sv")
    event.get_parent().copy_for_translation(swedish, copy_parents=True, alias=True)
    version = event.copy_for_translation(swedish, alias=True)
    assert (version.alias_of_id, version.translation_key) == (event.pk, event.translation_key)


def test_the_message_after_copying_names_the_copy(standard: Page, admin_client: Client) -> None:
    url = reverse("wagtailadmin_pages:copy", args=[standard.pk])
    data = {"new_title": "Uusi sivu", "new_slug": "uusi", "new_parent_page": standard.get_parent().pk}
    response = admin_client.post(url, data, follow=True)
    [message] = response.context["messages"]
    assert "”Uusi sivu” on tehty sivun ”Sivu” kopiona." in str(message)
    assert reverse("wagtailadmin_pages:edit", args=[Page.objects.get(slug="uusi").pk]) in str(message)
