"""Copies of a page with rows to the third depth, those of a plugin's event type (tests/plugin_app)."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Locale

from event_pages.models import EventIndexPage
from home.models import HomePage
from tests.factories import EventIndexPageFactory
from tests.factories.events import EventPageFactory
from tests.page_copies import keys, pks, stored, values
from tests.plugin_app.models import Altitude, ExcursionPage, Sight, Stage, Stop
from tests.recordings import recorded

RENAMED = {"title": "Kopio", "slug": "kopio"}


class ExcursionPageFactory(EventPageFactory):
    class Meta:
        model = ExcursionPage


@pytest.fixture
@recorded
def excursion(homes: dict[str, HomePage]) -> ExcursionPage:
    page = ExcursionPageFactory(parent=EventIndexPageFactory(parent=homes["fi"]), title="Retki")
    for place, day in enumerate(("Lauantai", "Sunnuntai")):
        shelter = Stop(
            name=f"{day}: laavu",
            sort_order=0,
            sights=[Sight(name=f"{day}: näköala", sort_order=0), Sight(name=f"{day}: suo", sort_order=1)],
            altitudes=[Altitude(metres=120, sort_order=0), Altitude(metres=90, sort_order=1)],
        )
        hut = Stop(name=f"{day}: kota", sort_order=1)
        page.stages.add(Stage(name=day, sort_order=place, stops=[shelter, hut]))
    page.save_revision().publish()
    fresh(page).save_revision().publish()  # this revision knows the pks of the rows, the first does not
    return fresh(page)


@pytest.fixture
def elsewhere(excursion: ExcursionPage, homes: dict[str, HomePage]) -> EventIndexPage:
    """Where a copy may have the same address: earlier revisions keep theirs."""
    return EventIndexPageFactory(parent=homes["fi"], slug="toinen-kalenteri")


def fresh(page: Any) -> ExcursionPage:
    return ExcursionPage.objects.get(pk=page.pk)


def assert_a_copy(copy: Any, original: ExcursionPage) -> None:
    """All rows with equal values, with pks and keys of the copy's own, in the language of the copy."""
    assert values(fresh(copy)) == values(original)
    assert len({*keys(copy)}) == len(keys(original)) == 10
    assert {*keys(copy)}.isdisjoint(keys(original))
    assert {*pks(copy)}.isdisjoint(pks(original))


@pytest.mark.parametrize("keep_live", [True, False])
@pytest.mark.parametrize("copy_revisions", [True, False])
def test_copy_has_rows_of_its_own_at_every_depth(
    excursion: ExcursionPage, keep_live: bool, copy_revisions: bool
) -> None:
    before = stored(excursion)
    copy = excursion.copy(update_attrs=RENAMED, keep_live=keep_live, copy_revisions=copy_revisions)
    assert_a_copy(copy, excursion)
    assert stored(excursion) == before


def test_copy_of_a_copy(excursion: ExcursionPage) -> None:
    copy = excursion.copy(update_attrs=RENAMED)
    second = copy.copy(update_attrs={"title": "Toinen", "slug": "toinen"})
    assert_a_copy(second, excursion)
    assert_a_copy(second, fresh(copy))


def test_publishing_a_copied_draft_keeps_the_rows_of_both(excursion: ExcursionPage) -> None:
    before = stored(excursion)
    copy = fresh(excursion.copy(update_attrs=RENAMED, keep_live=False))
    own = {*keys(copy)}
    # What has no key is made anew whenever a draft is published.
    own_pks = {pk for pk in pks(copy) if not pk.startswith("plugin_app.Altitude")}

    copy.get_latest_revision().publish()

    assert_a_copy(copy, excursion)
    assert {*keys(copy)} == own
    assert {*pks(copy)} >= own_pks
    assert stored(excursion) == before


def test_every_copied_revision_names_the_rows_of_the_copy(excursion: ExcursionPage, elsewhere: EventIndexPage) -> None:
    excursion.title = "Toinen otsikko"
    excursion.save_revision()
    excursion.title = "Kolmas otsikko"
    excursion.save_revision().publish()
    before = stored(excursion)
    copy = fresh(excursion.copy(to=elsewhere))
    own = {*keys(copy)}

    # The first, which was saved before the rows, makes them anew: it comes last.
    revisions = list(copy.revisions.order_by("-pk"))
    assert len(revisions) == 5
    for revision in revisions:
        assert {*keys(copy, revision.content)} == own
        revision.publish()
        assert_a_copy(copy, excursion)
        assert {*keys(copy)} == own
    assert stored(excursion) == before


def test_rows_that_only_the_draft_has_get_keys_of_their_own(excursion: ExcursionPage) -> None:
    draft = excursion.get_latest_revision_as_object()
    draft.stages.add(Stage(name="Maanantai", stops=[Stop(name="Satama", sights=[Sight(name="Meri")])]))
    draft.stages.get(name="Lauantai").stops.get_object_list()[1].sights.add(Sight(name="Koski"))
    revision = draft.save_revision()
    copy = fresh(fresh(excursion).copy(update_attrs=RENAMED))
    assert_a_copy(copy, excursion)

    revision.publish()
    copy.get_latest_revision().publish()

    assert values(copy) == values(excursion)
    assert len({*keys(copy), *keys(excursion)}) == 2 * len(keys(excursion))
    assert copy.stages.get(name="Maanantai").stops.get().sights.get().name == "Meri"


def test_rows_that_the_page_no_longer_has_come_back_with_keys_of_their_own(
    excursion: ExcursionPage, elsewhere: EventIndexPage
) -> None:
    before, old_keys = values(excursion), {*keys(excursion)}
    excursion.revisions.exclude(pk=excursion.latest_revision_id).delete()
    page = fresh(excursion)
    page.stages.set([page.stages.get(name="Sunnuntai")])
    page.save_revision().publish()
    copy = fresh(fresh(excursion).copy(to=elsewhere))
    own = {*keys(copy)}
    assert [stage.name for stage in copy.stages.all()] == ["Sunnuntai"]

    copy.revisions.earliest("pk").publish()

    assert values(copy) == before
    assert own < {*keys(copy)}
    assert {*keys(copy)}.isdisjoint(old_keys)
    assert len({*keys(copy)}) == len(old_keys)


def test_rows_of_a_translation_keep_their_keys_and_have_its_language(
    excursion: ExcursionPage, homes: dict[str, HomePage]
) -> None:
    swedish = fresh(excursion.copy_for_translation(homes["sv"].locale, copy_parents=True))

    assert keys(swedish) == keys(excursion)
    assert {*pks(swedish)}.isdisjoint(pks(excursion))
    for model in (Stage, Stop, Sight):
        key = {Stage: "page", Stop: "stage__page", Sight: "stop__stage__page"}[model]
        assert {*model.objects.filter(**{key: swedish}).values_list("locale", flat=True)} == {swedish.locale_id}


def test_copy_may_keep_its_keys_in_another_language(excursion: ExcursionPage, homes: dict[str, HomePage]) -> None:
    def in_swedish(page: Any, copy: Any, relation: Any, row: Any) -> None:
        if hasattr(row, "locale"):
            row.locale = homes["sv"].locale

    copy = excursion.copy(
        to=EventIndexPageFactory(parent=homes["sv"]),
        update_attrs={"locale": homes["sv"].locale},
        process_child_object=in_swedish,
        reset_translation_key=False,
        copy_revisions=True,
        keep_live=False,
    )
    assert keys(copy) == keys(excursion)
    assert {*pks(copy)}.isdisjoint(pks(excursion))
    assert {*pks(copy, copy.revisions.earliest("pk").content)}.isdisjoint(pks(excursion))


def test_alias_beside_the_page_has_rows_of_its_own_and_follows(excursion: ExcursionPage, monkeypatch) -> None:
    monkeypatch.setattr(ExcursionPage, "no_alias_reason", "")  # as of a page type without registrations
    alias = CreatePageAliasAction(excursion, update_slug="peili").execute()
    assert_a_copy(alias, excursion)

    page = fresh(excursion)
    page.stages.get(name="Lauantai").stops.add(Stop(name="Torni"))
    page.stages.add(Stage(name="Maanantai", stops=[Stop(name="Satama")]))
    page.save_revision().publish()

    assert values(alias) == values(page)
    assert {*keys(alias)}.isdisjoint(keys(page))


def test_alias_in_another_language_has_the_keys_and_follows(
    excursion: ExcursionPage, homes: dict[str, HomePage]
) -> None:
    alias = excursion.copy_for_translation(homes["sv"].locale, copy_parents=True, alias=True)
    assert keys(alias) == keys(excursion)

    page = fresh(excursion)
    page.stages.add(Stage(name="Maanantai", stops=[Stop(name="Satama", sights=[Sight(name="Meri")])]))
    page.save_revision().publish()

    assert keys(alias) == keys(page)
    swedish = Locale.objects.get(language_code="sv")
    assert {*Sight.objects.filter(stop__stage__page=alias).values_list("locale", flat=True)} == {swedish.pk}


def test_copying_with_the_admins_form(excursion: ExcursionPage, admin_client: Any) -> None:
    parent = excursion.get_parent()
    data = {"new_title": "Kopio", "new_slug": "kopio", "new_parent_page": parent.pk, "publish_copies": "on"}
    response = admin_client.post(reverse("wagtailadmin_pages:copy", args=[excursion.pk]), data)
    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_explore", args=[parent.pk]))
    copy = ExcursionPage.objects.get(slug="kopio")
    assert (copy.title, copy.live) == ("Kopio", True)
    assert_a_copy(copy, excursion)
