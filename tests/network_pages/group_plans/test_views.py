"""The screens of group forming: who may, the form, the groups, and saving."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from network_pages.models import GroupPlan, Membership, SmallGroupPage
from tests.network_pages.conftest import make_member
from tests.network_pages.group_plans.conftest import division, make_people, start

WEIGHTS = {"weight_organisation": 2, "weight_area": 3, "weight_role": 1, "weight_region": 0}
# Of a second GET.
QUERIES = {"index": 8, "add": 15, "plan": 15, "wishes": 17, "save": 19}
NO_WISHES = {"wishes-TOTAL_FORMS": 3, "wishes-INITIAL_FORMS": 0}


@pytest.fixture
def plan(network, people, admin_user, django_capture_on_commit_callbacks):
    return start(network, admin_user, django_capture_on_commit_callbacks, new_groups=3)


def url(name, plan=None):
    return reverse(f"group_plans:{name}", args=[plan.pk] if plan else [])


def wishes(*rows):
    """Return the form data of (person, kind, person)."""
    found = {"wishes-TOTAL_FORMS": len(rows), "wishes-INITIAL_FORMS": 0}
    for number, (one, kind, other) in enumerate(rows):
        found |= {f"wishes-{number}-one": one.pk, f"wishes-{number}-kind": kind, f"wishes-{number}-other": other.pk}
    return found


def filled(people, **fields):
    chosen = [person.pk for person in people]
    return {"people": chosen, "smallest": 3, "largest": 4, **WEIGHTS, **NO_WISHES, **fields}


def errors(answer):
    return list(answer.context["form"].non_field_errors())


def test_the_form_forms_groups_of_the_chosen_people(
    admin_client, network, people, existing, django_capture_on_commit_callbacks
):
    form = admin_client.get(url("add")).context["form"]
    assert [label for _key, label in form.fields["people"].choices][:1] == ["Henkilö 00, Valtiokonttori, Alue 0"]
    assert [label for _key, label in form.fields["groups"].choices] == ["Aamuryhmä (3 jäsentä)"]
    assert len(form.initial["people"]) == 12
    data = filled(people[3:], groups=[str(existing.translation_key)], avoid_met="on")
    data |= wishes((people[3], "together", people[4]), (people[5], "apart", people[6]))
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(url("add"), data)
    plan = GroupPlan.objects.get()
    assert answer["Location"] == url("plan", plan)
    groups = division(plan)
    assert {name: len(members) for name, members in groups.items()} == {"Aamuryhmä": 4, "Ryhmä 2": 4, "Ryhmä 3": 4}
    of = {name: group for group, members in groups.items() for name in members}
    assert of["Henkilö 03"] == of["Henkilö 04"]
    assert of["Henkilö 05"] != of["Henkilö 06"]
    assert (plan.user.username, plan.parameters["apart"]) == ("admin", [[str(people[5].pk), str(people[6].pk)]])


def test_wishes_that_cannot_be_kept_are_explained_before_the_search(admin_client, network, people):
    data = filled(people, new_groups=2)
    assert errors(admin_client.post(url("add"), data)) == [
        "Olet valinnut 12 henkilöä, mutta ryhmissä on tilaa 8 henkilölle. Lisää ryhmä tai suurenna enimmäiskokoa."
    ]
    both = filled(people) | wishes((people[0], "together", people[1]), (people[1], "apart", people[0]))
    assert errors(admin_client.post(url("add"), both)) == [
        "Näiden henkilöiden pitää olla samassa ryhmässä ja eri ryhmissä: Henkilö 00 ja Henkilö 01. "
        "Poista toinen toiveista."
    ]
    half = filled(people) | wishes((people[0], "together", people[0]))
    answer = admin_client.post(url("add"), half)
    assert errors(answer) == ["Tarkista henkilöitä koskevat toiveet."]
    assert answer.context["form"].wishes[0].errors == {"other": ["Valitse kaksi eri henkilöä."]}
    assert not GroupPlan.objects.exists()


def test_people_are_filtered_and_rows_for_wishes_added(admin_client, network, people, existing):
    def offered(**query):
        return len(admin_client.get(url("add"), query).context["form"].fields["people"].choices)

    assert [offered(), offered(without_group="on"), offered(q="traficom"), offered(role="chair")] == [12, 9, 3, 0]
    form = admin_client.post(url("add"), filled(people, more="1")).context["form"]
    assert len(form.wishes.forms) == 6
    assert not GroupPlan.objects.exists()


def test_one_may_form_groups_only_in_networks_whose_members_one_may_see_and_change(
    client, make_staff, network, other_network, people, plan, django_capture_on_commit_callbacks
):
    client.force_login(make_staff(network, "see", username="reader"))
    assert [client.get(url(name, each)).status_code for name, each in (("index", None), ("plan", plan))] == [302, 302]
    client.force_login(make_staff(other_network, "see", "change", username="other"))
    assert list(client.get(url("index")).context["object_list"]) == []
    for name in ("plan", "wishes", "save", "status"):
        assert client.get(url(name, plan)).status_code == 404
    for name in ("change", "restart", "save", "wishes"):
        assert client.post(url(name, plan), {"again": "1"}).status_code == 404
    assert client.get(url("add"), {"page": network.translation_key}).status_code == 404
    make_member(other_network, "own@example.fi")
    stranger = client.post(url("add"), filled(people))
    assert "people" in stranger.context["form"].errors
    client.force_login(make_staff(network, "see", "change"))
    assert client.get(url("plan", plan)).status_code == 200
    refused = client.post(url("add"), filled(people))
    assert list(refused.context["form"].errors) == ["new_groups"]


def test_a_person_is_moved_locked_and_put_back_without_scripts(admin_client, plan):
    place = plan.placements.first()
    origin, target = place.group, plan.groups.exclude(pk=place.group_id).first()
    change = url("change", plan)
    assert admin_client.get(change).status_code == 405
    answer = admin_client.post(change, {"move": place.pk, f"group-{place.pk}": target.pk})
    assert answer["Location"] == f"{url('plan', plan)}#person-{place.pk}"
    html = admin_client.get(url("plan", plan)).content.decode()
    assert f"Henkilö 00 on nyt ryhmässä {target.name}." in html
    assert "Ennen viimeistä siirtoa: " in html
    assert f"Ryhmässä {target.name} on 5 henkilöä. Pyysit 3–4." in html
    place.refresh_from_db()
    assert (place.group, place.is_locked) == (target, True)
    admin_client.post(change, {"unlock": place.pk})
    place.refresh_from_db()
    assert place.is_locked is False
    admin_client.post(change, {"undo": "1"})
    place.refresh_from_db()
    assert (place.group, place.moved_from) == (origin, None)
    for wrong in ({"move": place.pk}, {"move": "x"}, {"move": place.pk, f"group-{place.pk}": "0"}):
        assert admin_client.post(change, wrong).status_code == 404


def test_people_and_wishes_of_a_plan_are_changed(admin_client, plan, people, django_capture_on_commit_callbacks):
    shown = admin_client.get(url("wishes", plan)).context
    assert (shown["filter_form"], shown["form"].initial["new_groups"], len(shown["form"].initial["people"])) == (
        None,
        3,
        12,
    )
    data = filled(people[:8], new_groups=2) | wishes((people[0], "together", people[1]))
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(url("wishes", plan), data)
    assert answer["Location"] == url("plan", plan)
    groups = division(plan)
    assert {name: len(members) for name, members in groups.items()} == {"Ryhmä 1": 4, "Ryhmä 2": 4}
    assert any({"Henkilö 00", "Henkilö 01"} <= {*members} for members in groups.values())
    again = admin_client.get(url("wishes", plan)).context["form"]
    assert again.wishes.initial == [{"one": str(people[0].pk), "kind": "together", "other": str(people[1].pk)}]


def test_the_page_says_how_mixed_each_group_is_and_why_somebody_is_there(admin_client, plan):
    html = admin_client.get(url("plan", plan)).content.decode()
    assert "Organisaatio: 4 / 4 mahdollisesta" in html
    assert "Vastuualue: 3 / 3 mahdollisesta" in html
    assert "Ryhmän ainoa: " in html
    assert ModelLogEntry.objects.filter(action="network_pages.see_members").first().data == {"count": 12}


def test_saving_shows_first_what_it_does(admin_client, network, plan):
    shown = admin_client.get(url("save", plan))
    assert (len(shown.context["changes"].added), len(shown.context["previews"])) == (12, 1)
    assert "Olet nyt pienryhmän (ryhmän nimi) jäsen." in shown.context["previews"][0].html
    assert not SmallGroupPage.objects.exists()
    names = {f"name_{group.pk}": f"Uusi {group.number}" for group in plan.groups.all()}
    wrong = admin_client.post(url("save", plan), {**names, "starts_on": "2026-05-01", "ends_on": "2026-04-01"})
    assert list(wrong.context["form"].errors) == ["ends_on"]
    admin_client.post(url("save", plan), {**names, "starts_on": "2026-05-01", "ends_on": ""})
    assert sorted(SmallGroupPage.objects.values_list("title", flat=True)) == ["Uusi 1", "Uusi 2", "Uusi 3"]
    assert Membership.objects.count() == 24
    html = admin_client.get(url("plan", plan)).content.decode()
    assert ("Nämä ryhmät tallennettiin" in html, 'name="move"' in html) == (True, False)
    assert admin_client.post(url("change", plan), {"again": "1"})["Location"] == url("plan", plan)
    assert GroupPlan.objects.get().result["run"] == 0


def test_the_progress_is_shown_until_the_groups_are_there(admin_client, plan):
    GroupPlan.objects.update(state="running", done=40)
    html = admin_client.get(url("plan", plan)).content.decode()
    assert (f'data-job="{url("status", plan)}"' in html, 'value="40"' in html) == (True, True)
    status = admin_client.get(url("status", plan)).json()
    assert status == {"done": 40, "total": 100, "state": "Käynnissä", "over": False}


def test_forming_is_tried_again_after_an_error(admin_client, plan, django_capture_on_commit_callbacks):
    GroupPlan.objects.update(state="failed", done=40, result={"error": "OperationalError"})
    assert "OperationalError" in admin_client.get(url("plan", plan)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url("restart", plan))
    assert GroupPlan.objects.get().state == "done"


def test_pages_cost_the_same_with_one_group_and_with_thirty(
    admin_client, network, people, admin_user, django_capture_on_commit_callbacks
):
    def costs(plan):
        found = {}
        for name in QUERIES:
            page = url(name, None if name in ("index", "add") else plan)
            admin_client.get(page)
            with CaptureQueriesContext(connection) as queries:
                admin_client.get(page)
            found[name] = len(queries)
        return found

    one = start(network, admin_user, django_capture_on_commit_callbacks, new_groups=1, smallest=2, largest=12)
    assert costs(one) == QUERIES
    Membership.objects.all().delete()
    make_people(network, 60)
    many = start(network, admin_user, django_capture_on_commit_callbacks, new_groups=30, smallest=2, largest=2)
    assert many.groups.count() == 30
    assert costs(many) == QUERIES
