"""What a search of the site finds, the same on PostgreSQL and SQLite."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from event_pages.models import TourStop
from home.models import HomePage
from home.search_results import find, results_of, suggestion_for
from tests.factories import (
    EventIndexPageFactory,
    EventPageFactory,
    EventSeriesPageFactory,
    NetworkIndexPageFactory,
    NetworkPageFactory,
    NewsPageFactory,
    ProgrammePageFactory,
    StandardPageFactory,
)
from tests.ranked_pages import make_pages_in_order

NOW = datetime(2026, 9, 1, tzinfo=UTC)


def found(homes: dict[str, HomePage], query: str, language: str = "fi") -> set[str]:
    pages = find(homes[language].locale, query, NOW)
    return {page.title for page in pages.exclude(pk=homes[language].pk)}


@pytest.fixture
def finnish_pages(homes: dict[str, HomePage]) -> None:
    for title, summary in (
        ("SOTE-uudistus etenee", "Mitä muuttuu."),
        ("Sosiaalihuoltolakiuudistuksen tilanne", "Lausunnot."),
        ("Verkosto kokoontuu", "Verkostossa on jäseniä, joilla on täsmälleen sama tehtävä."),
        ("Työ ja työnantajat", "Hyvää työtä."),
        ("Matka", "Kokous pidetään kaupungissa Åbo."),
        ("Kausi 2026–2027", "Tapaamiset 16.9.2026 alkaen."),
        ("Täsmällinen aika", "Tulemme täsmällisesti."),
        ("Kunta", "Tietoa."),
    ):
        StandardPageFactory(parent=homes["fi"], title=title, summary=summary)


def test_words_are_found_however_they_are_written(homes: dict[str, HomePage], finnish_pages: None) -> None:
    cases = {
        "sote": {"SOTE-uudistus etenee"},
        "SOTE-uudistus": {"SOTE-uudistus etenee"},
        "soteuudistus": {"SOTE-uudistus etenee"},
        "uudistus": {"SOTE-uudistus etenee", "Sosiaalihuoltolakiuudistuksen tilanne"},
        "verkostoissa": {"Verkosto kokoontuu"},
        "työ": {"Työ ja työnantajat"},
        "tyo": {"Työ ja työnantajat"},
        "TYÖ": {"Työ ja työnantajat"},
        "Åbo": {"Matka"},
        "abo": {"Matka"},
        "2026–2027": {"Kausi 2026–2027"},
        "2026-2027": {"Kausi 2026–2027"},
        "16.9.2026": {"Kausi 2026–2027"},
        '"täsmälleen"': {"Verkosto kokoontuu"},
        '"sama tehtävä"': {"Verkosto kokoontuu"},
        '"tehtävä sama"': set(),
        '"verkostot"': set(),
        "verkosto ja työ": set(),
        "%": set(),
        "_": set(),
    }
    assert {query: found(homes, query) for query in cases} == cases


def test_pages_are_found_by_all_that_they_say_of_themselves(homes: dict[str, HomePage]) -> None:
    network = NetworkPageFactory(
        parent=NetworkIndexPageFactory(parent=homes["fi"]),
        title="Johdon verkosto",
        joining_note="Kysy lisää kutsujalta.",
        lead_questions=[("sentence", "Miten palkitsemme reilusti?")],
    )
    calendar = EventIndexPageFactory(parent=homes["fi"])
    series = EventSeriesPageFactory(parent=calendar, title="Kiertue")
    TourStop.objects.create(page=series, name="Rovaniemi", locale=series.locale)
    series.save()
    EventPageFactory(parent=calendar, title="Kurssi", provider_name="Opintokeskus")
    ProgrammePageFactory(parent=homes["fi"], title="Ohjelma", provider_name="Johtamisakatemia")
    NewsPageFactory(parent=network, title="Tarina", byline="Aino Esimerkki")

    queries = ("palkitsemme", "kutsujalta", "rovaniemi", "opintokeskus", "johtamisakatemia", "aino")
    assert [found(homes, query) for query in queries] == [
        {"Johdon verkosto"},
        {"Johdon verkosto"},
        {"Kiertue"},
        {"Kurssi"},
        {"Ohjelma"},
        {"Tarina"},
    ]


@pytest.mark.voikko
def test_finnish_words_are_found_by_their_base_forms(homes: dict[str, HomePage], finnish_pages: None) -> None:
    reform = {"Sosiaalihuoltolakiuudistuksen tilanne"}
    cases = {"kunnissa": {"Kunta"}, "laki": reform, "laissa": reform}
    assert {query: found(homes, query) for query in cases} == cases


def test_swedish_and_english_words_are_found_by_their_stems(homes: dict[str, HomePage]) -> None:
    StandardPageFactory(parent=homes["sv"], title="Nätverken möts i Åbo", summary="Socialvårdsreformen.")
    StandardPageFactory(parent=homes["en"], title="Working networks", summary="The meeting was cancelled.")

    swedish = {query: found(homes, query, "sv") for query in ("nätverk", "natverket", "reform", "reformer")}
    english = {query: found(homes, query, "en") for query in ("network", "meetings", "the networks", "network's")}

    assert [*swedish.values()] == [{"Nätverken möts i Åbo"}] * 4
    assert [*english.values()] == [{"Working networks"}] * 4


def test_upcoming_events_come_before_past_ones_and_titles_before_texts(homes: dict[str, HomePage]) -> None:
    in_order = make_pages_in_order(homes["fi"])

    titles = [page.title for page in find(homes["fi"].locale, "satakieli", NOW)]

    assert titles == in_order


def test_results_show_what_was_found_escaped(homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], title="<b>Työ</b>", summary="Verkostossa on & työtä.")

    (result,) = results_of([page.specific], "tyo", "fi")

    assert (result.title, result.excerpt, result.row) == (
        "&lt;b&gt;<mark>Työ</mark>&lt;/b&gt;",
        "Verkostossa on &amp; <mark>työtä</mark>.",
        None,
    )


def test_a_typing_error_leads_to_a_similar_word(homes: dict[str, HomePage], finnish_pages: None) -> None:
    StandardPageFactory(parent=homes["fi"], title="Salaisuudet", live=False)
    locale, now = homes["fi"].locale, timezone.now()

    suggestions = {
        query: suggestion_for(locale, query, now) for query in ("verksoto", "kokontuu", "salaisudet", "xyzzy")
    }

    assert suggestions == {"verksoto": "verkosto", "kokontuu": "kokoontuu", "salaisudet": "", "xyzzy": ""}
