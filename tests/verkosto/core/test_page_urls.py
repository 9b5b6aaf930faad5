"""Addresses of pages."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import querydict_from_html

from home.models import HomePage, StandardPage
from verkosto.core.page_urls import is_taken


@pytest.mark.django_db
def test_an_address_that_the_site_uses_itself_is_taken(homes: dict[str, HomePage]) -> None:
    taken = {
        (code, slug) for code in homes for slug in ("search", "haku", "registrations") if is_taken(homes[code], slug)
    }
    assert taken == {("fi", "search"), ("sv", "search"), ("en", "search")}
    assert not is_taken(homes["fi"].get_parent(), "search")


@pytest.mark.django_db
def test_editor_is_told_that_a_page_would_never_be_seen(admin_client: Client, homes: dict[str, HomePage]) -> None:
    """Found when tried: “/en/search/” is the search, whatever page has this slug. Nobody was told."""
    page = homes["en"].add_child(
        instance=StandardPage(title="Search", slug="find", summary="…", locale=homes["en"].locale)
    )
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = querydict_from_html(admin_client.get(path).content.decode(), form_id="page-edit-form")
    streams = {f"{field.name}-count": "0" for field in page._meta.fields if isinstance(field, StreamField)}
    answer = admin_client.post(path, {**data.dict(), **streams, "slug": "search"})
    (error,) = answer.context["form"].errors.as_data()["slug"]
    assert error.message == "Sivusto käyttää itse tätä osoitetta. Valitse toinen lyhytnimi."
