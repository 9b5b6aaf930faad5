"""What the demo holds, and that a second load finds the first."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from translate.storage import po, xliff2
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from cms.demo.content import NODES
from cms.demo.declarations import LANGUAGES, Block, Items, Text
from cms.demo.images import draw
from cms.demo.loader.nodes import Nodes, stable_key
from event_pages.models import EventPage
from network_pages.models import GroupPlan, Membership, PairPlan
from verkosto.localisation.exchange import FORMATS, import_units, units_for
from verkosto.localisation.overrides.local_overrides import overridden_paths_of
from verkosto.registrations.admin.feedback_results import FeedbackResults
from verkosto.registrations.models import Desk, Guest, HandoverRequest, MeetingParticipation, Message, Registration

pytestmark = pytest.mark.minutes
CASES = (
    "networks",
    "network.management-forum",
    "network.hr-forum",
    "event.webinar",
    "programme.strategic",
    "round.3",
    "story.round-3",
    "network.difficult-decisions",
    "series.season",
    "series.coming-season",
    *(f"meeting.{number}" for number in range(1, 6)),
)


def words_in(value: object) -> Iterator[Text]:
    """All words of a declaration, however deep they stand."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from words_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from words_in(item)
    elif isinstance(value, Block):
        yield from words_in(value.value)
    elif isinstance(value, Items):
        yield from words_in(value.values)


def test_load_demo_twice_changes_nothing(demo: Nodes) -> None:
    models = (
        Page,
        Revision,
        StringTranslation,
        Translation,
        Registration,
        Message,
        Membership,
        GroupPlan,
        PairPlan,
        get_user_model(),
    )
    before = [model._default_manager.count() for model in models]
    out = StringIO()
    call_command("load_demo", accounts=True, stdout=out)
    assert [model._default_manager.count() for model in models] == before
    assert "0 pages and entries, 0 registrations, 0 members, 0 accounts" in out.getvalue()


def test_every_page_type_is_live_in_three_languages(demo: Nodes) -> None:
    shown = {
        (ContentType.objects.get_for_id(page.content_type_id).model, page.locale.language_code)
        for page in Page.objects.live().filter(depth__gt=1).select_related("locale")
    }
    models = {node.model.partition(".")[2].lower() for node in NODES if node.model.endswith("Page")}
    assert shown == {(model, language) for model in models for language in LANGUAGES}


@pytest.mark.parametrize("key", CASES)
def test_case_is_live_in_three_languages_and_answers(key: str, demo: Nodes, client: Client) -> None:
    for language in LANGUAGES:
        page = demo.page(key, language)
        assert page.live, language
        assert page.alias_of_id is None
        assert client.get(page.get_url()).status_code == 200


def test_pages_bear_the_title_of_their_language(demo: Nodes) -> None:
    for node in NODES:
        title = node.fields.get("title")
        for language in {*LANGUAGES} - node.missing - {*node.unfinished} if isinstance(title, Text) else ():
            assert demo.get(node.key, language).title == title[language], (node.key, language)


def test_declared_words_have_all_three_languages() -> None:
    for node in NODES:
        for words in (*words_in(node.fields), *words_in(node.rows)):
            assert bool(words.fi) == bool(words.sv) == bool(words.en), (node.key, words)


def test_declared_words_are_in_their_language() -> None:
    common = {
        "fi": {"ja", "on", "ovat", "että", "sekä", "tai", "mutta", "ei", "joka", "jos", "myös"},
        "sv": {"och", "att", "är", "som", "för", "det", "en", "den", "till", "av", "om", "med", "på"},
        "en": {"the", "and", "of", "to", "is", "are", "that", "with", "what", "for", "from"},
    }
    for node in NODES:
        for language in LANGUAGES:
            text = " ".join(words[language] for words in (*words_in(node.fields), *words_in(node.rows)))
            spoken = re.findall(r"\w+", re.sub(r"<[^>]+>", " ", text).lower())
            counts = {code: sum(word in known for word in spoken) for code, known in common.items()}
            if max(counts.values()) > 3:
                assert max(counts, key=lambda code: counts[code]) == language, (node.key, language, counts)


def test_facts_of_events_are_the_same_in_every_language(demo: Nodes) -> None:
    names = ("date_precision", "starts_at", "ends_at", "starts_on", "timezone", "status", "attendance", "capacity")
    for key in (node.key for node in NODES if node.model == "verkosto_events.EventPage"):
        versions = EventPage.objects.filter(translation_key=stable_key(key)).values_list(*names)
        assert len(versions) == 3
        assert len(set(versions)) == 1, key


def test_dates_of_the_season_are_exact_to_come_or_unannounced(demo: Nodes) -> None:
    season = demo.page("series.season", "en").specific
    assert {event.number: (event.date_precision, event.status) for event in season.events} == {
        1: ("unannounced", "postponed"),
        2: ("exact", "scheduled"),
        3: ("exact", "scheduled"),
        4: ("month", "scheduled"),
        5: ("unannounced", "scheduled"),
    }


def test_languages_of_case_a_differ_on_purpose(demo: Nodes) -> None:
    def links(language: str) -> list[str]:
        related = demo.page("networks", language).specific.related
        return [block.value["title"] if block.block_type == "link" else block.value.title for block in related]

    assert overridden_paths_of(demo.page("networks", "sv").specific) == {"related", "related_projects"}
    assert overridden_paths_of(demo.page("networks", "en").specific) == {"body", "related", "contacts"}
    assert links("sv") == ["Statens utbildningscenter"]
    projects = {language: len(demo.page("networks", language).specific.related_projects) for language in LANGUAGES}
    assert projects == {"fi": 0, "sv": 2, "en": 0}
    assert len({tuple(links(language)) for language in LANGUAGES}) == 3
    assert len(demo.page("network.management-forum", "en").specific.contacts) == 2
    assert len(demo.page("network.management-forum", "fi").specific.contacts) == 1


def test_desks_hold_what_their_pages_promise(demo: Nodes) -> None:
    def desk(key: str) -> tuple[int, int, bool]:
        desk = Desk.objects.get(translation_key=stable_key(key))
        held = desk.registrations.filter(status="confirmed").count()
        return held, desk.registrations.filter(status="waiting").count(), desk.takes_registrations

    assert desk("event.theme-day") == (14, 0, True)
    assert desk("event.management-day") == (9, 0, True)
    assert desk("event.dialogue-workshop") == (6, 4, True)
    assert desk("event.hr-seminar") == (0, 0, False)
    assert desk("event.morning-coffee") == (12, 0, False)
    assert desk("event.study-visit") == (0, 0, False)
    assert {*Registration.objects.values_list("language", flat=True)} == {*LANGUAGES}
    call_command("check_desks", stdout=StringIO())


def test_coming_season_of_case_d_is_lived_person_by_person(demo: Nodes) -> None:
    desk = Desk.objects.get(translation_key=stable_key("series.coming-season"))
    members = Membership.objects.filter(translation_key=stable_key("network.difficult-decisions"))
    people = desk.registrations.confirmed().values_list("email", flat=True)
    assert {*people} == {*members.values_list("email", flat=True)}
    declined = MeetingParticipation.objects.filter(registration__desk=desk, status="not_coming")
    assert [row.registration.email for row in declined] == ["member.203@example.fi"]
    guests = Guest.objects.filter(registration__desk=desk).values_list("registration__email", "name")
    assert dict(guests) == {"member.204@example.fi": "Planerare 1", "member.205@example.fi": ""}
    assert [row.registration.email for row in HandoverRequest.objects.all()] == ["member.206@example.fi"]


def test_webinar_has_feedback_and_certificates(demo: Nodes) -> None:
    desk = Desk.objects.get(translation_key=stable_key("event.webinar"))
    assert FeedbackResults(desk).number == 24
    assert desk.registrations.filter(attendance="attended").count() == 24


def test_translators_have_something_to_do(demo: Nodes) -> None:
    assert demo.find("news.evaluation", "en") is None
    assert not demo.page("news.evaluation", "sv").live
    outdated = Translation.objects.get(
        source__object_id=stable_key("news.small-groups"), target_locale__language_code="sv"
    )
    done, translated = outdated.get_progress()
    assert translated < done


def test_translators_change_only_their_own_tree(demo: Nodes) -> None:
    translator = get_user_model().objects.get(username="translator-sv")
    assert demo.page("event.webinar", "sv").permissions_for_user(translator).can_edit()
    assert not demo.page("event.webinar", "en").permissions_for_user(translator).can_edit()
    assert not translator.has_perm("wagtail_localize.submit_translation")


@override_settings(AUTHENTICATION_BACKENDS=["cms.auth.NoDemoPasswordBackend"])
def test_demo_accounts_are_refused_where_the_password_is(demo: Nodes) -> None:
    with pytest.raises(CommandError):
        call_command("load_demo", accounts=True)


def test_picture_of_a_seed_is_always_the_same() -> None:
    assert draw("lake", "journey", (120, 80)) == draw("lake", "journey", (120, 80))
    assert draw("lake", "journey", (120, 80)) != draw("sea", "journey", (120, 80))


def to_swedish() -> list[Translation]:
    return list(
        Translation.objects.filter(target_locale__language_code="sv", source__locale__language_code="fi")
        .select_related("source", "target_locale")
        .order_by("pk")
    )


def check_with_gettext(path: Path) -> None:
    if path.suffix == ".po" and shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(path)], check=True)  # noqa: S607


@pytest.mark.parametrize(("name", "reader"), [("po", po.pofile), ("xliff", xliff2.Xliff2File)])
def test_its_strings_go_to_an_agency_and_come_back(demo: Nodes, name: str, reader: Any, tmp_path: Path) -> None:
    """All of the demo in one file, read and edited by a program that is not ours."""
    units = list(units_for(to_swedish()))
    path = tmp_path / f"verkosto.{FORMATS[name].suffix}"
    path.write_bytes(FORMATS[name].write(units, source_language="fi", language="sv"))
    check_with_gettext(path)
    file = reader.parsefile(str(path))
    read = [unit for unit in file.units if not unit.isheader()]
    assert [unit.source for unit in read] == [unit.source for unit in units]
    plain = next(unit for unit in read if unit.target and "<" not in unit.source)
    plain.target = "Ändrat av byrån"
    file.savefile(str(path))
    check_with_gettext(path)

    language, back = FORMATS[name].read(path.read_bytes())
    assert (language, len(back)) == ("sv", len(units))
    with transaction.atomic():
        assert import_units(back, by=None, may_write=lambda translation: True) == (1, [])
        assert StringTranslation.objects.filter(data="Ändrat av byrån").count() == 1
        transaction.set_rollback(True)


def test_every_page_is_made_of_few_queries_with_empty_caches(
    demo: Nodes, client: Client, count_queries: Callable[..., int]
) -> None:
    """The budget of a page, with all that an editor gave it; the tests of its type hold that it does not grow."""
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code="fi")
    counts = {page.url_path: count_queries(page.get_url(), cold=True) for page in pages}

    assert len(counts) > 40
    assert {path: count for path, count in counts.items() if count > 30} == {}


def test_organisations_of_the_round_are_proposed_as_three_pairs(demo: Nodes) -> None:
    pairs: dict[int | None, set[str]] = {}
    for row in PairPlan.objects.get(translation_key=stable_key("round.3")).applicants.all():
        pairs.setdefault(row.number, set()).add(row.name)
    assert pairs == {
        1: {"Kustvakten", "Länsstyrelsen i Skärgårdslän"},
        2: {"Försäkringsverket", "Trafikstyrelsen"},
        3: {"Inspektionen för datamaterial", "Kulturrådet för regionerna"},
    }


def test_newcomers_of_the_forum_are_proposed_a_group_and_the_existing_groups_go_on(demo: Nodes) -> None:
    plan = GroupPlan.objects.get()
    placed = plan.placements.select_related("membership", "group")
    found: dict[str | None, set[tuple[str, bool]]] = {}
    for row in placed:
        key = str(row.group.translation_key) if row.group and row.group.translation_key else None
        found.setdefault(key, set()).add((row.membership.email, row.is_locked))

    assert Membership.objects.filter(translation_key=stable_key("network.management-forum")).current().count() == 50
    going_on = {
        str(stable_key(f"group.{number}")): {
            (f"member.{nth}@example.fi", True) for nth in range(number * 10 - 9, number * 10 + 1)
        }
        for number in range(1, 5)
    }
    # In the demo the job may wait for the worker; then the newcomers have no group yet.
    assert found == going_on | {None: {(f"member.{number}@example.fi", False) for number in range(41, 51)}}
