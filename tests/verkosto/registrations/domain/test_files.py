"""Files of registrants when the private store is full (findings: “a fault is survived, its remains are not”)."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories.registrations import desk_of, event_with_desk, question
from tests.verkosto.registrations.form_posts import address, fill
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.models import AnswerFile, Message, Registration
from verkosto.registrations.privacy import orphan_files

pytestmark = pytest.mark.django_db


class LimitedStorage(FileSystemStorage):
    """A store that has room for a number of files; of the next one it keeps a part, as a full disk does."""

    room = 99

    def _save(self, name, content):
        if not self.room:
            path = Path(self.path(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read(5))
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= 1
        return super()._save(name, content)


@pytest.fixture
def store(tmp_path, monkeypatch) -> LimitedStorage:
    storage = LimitedStorage(location=tmp_path, base_url=None)
    monkeypatch.setattr(AnswerFile._meta.get_field("file"), "storage", storage)
    monkeypatch.setattr(orphan_files, "private_storage", lambda: storage)
    return storage


def files_in(storage: LimitedStorage) -> list[str]:
    root = Path(storage.location)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def pdf(name: str = "cv.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 ...")


def test_full_store_gives_the_form_again_with_what_was_typed_and_leaves_nothing(client, store):
    one, two = question("file", "Liite"), question("file", "Toinen liite")
    desk = desk_of(event_with_desk(questions=[one, two, question("text", "Titteli")]))
    title = desk.questions.get(type="text").key
    store.room = 1
    form = {f"q-{one['id']}": pdf(), f"q-{two['id']}": pdf(), f"q-{title}": "Johtaja"}

    answer = client.post(address(desk), fill(desk, **form))

    html = answer.content.decode()
    assert answer.status_code == 503
    assert 'value="Johtaja"' in html
    assert 'value="aino@example.fi"' in html
    assert "Tiedostoa ei voitu tallentaa" in html
    assert files_in(store) == []
    assert (Registration.objects.count(), AnswerFile.objects.count(), Message.objects.count()) == (0, 0, 0)
    store.room = 99
    again = {**form, f"q-{one['id']}": pdf(), f"q-{two['id']}": pdf()}
    assert client.post(address(desk), fill(desk, **again)).status_code == 302
    assert len(files_in(store)) == AnswerFile.objects.count() == 2


def test_file_that_another_replaces_is_deleted_after_the_commit(client, store, django_capture_on_commit_callbacks):
    upload = question("file", "Liite")
    desk = desk_of(event_with_desk(questions=[upload]))
    client.post(address(desk), fill(desk, **{f"q-{upload['id']}": pdf()}))
    registration, before = Registration.objects.get(), files_in(store)
    new = AnswerFile(
        question_key=upload["id"], file=pdf("b.pdf"), name="b.pdf", content_type="application/pdf", size=9
    )

    with django_capture_on_commit_callbacks(execute=True):
        change_answers(registration=registration, data=ChangedAnswers(name="Aino", answers={}, files=[new]))

    assert [file.name for file in registration.files.all()] == ["b.pdf"]
    assert files_in(store) == [registration.files.get().file.name]
    assert files_in(store) != before


def test_files_that_no_row_names_are_deleted_after_a_day(client, store):
    upload = question("file", "Liite")
    desk = desk_of(event_with_desk(questions=[upload]))
    client.post(address(desk), fill(desk, **{f"q-{upload['id']}": pdf()}))
    kept = files_in(store)
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for name in (*kept, "answers/aa/left", "answers/aa/new"):
        path = Path(store.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        if not name.endswith("new"):
            os.utime(path, (old, old))

    assert orphan_files.delete_orphan_files() == 1
    assert files_in(store) == sorted([*kept, "answers/aa/new"])
