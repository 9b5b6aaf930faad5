"""What the answers of applications say about organisations."""

import pytest

from network_pages.desk_questions import questions_of
from network_pages.models import PairApplicant
from network_pages.pair_plans.applications import Answers, applications_to, first_number, name_of
from network_pages.pair_plans.board import PairBoard, impossible, united
from network_pages.pair_settings import PairSettings
from tests.factories.registrations import desk_of, register
from verkosto.registrations.domain.lifecycle import cancel


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 0), ("noin 120", 120), ("1 000–1 999", 1000), ("2,500 people", 2500), ("51-200", 51), ("5\u00a0000", 5000)],
)
def test_first_number_of_a_text(text, number):
    assert first_number(text) == number


def test_applications_with_a_place_are_offered_once_for_each_organisation(round_page, apply_to, six, admin_user):
    apply_to("Vero", "Digitalisaatio", email="toinen@example.fi")
    register(desk_of(round_page), "nimeton@example.fi")
    cancel(registration=six[1], user=admin_user)
    names = [name_of(row) for row in applications_to(round_page.translation_key)]
    assert names == ["Lääni", "Neuvosto", "Rannikko", "Tarkastus", "Vero"]


def test_sensitive_questions_and_headings_are_not_offered(round_page):
    desk = desk_of(round_page)
    desk.questions.create(key="diet", type="diet", sensitive=True, position=9)
    desk.questions.create(key="heading", type="heading", position=10)
    labels = [question.label() for question in questions_of(round_page.translation_key)]
    assert labels == ["Organisaatio", "Teemat", "Henkilöstömäärä", "Toive"]


def test_answers_become_themes_size_and_wishes(start, six, questions, round_page):
    board = PairBoard.of(start())
    found = {each.name: each for each in board.organisations.values()}
    assert (list(found["Vero"].themes.values()), found["Vero"].size) == (["Johtaminen"], 5000)
    key = {each.name: each.key for each in board.organisations.values()}
    wishes = {each.key: each.wishes for each in board.applicants.values() if each.wishes}
    assert wishes == {key["Rannikko"]: {key["Lääni"]}, key["Lääni"]: {key["Rannikko"]}}


def test_entered_themes_are_options_where_they_are_called_so(round_page, questions, six):
    answers = Answers(round_page.translation_key, PairSettings(themes=questions["themes"]))
    row = PairApplicant(name="Poliisi", themes="digitalisaatio; Kestävyys, ", size=7)
    entered = answers.organisations([row])[0]
    applied = answers.organisations([PairApplicant(registration=six[2])])[0]
    assert list(entered.themes.values()) == ["Digitalisaatio", "Kestävyys"]
    assert {*applied.themes} < {*entered.themes}
    assert (entered.key, entered.size) == ("=poliisi", 7)


def test_an_answer_to_an_organisation_question_is_a_wish_for_the_same_organisation(start, six, questions):
    six[2].answers[questions["wishes"]] = {"key": "", "name": "VERO"}
    six[2].save()
    desk_question = six[2].desk.questions.get(key=questions["wishes"])
    desk_question.type = "organisation"
    desk_question.save()
    board = PairBoard.of(start())
    key = {each.name: each.key for each in board.organisations.values()}
    assert board.applicants[key["Tarkastus"]].wishes == {key["Vero"]}


def test_wishes_that_no_pairs_can_keep():
    assert united((("a", "b"), ("c", "d"), ("b", "c"))) == [{"a", "b", "c", "d"}]
    assert united((("a", "b"), ("c", "d"))) == [{"a", "b"}, {"c", "d"}]
    assert impossible((("a", "b"), ("b", "c"), ("c", "d")), (("a", "x"),)) == ([{"a", "b", "c", "d"}], [])
    assert impossible((("a", "b"), ("b", "c")), (("a", "c"),)) == ([], [{"a", "c"}])
