"""Proof of work: nothing of it is seen by a person, and whoever sends none confirms the address first."""

import base64
import json

import pytest
from altcha import Challenge, Payload, solve_challenge
from django.utils import timezone

from tests.browsing import Visit
from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.verkosto.registrations.form_posts import address, clean, fill
from verkosto.core.scheduled_work.runner import run_scheduled_work
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.models import Message, Registration, SpentProofOfWork
from verkosto.registrations.public import proof_of_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(settings, monkeypatch):
    settings.REGISTRATION_PROOF_OF_WORK = True
    monkeypatch.setattr(proof_of_work, "COST", 1)


def work(client, desk) -> str:
    """What the script puts into the form."""
    challenge = Challenge.from_dict(client.get(f"{address(desk)}challenge/").json())
    return Payload(challenge, solve_challenge(challenge)).to_base64()


def sent(client, desk, proof="", **values) -> tuple[str, bool]:
    """The status and the place that a form sent with a proof gets."""
    assert client.post(address(desk), fill(desk, proof=proof, **values)).status_code == 302
    return Registration.objects.values_list("status", "holds_place").latest("pk")


def test_forms_of_other_sites_know_nothing_of_it(client, event, desk):
    assert "proof" not in client.get(event.url).content.decode()
    assert client.get(f"{address(desk)}challenge/").status_code == 404
    assert sent(client, desk) == ("confirmed", True)


def test_page_stays_the_same_for_everybody_and_the_challenge_in_no_cache(client, event, desk, asked):
    page, challenge = client.get(event.url), client.get(f"{address(desk)}challenge/")
    assert f'data-proof="{address(desk)}challenge/"' in page.content.decode()
    assert not page.cookies
    assert not challenge.cookies
    assert "no-store" in challenge["Cache-Control"]
    again = client.get(f"{address(desk)}challenge/")
    assert challenge.json()["parameters"]["nonce"] != again.json()["parameters"]["nonce"]


def test_form_with_work_gets_its_place_and_the_work_is_good_once(client, desk, asked):
    done = work(client, desk)
    assert sent(client, desk, done) == ("confirmed", True)
    assert sent(client, desk, done, email="b@example.fi") == ("awaiting_confirmation", False)
    assert (check(desk).taken, check(desk).wrong) == (1, [])


@pytest.mark.parametrize("case", ["none", "nonsense", "deep", "another desk's", "forged", "unsolved", "expired"])
def test_form_without_work_is_kept_until_its_address_is_confirmed(client, desk, event, asked, case, time_machine):
    done = work(client, desk)
    opened = json.loads(base64.b64decode(done))
    match case:
        case "none":
            done = ""
        case "nonsense":
            done = "%%%"
        case "deep":
            done = base64.b64encode(b"[" * 1400).decode()
        case "another desk's":
            done = work(client, desk_of(event_with_desk(index=event.get_parent(), title="Toinen")))
        case "forged":
            opened["challenge"]["parameters"]["keyPrefix"] = ""
            done = base64.b64encode(json.dumps(opened).encode()).decode()
        case "unsolved":
            opened["solution"] = {"counter": 0, "derivedKey": "00" * 32}
            done = base64.b64encode(json.dumps(opened).encode()).decode()
        case "expired":
            time_machine.move_to(timezone.now() + timezone.timedelta(minutes=21))
    assert sent(client, desk, done) == ("awaiting_confirmation", False)
    assert (check(desk).taken, check(desk).wrong) == (0, [])
    assert Message.objects.get().kind == "confirm_address"
    registration = lifecycle.confirm_address(registration=Registration.objects.get())
    assert (registration.status, check(desk).taken, check(desk).wrong) == ("confirmed", 1, [])


def test_who_confirms_after_the_last_place_went_stands_in_line(client, event, asked):
    event.capacity = 1
    desk = desk_of(publish(event))
    sent(client, desk, email="late@example.fi")
    register(desk, "first@example.fi")
    late = lifecycle.confirm_address(registration=Registration.objects.get(email="late@example.fi"))
    assert (late.status, check(desk).taken, check(desk).waiting, check(desk).wrong) == ("waiting", 1, 1, [])


def test_without_work_nobody_learns_who_is_registered(client, desk, asked):
    register(desk, "known@example.fi")
    Registration.objects.update(created_at=timezone.now() - timezone.timedelta(minutes=1))
    answers = [
        client.post(address(desk), fill(desk, email=email)) for email in ("known@example.fi", "unknown@example.fi")
    ]
    assert {answer.status_code for answer in answers} == {302}
    known, unknown = (clean(client.get(answer["Location"]).content) for answer in answers)
    assert known == unknown


def test_spent_proofs_are_forgotten_with_their_challenges(client, desk, asked, time_machine):
    sent(client, desk, work(client, desk))
    assert run_scheduled_work()["delete_spent_proofs"] == 0
    time_machine.move_to(timezone.now() + timezone.timedelta(minutes=21))
    assert run_scheduled_work()["delete_spent_proofs"] == 1
    assert not SpentProofOfWork.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_visitor_notices_nothing(visit: Visit, settings) -> None:
    settings.REGISTRATION_PROOF_OF_WORK = True
    event = event_with_desk()
    for scripts, email, status in [
        (True, "a@example.fi", "confirmed"),
        (False, "b@example.fi", "awaiting_confirmation"),
    ]:
        page = visit(event.url, scripts=scripts)
        page.locator("[name=name]").fill("Aino Esimerkki")
        page.locator("[name=email]").fill(email)
        page.locator("form[data-registration] [type=submit]").click()
        page.wait_for_url("**/received/**")
        assert Registration.objects.get(email=email).status == status
        assert page.context.cookies() == []
    assert visit.problems == []
