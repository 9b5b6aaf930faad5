"""The block an editor builds a registration form from."""

import pytest
from wagtail.blocks.stream_block import StreamBlockValidationError

from tests.factories.registrations import question
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


@pytest.mark.parametrize(
    ("earlier", "condition", "fine"),
    [
        (question("choice", "Työpaja?", choices=["A", "B"]), only_if("Työpaja?", "b; A"), True),
        (question("choice", "Työpaja?", choices=["A", "B"]), only_if("Työpaja?", "C"), False),
        (question("choice", "Työpaja?", choices=["A", "B"]), only_if("Työpaja"), False),
        (question("yes_no", "Lounas?"), only_if("Lounas?", "Ja"), True),
        (question("yes_no", "Lounas?"), only_if("Lounas?", "Kyl"), False),
        (question("text", "Titteli?"), only_if("Titteli?"), True),
        (question("text", "Titteli?"), only_if("Titteli?", "Johtaja"), False),
        (question("heading", "Muuta"), only_if("Muuta"), False),
        (question("file", "Liite"), only_if("Liite"), False),
    ],
)
def test_condition_that_nobody_can_meet_is_refused_in_the_editor(earlier, condition, fine):
    block = QuestionsBlock()
    value = block.to_python([earlier, question("text", "Lisää?", shown_if=condition)])
    if fine:
        block.clean(value)
    else:
        with pytest.raises(StreamBlockValidationError) as refused:
            block.clean(value)
        assert set(refused.value.block_errors) == {1}
