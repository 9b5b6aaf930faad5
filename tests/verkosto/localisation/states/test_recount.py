import json

import pytest
from django.core.management import call_command
from wagtail import hooks
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from tests.verkosto.localisation.conftest import NOON, translate_strings
from tests.verkosto.localisation.testapp.models import Hall, TalkPage
from verkosto.localisation.models import TranslationState
from verkosto.localisation.overrides.local_overrides import create_override
from verkosto.localisation.signals import translation_outdated
from verkosto.localisation.states import calculation
from verkosto.localisation.states.deadlines import HOOK, Deadline
from verkosto.localisation.states.recount import recount


@pytest.fixture(autouse=True)
def committed(django_capture_on_commit_callbacks, monkeypatch):
    """States are recounted at commit: let what a test does be committed at each `commit()`."""
    return django_capture_on_commit_callbacks


def state(page, locale):
    return TranslationState.objects.get(translation_key=page.translation_key, locale=locale)


def test_a_page_without_its_own_version_is_missing(talk, locales):
    recount()
    assert (state(talk, locales["sv"]).state, state(talk, locales["fi"]).state) == ("missing", "original")


def test_an_alias_is_no_version(talk, locales, committed):
    recount()
    with committed(execute=True):
        talk.copy_for_translation(locales["sv"], copy_parents=True, alias=True)
    assert state(talk, locales["sv"]).state == "missing"


def test_the_way_of_a_translation(talk, locales, committed):
    sv = locales["sv"]
    with committed(execute=True):
        translate_object(talk.get_parent().specific, [sv])
        translate_object(talk, [sv])
    row = state(talk, sv)
    assert (row.state, row.strings_done, row.strings_total > 3, row.words_left >= row.strings_total) == (
        "to_do",
        0,
        True,
        True,
    )
    translation = Translation.objects.get(source__object_id=talk.translation_key)
    segment = translation.source.stringsegment_set.first()
    with committed(execute=True):
        one = StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=sv, data="sv"
        )
    assert (state(talk, sv).state, state(talk, sv).strings_done) == ("in_progress", 1)
    with committed(execute=True):
        one.delete()
        translate_strings(translation.source, sv)
    assert (state(talk, sv).state, state(talk, sv).words_left) == ("ready", 0)
    with committed(execute=True):
        translation.save_target(publish=True)
    assert state(talk, sv).state == "up_to_date"
    with committed(execute=True):
        talk.intro = "Uusi johdanto"
        talk.save_revision().publish()
    row = state(talk, sv)
    assert (row.state, row.strings_total - row.strings_done, row.words_left) == ("outdated", 1, 2)
    with committed(execute=True):
        translate_strings(translation.source, sv)
    assert state(talk, sv).state == "ready"


def test_an_outdated_translation_is_announced_once(talk, swedish, locales, committed):
    announced = []

    def listen(sender, state, **kwargs):
        announced.append((sender, state.is_page, state.object_pk, state.locale.language_code, state.state))

    translation_outdated.connect(listen)
    try:
        for change in ({"capacity": 11}, {"intro": "Uusi johdanto"}, {"intro": "Uudempi johdanto"}):
            with committed(execute=True):
                for name, value in change.items():
                    setattr(talk, name, value)
                talk.save_revision().publish()
        recount()
        assert announced == [(TranslationState, True, str(swedish.pk), "sv", "outdated")]
        with committed(execute=True):
            translate_strings(Translation.objects.get(source__object_id=talk.translation_key).source, locales["sv"])
        with committed(execute=True):
            talk.intro = "Viimeinen johdanto"
            talk.save_revision().publish()
        assert len(announced) == 2
    finally:
        translation_outdated.disconnect(listen)


def test_a_rebuild_says_the_same_as_the_signals(swedish, talk, locales, committed):
    recount()
    with committed(execute=True):
        talk.intro = "Uusi"
        talk.save_revision().publish()
    fields = [f.attname for f in TranslationState._meta.concrete_fields if f.name not in ("id", "changed_at")]
    before = list(TranslationState.objects.order_by("translation_key", "locale").values(*fields))
    assert recount() == 0
    assert list(TranslationState.objects.order_by("translation_key", "locale").values(*fields)) == before


def test_a_republish_without_changes_changes_no_state(swedish, talk, locales, committed):
    with committed(execute=True):
        talk.save_revision().publish()
    assert state(talk, locales["sv"]).state == "up_to_date"


def test_a_changed_fact_changes_no_state(swedish, talk, locales, committed):
    with committed(execute=True):
        talk.capacity = 99
        talk.save_revision().publish()
    assert state(talk, locales["sv"]).state == "up_to_date"


def test_moderation_shows(swedish, talk, locales, committed, admin_user):
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    workflow = Workflow.objects.create(name="w")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="t"))
    with committed(execute=True):
        swedish.save_revision()
        workflow.start(swedish, admin_user)
    assert state(talk, locales["sv"]).state == "in_moderation"


def test_a_stopped_translation_is_detached(swedish, talk, locales, committed):
    with committed(execute=True):
        translation = Translation.objects.get(source__object_id=talk.translation_key, target_locale=locales["sv"])
        translation.enabled = False
        translation.save()
    assert state(talk, locales["sv"]).state == "detached"


def test_detached_parts_and_machine_strings_stand_beside(swedish, talk, locales, committed):
    with committed(execute=True):
        create_override(swedish, "contacts")
        string = StringTranslation.objects.filter(context__object_id=talk.translation_key).first()
        string.translation_type = "machine"
        string.save()
    row = state(talk, locales["sv"])
    assert (row.state, row.local_overrides_count, row.machine_unreviewed) == ("ready", 1, 1)


def test_a_stale_snippet_shows_on_the_page_that_uses_it(swedish, talk, hall, locales, committed):
    translation = Translation.objects.get(source__object_id=hall.translation_key)
    with committed(execute=True):
        translate_strings(translation.source, locales["sv"])
    with committed(execute=True):
        translation.save_target()
    assert (state(hall, locales["sv"]).state, state(talk, locales["sv"]).related_stale) == ("up_to_date", 0)
    with committed(execute=True):
        hall = Hall.objects.get(pk=hall.pk)
        hall.name = "Iso sali"
        hall.save()
    assert (state(hall, locales["sv"]).state, state(talk, locales["sv"]).related_stale) == ("outdated", 1)


def test_a_deleted_translation_is_missing_again_and_a_deleted_page_is_gone(swedish, talk, locales, committed):
    with committed(execute=True):
        TalkPage.objects.get(pk=swedish.pk).delete()
    assert state(talk, locales["sv"]).state == "missing"
    with committed(execute=True):
        TalkPage.objects.get(pk=talk.pk).delete()
    assert not TranslationState.objects.filter(translation_key=talk.translation_key).exists()


def test_apps_give_deadlines(talk, locales):
    def provider(keys):
        return {talk.translation_key: Deadline(needed_by=NOON, happens_at=NOON)}

    with hooks.register_temporarily(HOOK, lambda: provider):
        recount({talk.translation_key})
    assert TranslationState.objects.filter(locale=locales["sv"]).by_deadline().first().needed_by == NOON


@pytest.mark.parametrize("pages", [1, 20])
def test_a_full_recount_costs_the_same_queries_whatever_the_number_of_pages(
    pages, home, locales, django_assert_max_num_queries
):
    for number in range(pages):
        home.add_child(instance=TalkPage(title=f"Sivu {number}", locale=home.locale))
    recount()
    with django_assert_max_num_queries(30):
        recount()


def test_the_command_prints_one_object_a_page_and_locale(swedish, talk, locales, capsys):
    call_command("translation_status", "--json", "--rebuild")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    mine = [row for row in rows if row["key"] == str(talk.translation_key)]
    assert {row["locale"]: row["state"] for row in mine} == {"fi": "original", "sv": "up_to_date", "en": "missing"}
    assert set(mine[0]) == {"key", "title", "locale", "state", "strings_done", "strings_total", "url"}


def test_strings_are_counted_for_the_languages_that_are_translated_into(talk, locales, committed, monkeypatch):
    with committed(execute=True):
        translate_object(talk.get_parent().specific, [locales["sv"]])
        translate_object(talk, [locales["sv"]])
    counted = []
    count = calculation.count_strings
    monkeypatch.setattr(
        calculation,
        "count_strings",
        lambda locale, sources: (counted.append((locale, sources)), count(locale, sources))[1],
    )
    recount()
    # None: of all sources. Nothing is translated into Finnish or English.
    assert sorted(counted, key=str) == sorted(
        [(locales["sv"].pk, None), (locales["fi"].pk, []), (locales["en"].pk, [])], key=str
    )
