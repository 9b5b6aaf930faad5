"""Sensitive answers in the database: encrypted with the project's keys, readable by those who may, and rotated."""

import json
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories.registrations import desk_of, event_with_desk, question, register
from verkosto.registrations import checks
from verkosto.registrations.admin.filters import answer_choices
from verkosto.registrations.admin.health import find_missing_key
from verkosto.registrations.exports.rows import Export
from verkosto.registrations.models import Guest, GuestSensitiveAnswers, Question, Registration, SensitiveAnswers
from verkosto.registrations.privacy import rotation
from verkosto.registrations.privacy.data_export import data_of

pytestmark = pytest.mark.django_db
ANSWER = "Pähkinäallergia"
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


@pytest.fixture
def registration(settings: Any) -> Registration:
    """A registration with a sensitive answer, stored with a key, and a guest with one."""
    settings.SENSITIVE_ANSWERS_KEYS = [OLD]
    diet = question("dietary_needs", "Ruokavalio")
    desk = desk_of(event_with_desk(questions=[diet]))
    made = register(desk, "a@example.fi")
    SensitiveAnswers.objects.create(registration=made, answers={diet["id"]: ANSWER})
    guest = Guest.objects.create(registration=made, position=1, name="Ville")
    GuestSensitiveAnswers.objects.create(guest=guest, answers={diet["id"]: ANSWER})
    return made


def raw() -> str:
    """All sensitive answers, as the database has them."""
    texts = []
    with connection.cursor() as cursor:
        for model in rotation.MODELS:
            cursor.execute(f"SELECT answers FROM {model._meta.db_table} ORDER BY id")  # noqa: S608
            texts += [row[0] if isinstance(row[0], str) else json.dumps(row[0]) for row in cursor.fetchall()]
    return "\n".join(texts)


def test_database_has_no_plaintext_and_readers_have(registration: Registration) -> None:
    assert "allergia" not in raw()
    assert raw().count("$fernet") == 2
    key = Question.objects.get().key
    assert SensitiveAnswers.objects.get().answers == GuestSensitiveAnswers.objects.get().answers == {key: ANSWER}
    assert SensitiveAnswers.objects.filter(answers__has_key=key).count() == 1
    assert list(SensitiveAnswers.objects.values_list(f"answers__{key}", flat=True)) == [ANSWER]
    assert ANSWER in json.dumps(data_of(registration), ensure_ascii=False, default=str)
    assert ANSWER not in json.dumps(data_of(registration, sensitive=False), ensure_ascii=False, default=str)
    export = Export(
        desk=registration.desk, registrations=registration.desk.registrations.all(), language="fi", sensitive=True
    )
    assert any(ANSWER in str(row) for row in export.rows())


def test_new_key_takes_over_and_the_old_one_can_go(
    registration: Registration, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rotation, "PORTION", 1)
    settings.SENSITIVE_ANSWERS_KEYS = [NEW, OLD]
    before = raw()
    call_command("rotate_sensitive_answers")
    assert capsys.readouterr().out == "Encrypted the sensitive answers of 2 persons.\n"
    assert raw() != before
    settings.SENSITIVE_ANSWERS_KEYS = [NEW]
    assert [*SensitiveAnswers.objects.get().answers.values()] == [ANSWER]
    settings.SENSITIVE_ANSWERS_KEYS = [OLD]
    assert [*SensitiveAnswers.objects.get().answers.values()] == ["[…]"]


def test_answer_without_its_key_is_kept_when_another_is_stored_and_can_be_erased(
    registration: Registration, settings: Any
) -> None:
    settings.SENSITIVE_ANSWERS_KEYS = [NEW]
    row = SensitiveAnswers.objects.get()
    row.answers["other"] = "Ramppi"
    row.save()
    settings.SENSITIVE_ANSWERS_KEYS = [NEW, OLD]
    assert {*SensitiveAnswers.objects.get().answers.values()} == {ANSWER, "Ramppi"}
    settings.SENSITIVE_ANSWERS_KEYS = []
    assert SensitiveAnswers.objects.all().delete()[0] == 1


def test_answers_that_were_plain_are_encrypted_too(registration: Registration, settings: Any) -> None:
    settings.SENSITIVE_ANSWERS_KEYS = []
    key = Question.objects.get().key
    SensitiveAnswers.objects.all().delete()
    SensitiveAnswers.objects.create(registration=registration, answers={key: ANSWER})
    GuestSensitiveAnswers.objects.all().delete()
    assert json.loads(raw()) == {key: ANSWER}
    settings.SENSITIVE_ANSWERS_KEYS = [NEW]
    assert SensitiveAnswers.objects.get().answers == {key: ANSWER}
    assert rotation.rotate_sensitive_answers() == 1
    assert "$fernet" in raw()
    assert SensitiveAnswers.objects.get().answers == {key: ANSWER}


def test_missing_key_is_reported(registration: Registration, settings: Any) -> None:
    assert (checks.answers_can_be_decrypted(None, databases=["default"]), str(find_missing_key().status)) == ([], "ok")
    settings.SENSITIVE_ANSWERS_KEYS = []
    (found,) = checks.answers_can_be_decrypted(None, databases=["default"])
    assert (found.id, find_missing_key().status) == ("verkosto_registrations.E005", "failed")
    with pytest.raises(CommandError, match="SENSITIVE_ANSWERS_KEYS is empty"):
        call_command("rotate_sensitive_answers")
    settings.SENSITIVE_ANSWERS_KEYS = [NEW]
    with pytest.raises(CommandError, match="Add the key"):
        call_command("rotate_sensitive_answers")


def test_key_that_is_none_is_reported(settings: Any) -> None:
    settings.SENSITIVE_ANSWERS_KEYS = ["secret"]
    (found,) = checks.encryption_keys_are_keys(None)
    assert (found.id, "Fernet.generate_key" in str(found.hint)) == ("verkosto_registrations.E004", True)


def test_encrypted_answers_are_no_filter(settings: Any) -> None:
    asked = Question(type="yes_no", sensitive=True)
    assert len(answer_choices(asked)) == 2
    settings.SENSITIVE_ANSWERS_KEYS = [NEW]
    assert answer_choices(asked) == []
    assert len(answer_choices(Question(type="yes_no"))) == 2
