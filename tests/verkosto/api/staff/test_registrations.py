"""Registrations in the API: by right, once, and by the rules of the form."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from event_pages.models import EventPage
from tests.factories.registrations import desk_of, event_with_desk, register
from tests.verkosto.api.conftest import bearer, registrar, token_for
from verkosto.api.idempotency import delete_old_responses
from verkosto.api.models import ApiToken, StoredResponse
from verkosto.registrations.models import Message, Registration


class System:
    """Another system with a token."""

    def __init__(self, token: str, event: EventPage) -> None:
        self.client, self.token = Client(), token
        self.address = f"/api/v1/desks/{event.translation_key}"

    def get(self, path: str = "") -> Any:
        return self.client.get(self.address + path, headers=bearer(self.token))

    def send(self, path: str, data: dict[str, Any], *, key: str = "", method: str = "post") -> Any:
        headers = bearer(self.token, **({"Idempotency-Key": key} if key else {}))
        return self.client.generic(
            method.upper(), self.address + path, json.dumps(data), content_type="application/json", headers=headers
        )

    def add(self, key: str = "avain-0001", **data: Any) -> Any:
        return self.send("/registrations", {"name": "Aino Esimerkki", "language": "fi", **data}, key=key)


@pytest.fixture
def system(token: str, event: EventPage) -> System:
    return System(token, event)


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_system_reads_the_questions_and_registers_somebody_once(system: System, event: EventPage) -> None:
    desk = system.get().json()
    workshop, wish = desk.pop("questions")
    assert [choice["label"] for choice in workshop["choices"]] == ["Aamu", "Ilta"]
    assert (wish["label"], wish["type"], desk["capacity"], desk["confirmed_places"]) == ("Toive", "text", 10, 0)
    answers = {workshop["key"]: workshop["choices"][1]["key"], wish["key"]: "Ikkunapaikka"}

    first = system.add(email="aino@example.fi", answers=answers)
    again = system.add(email="aino@example.fi", answers=answers)
    assert (first.status_code, again.status_code) == (201, 201)
    registration = Registration.objects.get()
    outcome = {"reference": registration.reference, "status": "confirmed", "places": 1, "attendance": ""}
    assert first.json() == again.json() == outcome | {"attendance": first.json()["attendance"]}
    assert Message.objects.filter(recipient="aino@example.fi").count() == 1
    assert "aino" not in json.dumps(list(StoredResponse.objects.values("content", "fingerprint"))).casefold()

    other = system.add(email="eino@example.fi")
    assert problem(other, 422)["detail"] == "This Idempotency-Key belongs to another request."
    read = system.get(f"/registrations/{registration.reference}")
    assert read["Cache-Control"] == "no-store, private"
    content = read.json()
    assert (content["name"], content["email"], content["answers"]) == ("Aino Esimerkki", "aino@example.fi", answers)


def test_refusals_and_malformed_answers_say_what_is_wrong(system: System) -> None:
    assert system.add(email="aino@example.fi").status_code == 201
    refused = problem(system.add("avain-0002", email="aino@example.fi"), 409)
    assert (refused["detail"], refused["errors"]) == (
        "This address has already been registered.",
        [{"type": "already_registered"}],
    )
    workshop = system.get().json()["questions"][0]["key"]
    wrong = problem(system.add("avain-0003", email="x", answers={workshop: "muu", "olematon": 1}), 422)
    assert [error["loc"] for error in wrong["errors"]] == [["body", "answers", "olematon"]]
    wrong = problem(system.add("avain-0003", email="x", answers={workshop: ["a", {}]}), 422)
    assert {tuple(error["loc"]) for error in wrong["errors"]} == {("body", "email"), ("body", "answers", workshop)}
    assert problem(system.add("lyhyt"), 422)["errors"][0]["loc"] == ["header", "Idempotency-Key"]
    assert problem(system.add("", email="b@example.fi"), 422)["errors"][0]["type"] == "missing"
    assert Registration.objects.count() == StoredResponse.objects.count() == 1


def test_registration_is_changed_cancelled_and_checked_in(system: System, event: EventPage) -> None:
    reference = system.add(email="aino@example.fi").json()["reference"]
    wish = system.get().json()["questions"][1]["key"]
    path = f"/registrations/{reference}"
    changed = system.send(path, {"answers": {wish: "Hissi"}}, key="muutos-01", method="patch")
    assert (changed.status_code, changed.json()["reference"]) == (200, reference)
    registration = Registration.objects.get()
    assert (registration.name, registration.email, registration.answers) == (
        "Aino Esimerkki",
        "aino@example.fi",
        {wish: "Hissi"},
    )
    for _ in range(2):
        came = system.send(f"{path}/check-in", {"attendance": "attended"})
        assert (came.status_code, came.json()["attendance"]) == (200, "attended")
    for _ in range(2):
        cancelled = system.send(f"{path}/cancel", {"reason": "Soitti"})
        assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    late = problem(system.send(f"{path}/check-in", {"attendance": "attended"}), 409)
    assert late["errors"] == [{"type": "not_possible"}]
    logged = ModelLogEntry.objects.filter(action__startswith="registrations.", data__token="Kassa")
    assert sorted(logged.values_list("action", flat=True)) == [
        "registrations.change",
        "registrations.change",
        "registrations.change",
        "registrations.check_in",
    ]
    assert not mail.outbox


def test_token_opens_what_its_rights_its_page_and_its_person_allow(
    client: Client, event: EventPage, staff: User, token: str
) -> None:
    other = event_with_desk(title="Muu", index=event.get_parent())
    register(desk_of(event), "aino@example.fi")
    both = registrar(event.get_parent(), "see", "change", name="molemmat")
    limited = token_for(both, "read", page=event)
    everything = token_for(both, "read")

    def desks(secret: str) -> list[str]:
        return [desk["title"] for desk in client.get("/api/v1/desks", headers=bearer(secret)).json()["items"]]

    assert (desks(token), desks(limited), sorted(desks(everything))) == (
        ["Webinaari"],
        ["Webinaari"],
        ["Muu", "Webinaari"],
    )
    assert problem(System(limited, other).get(), 404)["detail"].startswith("There are no registrations")
    assert problem(System(limited, event).add(), 403)["detail"] == "This token has no right to: change."
    both.groups.clear()
    assert desks(everything) == []
    assert problem(System(token_for(staff, "check_in"), event).get("/registrations"), 403)["status"] == 403


@pytest.mark.parametrize("state", ["unknown", "revoked", "expired", "left", "session"])
def test_token_that_is_not_valid_opens_nothing(
    client: Client, event: EventPage, staff: User, token: str, state: str
) -> None:
    match state:
        case "unknown":
            token = token[:-1] + ("A" if token[-1] != "A" else "B")
        case "revoked":
            ApiToken.objects.update(revoked_at=event.first_published_at)
        case "expired":
            ApiToken.objects.update(expires_on="2020-01-01")
        case "left":
            User.objects.update(is_active=False)
        case "session":
            client.force_login(staff)
            token = ""
    answer = client.get("/api/v1/desks", headers=bearer(token) if token else {})
    assert problem(answer, 401)["detail"] == "Send a valid token in the header Authorization: Bearer."
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_limits_are_by_token_and_by_address(client: Client, event: EventPage, token: str, settings: Any) -> None:
    settings.REGISTRATION_LIMITS = {"api_token": "1/hour", "api_unknown_token": "1/hour"}
    known = [client.get("/api/v1/desks", headers=bearer(token)) for _ in range(2)]
    unknown = [client.get("/api/v1/desks", headers=bearer("vk_x")) for _ in range(2)]
    assert [answer.status_code for answer in (*known, *unknown)] == [200, 429, 401, 429]
    for answer in (known[1], unknown[1]):
        assert (answer["Retry-After"], problem(answer, 429)["title"]) == ("3600", "Too Many Requests")


def test_last_use_of_a_token_is_known_to_the_minute(client: Client, event: EventPage, token: str) -> None:
    assert ApiToken.objects.get().last_used_at is None
    first = timezone.now()
    for seconds in (0, 30, 90):
        with time_machine.travel(first + timedelta(seconds=seconds), tick=False):
            assert client.get("/api/v1/desks", headers=bearer(token)).status_code == 200
            used = ApiToken.objects.get().last_used_at
        assert used == first + timedelta(seconds={30: 0}.get(seconds, seconds))
    client.get("/api/v1/desks", headers=bearer("vk_x"))
    assert ApiToken.objects.get().last_used_at == used


def test_answer_to_a_key_is_kept_for_a_day(system: System) -> None:
    first = system.add(email="aino@example.fi")
    now = timezone.now()
    assert delete_old_responses(now + timedelta(hours=23)) == 0
    assert system.add(email="aino@example.fi").json() == first.json()
    assert delete_old_responses(now + timedelta(hours=25)) == 1
    # Then the rules of registrations are all that holds: one address registers once.
    assert problem(system.add(email="aino@example.fi"), 409)["errors"]
    assert Registration.objects.count() == 1


def test_queries_do_not_grow_with_the_registrations(
    client: Client, system: System, event: EventPage, django_assert_num_queries: Any
) -> None:
    desk = desk_of(event)
    register(desk, "a0@example.fi")
    system.get("/registrations")
    with django_assert_num_queries(13):
        assert system.get("/registrations?limit=50").json()["count"] == 1
    for number in range(1, 10):
        register(desk, f"a{number}@example.fi")
    with django_assert_num_queries(13):
        found = system.get("/registrations?limit=50").json()
    assert (found["count"], [item["name"] for item in found["items"]]) == (10, [f"A{number}" for number in range(10)])
