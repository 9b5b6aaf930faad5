"""What a question type writes into an export."""

import pytest

from tests.factories.registrations import desk_of, event_with_desk, question
from verkosto.registrations.models import Desk, Question
from verkosto.registrations.questions.registry import question_types


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "en"])
def test_export_and_display_agree_but_for_numbers(language) -> None:
    blocks = [question(kind, kind) for kind in ("text", "long_text", "email", "phone", "number", "date", "yes_no")]
    blocks += [question(kind, kind, choices=["Arki", "Pyhä"]) for kind in ("choice", "several_choices")]
    blocks += [question("organisation", "organisation"), question("distance", "distance")]
    desk = desk_of(event_with_desk(questions=blocks))
    asked = {each.type: each for each in desk.questions.all()}
    first, second = [choice.key for choice in asked["choice"].choices]
    several = [choice.key for choice in asked["several_choices"].choices]
    answers = {
        "text": ["x", ""],
        "long_text": ["x\ny"],
        "email": ["a@example.fi"],
        "phone": ["+358 1"],
        "date": ["2027-02-03", "never"],
        "yes_no": [True, False],
        "choice": [first, second, "gone"],
        "several_choices": [several, several[:1], [*several, "gone"]],
        "organisation": [{"key": "", "name": "Kela"}],
        "distance": [12],
    }
    for kind, stored in answers.items():
        export_cell = asked[kind].question_type.exporter(asked[kind], language)
        display = asked[kind].question_type.display
        assert [export_cell(each) for each in stored] == [display(asked[kind], each, language) for each in stored]
    assert asked["number"].question_type.exporter(asked["number"], language)(3) == 3


def test_every_type_exports() -> None:
    nothing = Question(desk=Desk(original_language="fi"), labels={})
    assert all(callable(kind.exporter(nothing, "fi")) for kind in question_types().values())
