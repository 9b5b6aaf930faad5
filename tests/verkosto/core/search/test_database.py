"""Wagtail's own searches, which its choosers use, with this backend. The tests run on PostgreSQL and on SQLite."""

from collections.abc import Iterable

from django.test import Client
from django.urls import reverse
from modelsearch.backends import get_search_backend
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from home.models import HomePage
from tests.factories import OrganisationFactory, PersonFactory, StandardPageFactory, VenueFactory
from verkosto.directory.models import Organisation, Person, Venue


def names(found: Iterable[object]) -> list[str]:
    return [str(entry) for entry in found]


def test_choosers_find_words_without_accents_parts_of_words_and_other_forms(homes: dict[str, HomePage]) -> None:
    StandardPageFactory(parent=homes["fi"], title="Työ ja verkostot")
    StandardPageFactory(parent=homes["fi"], title="Sosiaalihuoltolakiuudistus")

    found = {
        query: names(Page.objects.autocomplete(query)) for query in ("tyo", "uudistus", "ja työstä", "verkostoissa ty")
    }

    assert found == {
        "tyo": ["Työ ja verkostot"],
        "uudistus": ["Sosiaalihuoltolakiuudistus"],
        "ja työstä": ["Työ ja verkostot"],
        "verkostoissa ty": ["Työ ja verkostot"],
    }


def test_choosers_forgive_typing_errors_but_only_where_nothing_is_found(homes: dict[str, HomePage]) -> None:
    StandardPageFactory(parent=homes["fi"], title="Työ ja kirjastot", summary="Salaisuus.")
    StandardPageFactory(parent=homes["fi"], title="Kirja")

    found = {
        query: names(Page.objects.autocomplete(query)) for query in ("kirjsatot", "työ kirjastto", "kirj", "salaisus")
    }

    assert found == {
        "kirjsatot": ["Työ ja kirjastot"],
        "työ kirjastto": ["Työ ja kirjastot"],
        "kirj": ["Kirja", "Työ ja kirjastot"],
        "salaisus": [],
    }


def test_pages_with_the_word_in_their_title_come_first(homes: dict[str, HomePage]) -> None:
    StandardPageFactory(parent=homes["fi"], title="Satakieli", summary="Teksti.")
    StandardPageFactory(parent=homes["fi"], title="Toinen", summary="Satakieli laulaa.")

    assert names(Page.objects.search("satakieli")) == ["Satakieli", "Toinen"]
    assert names(Page.objects.search('"toinen"')) == ["Toinen"]
    assert names(Page.objects.autocomplete("satakieli")) == ["Satakieli"]
    assert names(Page.objects.search("satakieli toinen", operator="or")) == ["Toinen", "Satakieli"]
    assert names(Page.objects.order_by("title").search("satakieli", order_by_relevance=False)) == [
        "Satakieli",
        "Toinen",
    ]
    assert Page.objects.search("satakieli").count() == 2


def test_people_organisations_and_venues_are_found_by_their_names(homes: dict[str, HomePage]) -> None:
    locale = homes["fi"].locale
    PersonFactory(name="Äijä Työläinen", locale=locale)
    OrganisationFactory(name="Esimerkkikunta", locale=locale)
    VenueFactory(name="Työväentalo", city="Oulu", locale=locale)
    backend = get_search_backend()

    assert names(backend.autocomplete("tyolainen", Person)) == ["Äijä Työläinen"]
    assert names(backend.autocomplete("kunta", Organisation)) == ["Esimerkkikunta"]
    assert names(backend.search("tyovaen", Venue)) == ["Työväentalo, Oulu"]


def test_images_and_documents_have_the_language_of_the_site(homes: dict[str, HomePage]) -> None:
    get_document_model().objects.create(title="Työjärjestys", file="a.pdf")

    assert names(get_search_backend().search("jarjestys", get_document_model())) == ["Työjärjestys"]
    assert names(get_search_backend().search("tyo", get_image_model())) == []


def test_the_page_chooser_finds_parts_of_compounds(admin_client: Client, homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], title="Sosiaalihuoltolakiuudistus")

    response = admin_client.get(reverse("wagtailadmin_choose_page_search"), {"q": "huoltolaki"})

    assert [found.pk for found in response.context["pages"]] == [page.pk]
