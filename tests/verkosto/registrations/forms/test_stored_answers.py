"""A form that changes a registration leaves what it cannot show, and checks only what changes."""

import pytest
from bs4 import BeautifulSoup
from cryptography.fernet import Fernet
from django import forms

from tests.factories.directory import OrganisationFactory
from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from tests.verkosto.registrations.forms.change_forms import open_change_form
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.models import SensitiveAnswers
from verkosto.registrations.questions.registry import question_types
from verkosto.registrations.questions.types.base import QuestionType

pytestmark = pytest.mark.django_db
KEY, OTHER_KEY = (Fernet.generate_key().decode() for _ in range(2))


class Colour(QuestionType):
    """A plugin's own closed question, which knows nothing of options that are retired."""

    name, label = "colour", "Colour"
    colours = ("red", "blue")

    def form_field(self, question, **kwargs):
        return forms.ChoiceField(choices=[(colour, colour) for colour in self.colours], **kwargs)


def republish(page, *questions):
    page.questions = list(questions)
    return desk_of(publish(page))


def without_option(block, label):
    kept = [choice for choice in block["value"]["choices"] if choice["value"]["label"] != label]
    return {**block, "value": {**block["value"], "choices": kept}}


def key_of(block, label):
    return next(each["id"] for each in block["value"]["choices"] if each["value"]["label"] == label)


def test_retired_option_of_a_required_choice_stays(sent):
    size = question("choice", "Koko", choices=[("S", 5), ("M", None)], required=True)
    page = event_with_desk(questions=[size])
    registration = register(desk_of(page), "a@example.fi", answers={size["id"]: key_of(size, "S")})
    desk = republish(page, without_option(size, "S"))
    assert sent(registration).status_code == 302
    registration.refresh_from_db()
    assert (registration.name, registration.answers) == ("Aino Uusi", {size["id"]: key_of(size, "S")})
    assert registration.claims == [f"choice:{size['id']}:{key_of(size, 'S')}"]
    assert check(desk).consistent


@pytest.mark.parametrize("kind", ["choice", "several_choices", "long_text", "organisation"])
def test_sensitive_answer_whose_key_is_missing_stays(sent, settings, kind):
    options = {"choices": ["S", "M"]} if "choice" in kind else {}
    need = question(kind, "Tarve", sensitive=True, required=True, **options)
    registration = register(desk_of(event_with_desk(questions=[need])), "a@example.fi")
    option = key_of(need, "S") if options else ""
    given = {"choice": option, "several_choices": [option], "long_text": "Ramppi", "organisation": {"name": "Kunta"}}
    answers = {need["id"]: given[kind]}
    settings.SENSITIVE_ANSWERS_KEYS = [KEY]
    SensitiveAnswers.objects.create(registration=registration, answers=answers)
    settings.SENSITIVE_ANSWERS_KEYS = [OTHER_KEY]
    assert sent(registration).status_code == 302
    registration.refresh_from_db()
    assert registration.name == "Aino Uusi"
    settings.SENSITIVE_ANSWERS_KEYS = [KEY]
    assert SensitiveAnswers.objects.get().answers == answers


def test_retired_option_is_shown_as_such_to_this_registration_alone(client):
    size = question("choice", "Koko", choices=["S", "M"], required=True)
    page = event_with_desk(questions=[size])
    registration = register(desk_of(page), "a@example.fi", answers={size["id"]: key_of(size, "S")})
    other = register(desk_of(page), "b@example.fi", answers={size["id"]: key_of(size, "M")})
    republish(page, without_option(size, "S"))

    def labels(of):
        soup = BeautifulSoup(client.get(open_change_form(client, None, "own", of)).content, "html.parser")
        return [" ".join(label.text.split()) for label in soup.select(f"#id_q-{size['id']}_group .choice label")]

    assert labels(registration) == ["M", "S (ei enää valittavissa)"]
    assert labels(other) == ["M"]


def test_retired_and_kept_options_of_several_choices_both_stay(sent):
    meals = question("several_choices", "Tarjoilu", choices=["Lounas", "Kahvi"])
    both = [key_of(meals, "Lounas"), key_of(meals, "Kahvi")]
    page = event_with_desk(questions=[meals])
    registration = register(desk_of(page), "a@example.fi", answers={meals["id"]: both})
    republish(page, without_option(meals, "Lounas"))
    assert sent(registration).status_code == 302
    registration.refresh_from_db()
    assert sorted(registration.answers[meals["id"]]) == sorted(both)


def test_organisation_stays_when_its_question_is_retired_or_the_directory_renames_it(sent):
    asked = question("organisation", "Organisaatio")
    organisation = OrganisationFactory(name="Virasto")
    stored = {"key": str(organisation.translation_key), "name": "Virasto"}
    page = event_with_desk(questions=[asked])
    registration = register(desk_of(page), "a@example.fi", answers={asked["id"]: stored})
    organisation.name = "Uusi virasto"
    organisation.save()
    assert sent(registration).status_code == 302
    republish(page)
    assert sent(registration).status_code == 302
    registration.refresh_from_db()
    assert (registration.answers, registration.organisation) == ({asked["id"]: stored}, "Virasto")


def test_answer_stays_when_its_question_got_a_condition_later(sent):
    lunch, diet = question("yes_no", "Lounas?"), question("text", "Mitä syöt?")
    page = event_with_desk(questions=[lunch, diet])
    given = {lunch["id"]: False, diet["id"]: "Kalaa"}
    registration = register(desk_of(page), "a@example.fi", answers=given)
    conditional = {**diet, "value": {**diet["value"], "shown_if": {"question": "Lounas?", "answers": "Kyllä"}}}
    republish(page, lunch, conditional)
    assert sent(registration).status_code == 302
    registration.refresh_from_db()
    assert registration.answers == given


@pytest.mark.parametrize(
    ("kind", "before", "after", "stored"),
    [
        ("text", {"max_length": 200}, {"max_length": 3}, "Johtaja"),
        ("number", {}, {"largest": 5}, 7),
        ("distance", {}, {}, 50_000),
        ("colour", {}, {}, "green"),
    ],
)
def test_answer_that_would_not_be_accepted_today_stays(sent, monkeypatch, kind, before, after, stored):
    monkeypatch.setitem(question_types(), "colour", Colour())
    asked = question("text" if kind in ("distance", "colour") else kind, "Kysymys", **before)
    page = event_with_desk(questions=[asked])
    desk = desk_of(page)
    registration = register(desk, "a@example.fi", answers={asked["id"]: stored})
    republish(page, {**asked, "value": {**asked["value"], **after}})
    desk.questions.update(type=kind)  # the plugin's types, without its blocks in the page
    assert sent(registration).status_code == 302
    registration.refresh_from_db()
    assert (registration.name, registration.answers) == ("Aino Uusi", {asked["id"]: stored})


def test_retired_sensitive_answer_stays(sent):
    diet, access = question("dietary_needs", "Ruokavalio"), question("access_needs", "Esteettömyys")
    page = event_with_desk(questions=[diet, access])
    given = {diet["id"]: "Gluteeniton", access["id"]: "Induktiosilmukka"}
    registration = register(desk_of(page), "a@example.fi", sensitive=given)
    republish(page, access)
    assert sent(registration, **{f"q-{access['id']}": "Ramppi"}).status_code == 302
    assert SensitiveAnswers.objects.get().answers == {diet["id"]: "Gluteeniton", access["id"]: "Ramppi"}


def test_phone_number_is_corrected_without_an_answer_to_a_new_required_question(client):
    phone, new = question("phone", "Puhelin"), question("text", "Uusi", required=True)
    page = event_with_desk(questions=[phone])
    registration = register(desk_of(page), "a@example.fi", answers={phone["id"]: "+358 295 00 1234"})
    republish(page, phone, new)
    address, name = open_change_form(client, None, "own", registration), f"q-{phone['id']}"
    assert client.post(address, {"name": "Aino", name: "+358 295 00 4321"}).status_code == 302
    registration.refresh_from_db()
    assert registration.answers == {phone["id"]: "+358 295 00 4321"}
    # What was answered may be changed and not emptied.
    assert client.post(address, {"name": "Aino", name: "", f"q-{new['id']}": "Vastaus"}).status_code == 302
    assert client.post(address, {"name": "Aino", name: "", f"q-{new['id']}": ""}).status_code == 422


def test_required_question_that_the_change_brings_up_is_asked(client):
    lunch = question("yes_no", "Lounas?")
    diet = question("text", "Mitä syöt?", required=True, shown_if={"question": "Lounas?", "answers": "Kyllä"})
    desk = desk_of(event_with_desk(questions=[lunch, diet]))
    registration = register(desk, "a@example.fi", answers={lunch["id"]: False})
    address = open_change_form(client, None, "own", registration)
    answer = client.post(address, {"name": "Aino", f"q-{lunch['id']}": "yes"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [f"q-{diet['id']}"])
    registration.refresh_from_db()
    assert registration.answers == {lunch["id"]: False}


def test_name_is_corrected_although_the_event_takes_fewer_people_now(client):
    workshop = question("choice", "Työpaja", choices=[("A", 2)])
    page = event_with_desk(questions=[workshop], capacity=2)
    desk, given = desk_of(page), {workshop["id"]: key_of(workshop, "A")}
    registration = register(desk, "a@example.fi", answers=given)
    register(desk, "b@example.fi", answers=given)
    workshop["value"]["choices"][0]["value"]["capacity"] = page.capacity = 1
    republish(page, workshop)
    address, name = open_change_form(client, None, "own", registration), f"q-{workshop['id']}"
    assert client.post(address, {"name": "Aino B", name: given[workshop["id"]]}).status_code == 302
    registration.refresh_from_db()
    assert (registration.name, registration.status, registration.answers) == ("Aino B", "confirmed", given)
    assert check(desk).consistent
    assert check(desk).taken == 2
