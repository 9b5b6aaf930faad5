"""Saving puts the pairs and their themes on the page of the round, in every language."""

import pytest
from django.core.exceptions import PermissionDenied

from network_pages.models import PairPlan, ProgrammeRoundPage
from network_pages.pair_plans import plans
from network_pages.pair_plans.board import PairBoard
from network_pages.pair_plans.plans import EnteredOrganisation, PlanNotOpen
from network_pages.pair_plans.saving import PairsIncomplete, new_organisations, save_pairs, suggested_themes
from tests.factories import OrganisationFactory, in_language, pair_up
from tests.factories.registrations import publish
from tests.network_pages.pair_plans.conftest import row_of
from verkosto.directory.models import Organisation
from verkosto.registrations.models import Message

ON_PAGE = [
    ("Työnantajakuva", ["Lääni", "Rannikko"]),
    ("Johtaminen", ["Vero", "Traficom"]),
    ("Digitalisaatio", ["Tarkastus", "Neuvosto"]),
]


def save(plan, user, *, notify=False, **themes):
    suggested = suggested_themes(PairBoard.of(plan))
    changed = {int(name.removeprefix("pair_")): text for name, text in themes.items()}
    return save_pairs(plan=plan, themes={**suggested, **changed}, notify=notify, user=user)


def on_page(page):
    page = ProgrammeRoundPage.objects.get(pk=page.pk)
    return [(pair.theme, [row.organisation.name for row in pair.members.all()]) for pair in page.pairs]


def sorted_pairs(found):
    return [(theme, sorted(names)) for theme, names in found]


def test_pairs_and_themes_stand_on_the_page(start, six, round_page, admin_user, client):
    entry = OrganisationFactory(name="Vero")
    saved = save(start(), admin_user)
    assert (saved.is_published, saved.notified) == (True, 0)
    assert sorted_pairs(on_page(round_page)) == sorted_pairs(ON_PAGE)
    assert Organisation.objects.filter(name="Vero").get() == entry
    html = client.get(round_page.url).content.decode()
    assert ("Työnantajakuva" in html, "Rannikko" in html) == (True, True)
    assert "rannikko@example.fi" not in html
    with pytest.raises(PlanNotOpen):
        save(PairPlan.objects.get(), admin_user)


def test_a_pair_that_stays_keeps_its_results_and_others_are_replaced(start, six, round_page, admin_user):
    kept = pair_up(round_page, "Vanha teema")
    gone = pair_up(round_page, "Poistuva")
    for member, name in zip(kept.members.all(), ("Vero", "Traficom"), strict=True):
        Organisation.objects.filter(pk=member.organisation_id).update(name=name)
    kept.results = "<p>Tulokset</p>"
    kept.save()
    publish(round_page)
    save(start(), admin_user, pair_2="Johtaminen muutoksessa")
    page = ProgrammeRoundPage.objects.get(pk=round_page.pk)
    rows = {pair.theme: pair for pair in page.pairs}
    assert sorted(rows) == ["Digitalisaatio", "Johtaminen muutoksessa", "Työnantajakuva"]
    assert rows["Johtaminen muutoksessa"].pk == kept.pk
    assert rows["Johtaminen muutoksessa"].results == "<p>Tulokset</p>"
    assert gone.pk not in [pair.pk for pair in page.pairs]


def test_translations_get_the_pairs(start, six, round_page, admin_user):
    in_language(round_page.get_parent().specific, "sv")
    swedish = publish(in_language(round_page, "sv", title="Fjärde omgången"))
    save(start(), admin_user)
    assert sorted_pairs(on_page(swedish)) == sorted_pairs(ON_PAGE)


def test_a_page_with_other_changes_gets_a_draft(start, six, round_page, admin_user):
    round_page.summary = "Luonnos"
    round_page.save_revision()
    assert save(start(), admin_user).is_published is False
    assert on_page(round_page) == []
    draft = ProgrammeRoundPage.objects.get(pk=round_page.pk).get_latest_revision_as_object()
    assert (draft.summary, len(draft.learning_pairs.all())) == ("Luonnos", 3)


def test_contacts_are_notified_in_their_language(start, six, apply_to, admin_user, round_page):
    apply_to("Vero", email="toinen@example.fi", language="sv")
    assert save(start(), admin_user, notify=True, pair_1="Oma teema").notified == 7
    mails = {mail.recipient: (mail.language, mail.context) for mail in Message.objects.filter(kind="pair_formed")}
    assert mails["toinen@example.fi"] == ("sv", {"partners": "Traficom", "theme": "Johtaminen"})
    assert mails["lääni@example.fi"] == ("fi", {"partners": "Rannikko", "theme": "Oma teema"})


def test_what_applicants_typed_is_no_link_in_the_mail(start, apply_to, admin_user):
    apply_to("www.evil.example", "Johtaminen", email="a@example.fi")
    apply_to("Vero", "Johtaminen")
    save(start(), admin_user, notify=True)
    mail = Message.objects.get(kind="pair_formed", recipient="vero@example.fi")
    assert mail.context["partners"] == "www. evil. example"


def test_incomplete_pairs_are_not_saved(start, six, admin_user):
    plan = start()
    plans.move(plan=plan, applicant=row_of(plan, "Vero"), number=None)
    with pytest.raises(PairsIncomplete):
        save(plan, admin_user)
    for number in (1, 2, 3):
        plans.split(plan=plan, number=number)
    with pytest.raises(PairsIncomplete):
        save(plan, admin_user)
    assert PairPlan.objects.get().saved_at is None


def test_who_may_not_edit_the_page_or_add_organisations_saves_nothing(start, six, round_page, make_staff):
    plan = start(EnteredOrganisation(name="Poliisi"), EnteredOrganisation(name="Tulli"))
    assert new_organisations(PairBoard.of(plan))[-2:] == ["Poliisi", "Tulli"]
    staff = make_staff(round_page, "see", "change")
    with pytest.raises(PermissionDenied):
        save(plan, staff)
    assert (PairPlan.objects.get().saved_at, Organisation.objects.count(), on_page(round_page)) == (None, 0, [])
