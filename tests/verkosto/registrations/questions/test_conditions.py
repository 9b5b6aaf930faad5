"""Conditions: which questions are asked."""

import copy

import pytest
from wagtail.blocks.stream_block import StreamBlockValidationError

from tests.browsing import Visit, accessibility_violations
from tests.factories.registrations import desk_of, event_with_desk, question
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.models import Registration
from verkosto.registrations.questions.questions_block import QuestionsBlock

pytestmark = pytest.mark.django_db


def only_if(wanted: str, answers: str = "") -> dict[str, str]:
    return {"question": wanted, "answers": answers}


def chain():
    """Lunch, then diet if lunch, then which nuts if diet is answered; and a workshop with places."""
    lunch = question("yes_no", "Lounas?", required=True)
    diet = question(
        "choice", "Ruokavalio?", choices=["Liha", "Muu"], required=True, shown_if=only_if("Lounas?", "kyllä")
    )
    other = question("text", "Mikä?", required=True, shown_if=only_if("Ruokavalio?", "Muu"))
    return lunch, diet, other


def test_question_is_not_asked_when_its_condition_is_not_asked_itself(client):
    lunch, diet, other = chain()
    desk = desk_of(event_with_desk(questions=[lunch, diet, other]))
    names = [f"q-{block['id']}" for block in (lunch, diet, other)]
    muu = diet["value"]["choices"][1]["id"]
    assert client.post(address(desk), fill(desk, **{names[0]: "yes", names[1]: muu})).status_code == 422
    # As a browser without scripts would send a form filled in all the same.
    everything = dict(zip(names, ["no", muu, "Kalaa"], strict=True))
    assert client.post(address(desk), fill(desk, **everything)).status_code == 302
    assert Registration.objects.get().answers == {lunch["id"]: False}


def test_condition_in_the_originals_words_stands_on_a_page_that_left_it(client):
    lunch, diet, other = chain()
    event_with_desk(questions=[lunch, diet, other])
    swedish = [copy.deepcopy(block) for block in (lunch, diet, other)]
    for block, label in zip(swedish, ["Lunch?", "Specialkost?", "Vilken?"], strict=True):
        block["value"]["label"] = label
    for choice, label in zip(swedish[1]["value"]["choices"], ["Kött", "Annat"], strict=True):
        choice["value"]["label"] = label
    block = QuestionsBlock()
    block.clean(block.to_python(swedish))
    swedish[2]["value"]["shown_if"] = only_if("Ruokavalio?", "Kala")
    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(block.to_python(swedish))
    assert set(refused.value.block_errors) == {2}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_scripts_show_a_conditional_question_when_it_is_asked(visit: Visit) -> None:
    event = event_with_desk(questions=list(chain()))
    page = visit(event.url)
    diet, other = page.get_by_text("Ruokavalio?").first, page.get_by_label("Mikä?")
    assert (diet.is_visible(), other.is_visible()) == (False, False)
    page.get_by_role("radio", name="Kyllä").check()
    page.get_by_role("radio", name="Muu").check()
    assert (diet.is_visible(), other.is_visible()) == (True, True)
    assert accessibility_violations(page) == []
    page.get_by_role("radio", name="Ei").check()
    assert (diet.is_visible(), other.is_visible()) == (False, False)
    page.locator("[name=name]").fill("Aino")
    page.locator("[name=email]").fill("aino@example.fi")
    page.locator("form[data-registration] [type=submit]").click()
    page.wait_for_url("**/received/**")
    assert visit.problems == []
