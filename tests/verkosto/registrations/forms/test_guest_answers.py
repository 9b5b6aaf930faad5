"""The questions that are asked about each guest: in the form, on the manage pages and in staff's view."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories.registrations import desk_of, event_with_desk, publish, question, register
from tests.recordings import recorded
from tests.verkosto.registrations.form_posts import address as form_address
from tests.verkosto.registrations.form_posts import fill
from tests.verkosto.registrations.manage_pages import address, open_link, soup
from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.models import GuestSensitiveAnswers, Registration
from verkosto.registrations.questions.questions_block import LIMITED_FOR_EACH

pytestmark = pytest.mark.django_db
FOOD, OTHER, DIET, TRAIN = (
    question("choice", "Ruoka", choices=["Kala", "Kasvis"], required=True, each_attendee=True),
    question("text", "Mikä kasvis?", each_attendee=True, shown_if={"question": "Ruoka", "answers": "Kasvis"}),
    question("dietary_needs", "Ruokavalio", each_attendee=True),
    question("yes_no", "Tuletko junalla?"),
)
FISH, VEGETABLE = (choice["id"] for choice in FOOD["value"]["choices"])
KEYS = {name: block["id"] for name, block in (("food", FOOD), ("other", OTHER), ("diet", DIET))}


@pytest.fixture
@recorded
def event():
    return event_with_desk(places_per_registration=3, questions=[FOOD, OTHER, DIET, TRAIN])


@pytest.fixture
def desk(event):
    return desk_of(event)


@pytest.fixture
def group(desk):
    """Aino, who brings Eino, with answers about both."""
    eino = GuestData(name="Eino", answers={KEYS["food"]: FISH}, sensitive={KEYS["diet"]: "Pähkinäallergia"})
    answers = {KEYS["food"]: VEGETABLE}
    return register(desk, "aino@example.fi", places=2, guests=[eino], answers=answers)


def names(number=None):
    """The names of the fields about a guest, or about the person who registers."""
    return {name: f"guest-{number}-q-{key}" if number else f"q-{key}" for name, key in KEYS.items()}


def typed(number, **answers):
    return {names(number)[name]: answer for name, answer in answers.items()}


def errors_of(answer):
    return [link["href"] for link in soup(answer).select(".ds-error-summary a")]


def answers_about_guests(registration):
    return [guest.all_answers() for guest in registration.guests.select_related("sensitive")]


def test_the_answers_about_each_guest_are_stored_by_key_and_the_sensitive_ones_apart(client, desk):
    own = typed(None, food=FISH)
    eino = {"guest-1-name": "Eino", **typed(1, food=VEGETABLE, other="Herne", diet="Pähkinäallergia")}
    elli = {"guest-2-name": "Elli", **typed(2, food=FISH, other="Ei kysytä")}
    answer = client.post(form_address(desk), fill(desk, places="3", **own, **eino, **elli))
    assert answer.status_code == 302
    registration = Registration.objects.get()
    assert registration.answers == {KEYS["food"]: FISH}
    assert list(registration.guests.values_list("answers", flat=True)) == [
        {KEYS["food"]: VEGETABLE, KEYS["other"]: "Herne"},
        {KEYS["food"]: FISH},
    ]
    assert list(GuestSensitiveAnswers.objects.values_list("guest__name", "answers")) == [
        ("Eino", {KEYS["diet"]: "Pähkinäallergia"})
    ]


def test_a_missing_answer_about_a_guest_is_said_at_its_field_and_nothing_is_lost(client, desk):
    sent = {**typed(None, food=FISH), "guest-1-name": "Eino", **typed(1, diet="Pähkinäallergia")}
    answer = client.post(form_address(desk), fill(desk, places="2", **sent))
    assert (answer.status_code, errors_of(answer)) == (422, [f"#id_{names(1)['food']}_0"])
    page = soup(answer)
    [error] = page.select(".ds-error-summary a")
    assert error.get_text(strip=True) == "Vieras 1: Ruoka: Valitse vaihtoehto."
    assert page.select_one(f"[name={names(1)['diet']}]").text.strip() == "Pähkinäallergia"
    assert [field["value"] for field in page.select(f"[name={names()['food']}][checked]")] == [FISH]
    assert not Registration.objects.exists()


def test_the_form_asks_about_guests_after_the_questions_that_they_repeat(client, desk):
    page = soup(client.get(form_address(desk)))
    fields = list(
        dict.fromkeys(field["name"] for field in page.select("main form [name*='q-'], main form [name^=guest]"))
    )
    asked = [f"q-{block['id']}" for block in (FOOD, OTHER, DIET, TRAIN)]
    about = [[f"guest-{n}-name", *names(n).values()] for n in (1, 2)]
    assert fields == [*asked, *about[0], *about[1]]
    # The condition of a question about a guest is what the guest eats.
    [row] = page.select(f"[data-guest='2'] [data-shown-if*='{names(2)['food']}']")
    assert row.select_one(f"[name={names(2)['other']}]")


def test_the_person_changes_the_answers_about_a_guest(client, group):
    open_link(client, group)
    manage = soup(client.get(address(group))).main.get_text(" ", strip=True)
    assert ("Ruoka: Kala" in manage, "Ruokavalio: Pähkinäallergia" in manage) == (True, True)
    page = address(group, f"guest/{group.guests.get().reference}/")
    form = soup(client.get(page))
    assert [field["value"] for field in form.select("main [checked]")] == [FISH]
    refused = client.post(page, {"name": "Eino", names()["food"]: "nothing"})
    assert (refused.status_code, errors_of(refused)) == (422, [f"#id_{names()['food']}_0"])
    changed = {"name": "Eino", **typed(None, food=VEGETABLE, other="Herne", diet="")}
    assert client.post(page, changed).status_code == 302
    assert answers_about_guests(group) == [{KEYS["food"]: VEGETABLE, KEYS["other"]: "Herne"}]
    assert not GuestSensitiveAnswers.objects.exists()


def test_another_guest_has_no_answers_of_the_former(group, client):
    open_link(client, group)
    whole = {"name": "Aino", "places": "2", "guest-1-name": "Bo", **typed(1, food=FISH)}
    assert client.post(address(group, "change/"), {**whole, **typed(None, food=FISH)}).status_code == 302
    assert answers_about_guests(group) == [{KEYS["food"]: FISH}]


def test_a_retired_question_and_a_hidden_one_keep_the_answers_about_guests(client, event, group):
    """Law 3: what a form does not show it does not change."""
    event.questions = [FOOD]
    publish(event)
    open_link(client, group)
    whole = {"name": "Aino", "places": "2", "guest-1-name": "Eino", **typed(1, food=VEGETABLE)}
    assert client.post(address(group, "change/"), {**whole, **typed(None, food=FISH)}).status_code == 302
    assert answers_about_guests(group) == [{KEYS["food"]: VEGETABLE, KEYS["diet"]: "Pähkinäallergia"}]


def test_staff_see_and_filter_the_answers_about_guests(admin_client, desk, group):
    page = soup(admin_client.get(reverse("verkosto_registrations_admin:registration", args=[desk.pk, group.pk])))
    details = [detail.get_text(" ", strip=True) for detail in page.select("#person-content .reg-detail, .reg-detail")]
    assert ("Ruoka: Kala" in details, any(d.startswith("Ruokavalio: Pähkinäallergia") for d in details)) == (
        True,
        True,
    )
    found = [desk.registrations.with_answer("answers", KEYS["food"], [FISH], of_guests=each) for each in (True, False)]
    assert [list(rows) for rows in found] == [[group], []]


def test_limited_options_are_not_chosen_by_each_attendee(event):
    event.questions = [question("choice", "Paja", choices=[("A", 2)], each_attendee=True)]
    block = event._meta.get_field("questions").stream_block
    with pytest.raises(ValidationError) as refused:
        block.clean(event.questions)
    [error] = refused.value.block_errors.values()
    assert error.message == LIMITED_FOR_EACH
