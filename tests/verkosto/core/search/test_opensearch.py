"""The search with OpenSearch, through its own client against a small server of ours (`opensearch_server`)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from modelsearch.backends import get_search_backend
from pytest_django import Settings
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.service_urls import search_settings
from home.models import HomePage
from home.search_results import find
from tests.factories import EventPageFactory, PersonFactory, StandardPageFactory
from tests.ranked_pages import make_pages_in_order
from tests.verkosto.core.search.opensearch_server import Engine, opensearch
from verkosto.core.search import opensearch as opensearch_backend
from verkosto.core.search.queries import parse_query
from verkosto.directory.models import Person

NOW = datetime(2026, 9, 1, tzinfo=UTC)
INDEX = "site_wagtailcore_page"


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Engine]]:
    with opensearch() as running:
        yield running


@pytest.fixture
def engine(server: tuple[str, Engine], settings: Settings, homes: dict[str, HomePage]) -> Engine:
    """An empty engine, which everything that is saved from now on is indexed in."""
    address, engine = server
    engine.__init__()  # type: ignore[misc]  # empties it
    settings.WAGTAILSEARCH_BACKENDS = {"default": search_settings(f"opensearch+{address}/site")}
    backend = get_search_backend()
    for model in (Page, StandardPageFactory._meta.model, EventPageFactory._meta.model, Person, get_document_model()):
        index = backend.get_index_for_model(model)
        if index.name not in engine.settings:
            index.put()
        index.add_model(model)
    return engine


def found(homes: dict[str, HomePage], query: str, language: str = "fi") -> list[str]:
    return [page.title for page in find(homes[language].locale, query, NOW)]


def test_words_are_found_as_in_the_database(engine: Engine, homes: dict[str, HomePage]) -> None:
    for title, summary in (
        ("SOTE-uudistus etenee", "Mitä muuttuu."),
        ("Sosiaalihuoltolakiuudistuksen tilanne", "Lausunnot."),
        ("Verkosto kokoontuu", "Verkostossa on jäseniä, joilla on täsmälleen sama tehtävä."),
        ("Työ ja työnantajat", "Hyvää työtä kaupungissa Åbo."),
        ("Kausi 2026–2027", "Tapaamiset 16.9.2026 alkaen."),
    ):
        StandardPageFactory(parent=homes["fi"], title=title, summary=summary)
    StandardPageFactory(parent=homes["fi"], title="Verkoston luonnos", live=False)
    StandardPageFactory(parent=homes["sv"], title="Nätverken möts", summary="Reform.")
    cases = {
        "sote": ["SOTE-uudistus etenee"],
        "soteuudistus": ["SOTE-uudistus etenee"],
        "uudistus": ["Sosiaalihuoltolakiuudistuksen tilanne", "SOTE-uudistus etenee"],
        "sosiaalihuoltolakiuudistus": ["Sosiaalihuoltolakiuudistuksen tilanne"],
        "verkostoissa": ["Verkosto kokoontuu"],
        "tyo": ["Työ ja työnantajat"],
        "Åbo": ["Työ ja työnantajat"],
        "2026–2027": ["Kausi 2026–2027"],
        "16.9.2026": ["Kausi 2026–2027"],
        '"täsmälleen"': ["Verkosto kokoontuu"],
        '"sama tehtävä"': ["Verkosto kokoontuu"],
        '"tehtävä sama"': [],
        '"verkostot"': [],
        "verkosto ja työ": [],
        "%": [],
    }
    assert {query: found(homes, query) for query in cases} == cases
    assert found(homes, "nätverket", "sv") == ["Nätverken möts"]


def test_upcoming_events_come_before_past_ones_and_titles_before_texts(
    engine: Engine, homes: dict[str, HomePage]
) -> None:
    in_order = make_pages_in_order(homes["fi"])

    assert found(homes, "satakieli") == in_order
    assert len(engine.searches) == 1


def test_choosers_compare_titles_and_forgive_a_typing_error(engine: Engine, homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], title="Työ ja verkostot", summary="Salaisuus.")
    PersonFactory(name="Äijä Työläinen", locale=homes["fi"].locale)
    queries = ("tyo", "verkostoissa ty", "verkstot", "salaisuus")

    pages = {query: [found.pk for found in Page.objects.autocomplete(query)] for query in queries}

    assert pages == {"tyo": [page.pk], "verkostoissa ty": [page.pk], "verkstot": [page.pk], "salaisuus": []}
    assert Page.objects.autocomplete("tyo").count() == 1
    assert [str(person) for person in get_search_backend().autocomplete("tyolai", Person)] == ["Äijä Työläinen"]


def test_each_language_has_its_stemmer_and_the_words_their_analyzers(engine: Engine) -> None:
    analysis = engine.settings[INDEX]["settings"]["analysis"]
    stemmers = {name: each["language"] for name, each in analysis["filter"].items() if each["type"] == "stemmer"}
    analyzers = {
        name: each["analyzer"] for name, each in engine.properties[INDEX].items() if name.startswith("_verkosto_text")
    }
    assert stemmers == {"verkosto_fi": "finnish", "verkosto_sv": "swedish", "verkosto_en": "english"}
    assert analyzers == {
        "_verkosto_text_words": "verkosto_words",
        "_verkosto_text_forms": "verkosto_words",
        "_verkosto_text_parts": "verkosto_parts",
        "_verkosto_text_fi": "verkosto_fi",
        "_verkosto_text_sv": "verkosto_sv",
        "_verkosto_text_en": "verkosto_en",
    }
    assert {"edgengram_analyzer", "verkosto_words"} <= set(analysis["analyzer"])
    assert engine.settings[INDEX]["settings"]["index"]["max_ngram_diff"] == 16


def test_stems_are_stored_for_the_language_of_a_page_alone(engine: Engine, homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["sv"], title="Åbo-mötet")
    document = engine.documents[INDEX][str(page.pk)]

    assert {name: value for name, value in document.items() if name.startswith("_verkosto_title")} == {
        "_verkosto_title_words": " abo motet ",
        "_verkosto_title_forms": " abo motet abomotet ",
        "_verkosto_title_parts": " abo motet abomotet ",
        "_verkosto_title_sv": " abo motet ",
    }


def test_a_long_part_of_a_word_is_compared_with_all_words() -> None:
    (term,) = parse_query("a" * 21, ["en"])
    assert opensearch_backend.term_query(term, "f", ["en"])["bool"]["should"] == [
        {"wildcard": {"f_forms": {"value": f"*{'a' * 21}*"}}},
        {"match": {"f_en": "a" * 21}},
    ]
