"""Groups of members and of applicants, mixed by what they answered; groups that take only so many new people."""

from datetime import date

import pytest

from network_pages.group_plans import plans
from network_pages.group_plans.forms import GroupPlanForm, PeopleFilterForm
from network_pages.group_plans.overview import PlanOverview
from network_pages.group_plans.people import GroupPerson, applicants_to, everyone_of, existing_groups, people_of
from network_pages.group_plans.personal_data import erase_proposals, proposals_of
from network_pages.group_plans.saving import ApplicantsWithoutPlace, Term, changes_of, save_plan
from network_pages.grouping.settings import GroupSettings
from network_pages.models import GroupPlacement, GroupPlan, Membership
from tests.factories import NetworkIndexPageFactory, NetworkPageFactory, PrivacyNoticeFactory
from tests.factories.registrations import desk_of, publish, question, register
from tests.network_pages.group_plans.conftest import asked, division, make_people, start
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.models import Message

TERM = Term(starts_on=date(2026, 1, 1))
WEIGHTS = {"organisation": 0, "area": 0, "role": 0, "region": 0}


@pytest.fixture
def network(homes):
    """A network that one joins with its own form and with approval."""
    page = NetworkPageFactory(
        parent=NetworkIndexPageFactory(parent=homes["fi"]),
        title="Johtajaverkosto",
        registration_enabled=True,
        needs_approval=True,
        privacy_notice=PrivacyNoticeFactory(),
        questions=[question("choice", "Kokemus", choices=("Uusi", "Kokenut")), question("text", "Toive")],
    )
    return publish(page)


@pytest.fixture
def options(network):
    """The key of the question, and the keys of its options by their label."""
    asked_question = desk_of(network).questions.get(type="choice")
    return asked_question.key, {choice.labels["fi"]: choice.key for choice in asked_question.choices}


@pytest.fixture
def apply_to(network, options):
    key, keys = options

    def apply(name, experience="Uusi", **given):
        desk = desk_of(network)
        answers = {key: keys[experience]}
        return register(desk, f"{name}@example.fi", answers=answers, questions=list(desk.questions.all()), **given)

    return apply


def test_who_waits_for_a_decision_is_an_applicant_and_who_is_a_member_is_not(network, apply_to):
    waiting, accepted, declined = apply_to("anna"), apply_to("bea"), apply_to("cia")
    lifecycle.approve(registration=accepted)
    lifecycle.decline(registration=declined)
    assert [(person.email, person.waits) for person in applicants_to(network.translation_key)] == [
        ("anna@example.fi", True)
    ]
    assert [(person.name, person.key) for person in everyone_of(network.translation_key)] == [
        ("Bea", str(Membership.objects.get().pk)),
        ("Anna", f"a{waiting.pk}"),
    ]


def test_who_left_is_an_applicant_only_after_applying_anew(network, apply_to):
    lifecycle.approve(registration=apply_to("anna"))
    Membership.objects.update(left_at="2026-01-01T00:00:00Z")
    assert applicants_to(network.translation_key) == []
    lifecycle.cancel(registration=desk_of(network).registrations.get())
    again = apply_to("anna")
    assert [person.application for person in applicants_to(network.translation_key)] == [again]


def test_people_are_filtered_by_what_they_are(network, apply_to):
    make_people(network, 2)
    apply_to("anna")
    desk_of(network).registrations.update(organisation="Traficom")
    people = everyone_of(network.translation_key)

    def shown(**data):
        return [person.name for person in PeopleFilterForm(data).chosen(people, [])]

    assert shown() == ["Henkilö 00", "Henkilö 01", "Anna"]
    assert shown(kind="members") == ["Henkilö 00", "Henkilö 01"]
    assert shown(kind="applicants") == shown(q="trafi ANNA") == ["Anna"]
    assert shown(role="member") == ["Henkilö 00", "Henkilö 01"]


def test_an_applicant_is_accepted_with_the_groups_and_notified(
    network, apply_to, admin_user, django_capture_on_commit_callbacks
):
    make_people(network, 3)
    application = apply_to("anna", language="sv")
    people = everyone_of(network.translation_key)
    plan = start(network, admin_user, django_capture_on_commit_callbacks, new_groups=1, people=people)
    assert division(plan) == {"Ryhmä 1": ["Anna", "Henkilö 00", "Henkilö 01", "Henkilö 02"]}
    changes = changes_of(plan, TERM)
    assert (changes.accepted, len(changes.added)) == ([application], 4)
    Message.objects.all().delete()
    save_plan(plan=plan, term=TERM, names={}, notify=True, user=admin_user)
    application.refresh_from_db()
    mine = Membership.objects.filter(email="anna@example.fi").order_by("pk")
    assert (application.status, [(row.language, row.source) for row in mine]) == (
        "confirmed",
        [("sv", "application"), ("sv", "staff")],
    )
    sent = Message.objects.filter(recipient="anna@example.fi").order_by("pk").values_list("kind", "language")
    assert list(sent) == [("approved", "sv"), ("member_added", "sv"), ("group_formed", "sv")]


def test_nothing_is_saved_when_an_applicant_gets_no_place(
    network, apply_to, admin_user, django_capture_on_commit_callbacks
):
    make_people(network, 2)
    apply_to("anna")
    people = everyone_of(network.translation_key)
    plan = start(network, admin_user, django_capture_on_commit_callbacks, new_groups=1, people=people)
    desk = desk_of(network)
    desk.pools.update(capacity=0)
    type(desk).objects.update(capacity=0)
    with pytest.raises(ApplicantsWithoutPlace):
        save_plan(plan=plan, term=TERM, names={}, notify=False, user=admin_user)
    assert (Membership.objects.count(), GroupPlan.objects.get().saved_at) == (2, None)


def test_who_withdraws_or_leaves_is_in_no_proposal(network, apply_to, admin_user, django_capture_on_commit_callbacks):
    gone, *_others = make_people(network, 3)
    application = apply_to("anna")
    people = everyone_of(network.translation_key)
    plan = start(network, admin_user, django_capture_on_commit_callbacks, new_groups=1, people=people)
    lifecycle.cancel(registration=application)
    Membership.objects.filter(pk=gone.pk).update(left_at="2026-01-01T00:00:00Z")
    shown = [card.person.name for card in PlanOverview(plan).cards[0].people]
    assert shown == ["Henkilö 01", "Henkilö 02"]
    assert len(save_plan(plan=plan, term=TERM, names={}, notify=False, user=admin_user).added) == 2


def test_an_applicant_learns_of_the_proposal_and_is_erased_from_it(
    network, apply_to, admin_user, django_capture_on_commit_callbacks
):
    make_people(network, 2)
    apply_to("anna")
    people = everyone_of(network.translation_key)
    plan = start(network, admin_user, django_capture_on_commit_callbacks, new_groups=1, people=people)
    assert proposals_of("ANNA@example.fi") == [{"group": "Ryhmä 1", "proposed": plan.created_at.isoformat()}]
    assert (erase_proposals("anna@example.fi"), GroupPlacement.objects.count()) == (1, 2)


def test_groups_are_mixed_by_the_answers_to_a_question(
    network, options, apply_to, admin_user, django_capture_on_commit_callbacks
):
    for number in range(4):
        apply_to(f"u{number}")
    for number in range(2):
        apply_to(f"k{number}", "Kokenut")
    people = applicants_to(network.translation_key)
    plan = start(
        network,
        admin_user,
        django_capture_on_commit_callbacks,
        new_groups=2,
        people=people,
        weights={**WEIGHTS, f"question:{options[0]}": 3},
    )
    assert [sum(name.startswith("K") for name in names) for names in division(plan).values()] == [1, 1]
    cards = PlanOverview(plan).cards
    assert [card.lines for card in cards] == [["Kokemus: 2 / 2 mahdollisesta"]] * 2
    reasons = {person.person.name: person.reason for card in cards for person in card.people}
    assert reasons["K0"] == reasons["K1"] == "Ryhmän ainoa: Kokenut"
    # The answers are nowhere but with the registrations.
    assert options[1]["Kokenut"] not in str(plan.parameters) + str(plan.result)


def test_a_question_that_the_form_lost_is_not_mixed(
    network, people_of_six, admin_user, django_capture_on_commit_callbacks
):
    weights = {**WEIGHTS, "area": 1, "question:gone": 3}
    plan = start(network, admin_user, django_capture_on_commit_callbacks, new_groups=2, weights=weights)
    assert [card.lines for card in PlanOverview(plan).cards] == [["Vastuualue: 3 / 3 mahdollisesta"]] * 2


@pytest.fixture
def people_of_six(network):
    return make_people(network, 6)


def test_the_form_offers_questions_with_options_and_takes_applicants_only_when_chosen(
    network, options, apply_to, admin_user
):
    people = make_people(network, 3)
    application = apply_to("anna")
    offered = everyone_of(network.translation_key)
    known = {
        "key": network.translation_key,
        "user": admin_user,
        "everyone": offered,
        "offered": offered,
        "existing": [],
        "known": GroupSettings(),
    }
    form = GroupPlanForm(**known)
    assert form.fields["people"].choices[-1] == (f"a{application.pk}", "Anna (hakija)")
    assert [field.label for field in form.weights] == ["Organisaatio", "Vastuualue", "Rooli", "Alue", "Kokemus"]
    data = {
        "people": [people[0].pk, people[1].pk, f"a{application.pk}"],
        "smallest": 2,
        "largest": 4,
        **{f"weight_{name}": 0 for name in WEIGHTS},
        f"weight_question:{options[0]}": 2,
        "wishes-TOTAL_FORMS": 1,
        "wishes-INITIAL_FORMS": 0,
        "wishes-0-one": f"a{application.pk}",
        "wishes-0-kind": "together",
        "wishes-0-other": people[0].pk,
    }
    form = GroupPlanForm(data, **known)
    assert form.is_valid()
    assert [person.key for person in form.wanted.people] == [*map(str, data["people"])]
    assert form.wanted.settings.together == ((str(people[0].pk), f"a{application.pk}"),)
    stored = GroupSettings.from_json(form.wanted.settings.to_json())
    assert (stored, stored.question_keys) == (form.wanted.settings, [options[0]])


def test_a_group_takes_only_so_many_new_people(
    network, people, existing, admin_user, django_capture_on_commit_callbacks
):
    key = str(existing.translation_key)
    plan = start(network, admin_user, django_capture_on_commit_callbacks, new_groups=2, largest=5, takes={key: 0})
    assert {name: len(members) for name, members in division(plan).items()} in (
        {"Aamuryhmä": 3, "Ryhmä 2": 4, "Ryhmä 3": 5},
        {"Aamuryhmä": 3, "Ryhmä 2": 5, "Ryhmä 3": 4},
    )
    assert PlanOverview(plan).warnings == []
    # A person whom the editor moves there is one more than the group takes.
    place = plan.placements.get(membership__email="p11@example.fi")
    plans.move(plan=plan, placement=place, group=plan.groups.first())
    assert PlanOverview(GroupPlan.objects.get()).warnings == ["Ryhmässä Aamuryhmä on 4 henkilöä. Pyysit 3–3."]


def test_new_groups_are_counted_without_the_people_of_groups_that_take_few(
    network, options, people, existing, admin_user
):
    data = {
        "people": [person.pk for person in people],
        "groups": [str(existing.translation_key)],
        f"takes_{existing.translation_key}": 1,
        "smallest": 3,
        "largest": 4,
        **{f"weight_{name}": 0 for name in (*WEIGHTS, f"question:{options[0]}")},
        "wishes-TOTAL_FORMS": 0,
        "wishes-INITIAL_FORMS": 0,
    }
    everyone = list(map(GroupPerson, people_of(network.translation_key)))
    form = GroupPlanForm(
        data,
        key=network.translation_key,
        user=admin_user,
        everyone=everyone,
        offered=everyone,
        existing=existing_groups(network.translation_key),
        known=GroupSettings(),
    )
    assert form.is_valid()
    assert (form.wanted.new_groups, form.wanted.settings.takes) == (2, {str(existing.translation_key): 1})
    assert asked(network, new_groups=2).settings.takes == {}
