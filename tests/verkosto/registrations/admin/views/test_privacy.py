import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.verkosto.registrations.admin.answers import is_refused
from verkosto.registrations.domain.roles import give_role
from verkosto.registrations.models import Registration, RoleAssignment, SensitiveAnswers, Tombstone
from verkosto.registrations.privacy.retention import purge
from verkosto.registrations.privacy.role_store import ROLE_STORE

PERSON = "/admin/registrations/data-subject/"


@pytest.fixture
def two_desks(make_desk, make_page, make_question, make_registration):
    mine = make_page("A")
    here, foreign = make_desk("Oma", page=mine), make_desk("Vieras")
    question = make_question(here, "Ruokavalio", "dietary_needs", sensitive=True)
    own = make_registration(here, email="aino@example.org")
    SensitiveAnswers.objects.create(registration=own, answers={question.key: "Gluteeniton"})
    return mine, own, make_registration(foreign, email="aino@example.org")


def test_an_address_is_looked_up_at_all_desks_by_post_only(admin_client, make_desk, make_registration):
    for title in ("Yksi", "Kaksi"):
        make_registration(make_desk(title), email="Aino@example.org")
    html = admin_client.post(PERSON, {"email": "aino@EXAMPLE.org"}).content.decode()
    assert "Yksi" in html
    assert "Kaksi" in html
    assert "Yksi" not in admin_client.get(f"{PERSON}?email=aino@example.org").content.decode()
    assert not [entry for entry in ModelLogEntry.objects.all() if "aino" in f"{entry.label}{entry.data}".lower()]


def test_export_of_a_person_keeps_to_the_permissions(client, two_desks, make_staff):
    mine, _own, _foreign = two_desks
    client.force_login(make_staff(mine, "see", "export"))
    data = json.loads(client.post(PERSON, {"email": "aino@example.org", "export": "1"}).content)
    assert [row["title"] for row in data["registrations"]] == ["Oma"]
    assert "Gluteeniton" not in json.dumps(data, ensure_ascii=False)
    client.force_login(make_staff(mine, "see", "export", "read_sensitive", username="kitchen"))
    assert b"Gluteeniton" in client.post(PERSON, {"email": "aino@example.org", "export": "1"}).content
    assert ModelLogEntry.objects.filter(action="registrations.export_person").count() == 2


def test_erasure_of_a_person_asks_first_and_keeps_to_the_permissions(client, two_desks, make_staff):
    mine, own, foreign = two_desks
    client.force_login(make_staff(mine, "see", "erase"))
    client.post(PERSON, {"email": "aino@example.org", "erase": "1"})
    own.refresh_from_db()
    assert own.email
    client.post(PERSON, {"email": "aino@example.org", "erase": "1", "sure": "1"})
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.email, foreign.email) == ("", "aino@example.org")
    assert Tombstone.objects.filter(reference=own.reference).exists()


def test_the_permission_to_see_neither_exports_nor_erases(client, two_desks, make_staff):
    mine, own, _foreign = two_desks
    client.force_login(make_staff(mine, "see", "change"))
    for step in ({"export": "1"}, {"erase": "1", "sure": "1"}):
        response = client.post(PERSON, {"email": "aino@example.org", **step})
        assert is_refused(client, response)
    own.refresh_from_db()
    assert own.email


def test_an_editor_without_permissions_is_refused(client, make_page, make_staff):
    user = make_staff(make_page("A"))
    user.groups.get().desk_access.all().delete()
    client.force_login(user)
    for name in ("data_subject", "retention", "desks", "messages"):
        response = client.get(reverse(f"verkosto_registrations_admin:{name}"))
        assert is_refused(client, response)


def test_retention_shows_what_is_due_and_what_was_done(admin_client, make_desk, make_registration):
    past = timezone.now() - timedelta(days=200)
    old = make_desk("Vanha", starts_at=past, ends_at=past, retention_days=180)
    make_registration(old)
    make_registration(make_desk("Uusi"))
    response = admin_client.get(reverse("verkosto_registrations_admin:retention"))
    assert [(row["desk"].title, row["persons_due"]) for row in response.context["rows"]] == [
        ("Vanha", True),
        ("Uusi", False),
    ]
    purge()
    response = admin_client.get(reverse("verkosto_registrations_admin:retention"))
    assert [row["desk"].title for row in response.context["rows"]] == ["Uusi"]
    assert "Vanha" in response.content.decode()
    assert Registration.objects.filter(desk=old, purged_at__isnull=False).count() == 1


def test_retention_has_a_constant_number_of_queries(admin_client, count_queries, make_desk, make_registration):
    url = reverse("verkosto_registrations_admin:retention")
    make_registration(make_desk())
    one = count_queries(url)
    for number in range(29):
        make_registration(make_desk(str(number)))
    assert count_queries(url) == one


def test_data_protection_answers_people_but_opens_no_registrations(client, two_desks):
    mine, own, foreign = two_desks
    user = User.objects.create_user("dpo")
    give_role(assignment=RoleAssignment(user=user, role="data_protection", page=mine))
    client.force_login(user)
    retention = client.get(reverse("verkosto_registrations_admin:retention"))
    assert [(row["desk"].title, row["may_see"]) for row in retention.context["rows"]] == [("Oma", False)]
    assert client.get(reverse("verkosto_registrations_admin:registrations", args=[own.desk_id])).status_code != 200
    found = client.post(PERSON, {"email": "aino@example.org"})
    assert [(each["row"], each["may_see"]) for each in found.context["rows"]] == [(own, False)]
    data = json.loads(client.post(PERSON, {"email": "aino@example.org", "export": "1"}).content)
    assert [row["title"] for row in data["registrations"]] == ["Oma"]
    assert "Gluteeniton" in json.dumps(data, ensure_ascii=False)
    client.post(PERSON, {"email": "aino@example.org", "erase": "1", "sure": "1"})
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.email, foreign.email) == ("", "aino@example.org")


def test_roles_are_found_by_the_address_of_the_account_and_end(make_page, make_desk):
    past = timezone.now() - timedelta(days=400)
    old, page = make_desk("Vanha", starts_at=past, ends_at=past, retention_days=180), make_page("Verkosto A")
    user = User.objects.create_user("staff", "staff@example.fi")
    for place in ({"desk": old}, {"page": page}):
        give_role(assignment=RoleAssignment(user=user, role="check_in", **place))
    kept = ROLE_STORE.data("STAFF@example.fi")
    assert [(row["role"], row["title"]) for row in kept] == [("check_in", "Verkosto A"), ("check_in", "Vanha")]
    assert ROLE_STORE.purge(timezone.now()) == 1
    assert RoleAssignment.objects.get().page.pk == page.pk
    assert (ROLE_STORE.erase("staff@example.fi"), RoleAssignment.objects.count()) == (1, 0)
