"""Archives before erasure when a person asks to be erased: what is deleted, and what is made anew."""

from pathlib import Path

import pytest

from tests.factories.registrations import register
from tests.verkosto.registrations.archives import RETENTION, after, archived_desk, make_archive, persons, states
from verkosto.registrations.admin import archives as job_of_archives
from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.privacy.erasure import erase, erase_address
from verkosto.registrations.privacy.retention import purge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def test_erasure_on_request_is_not_delayed_and_makes_the_archive_anew(store, django_capture_on_commit_callbacks):
    desk = archived_desk()
    aino, _bo = register(desk, "aino@example.fi"), register(desk, "bo@example.fi")
    first = make_archive(desk)
    assert data_of_address("aino@example.fi")["archives"][0]["title"] == "Webinaari"
    with django_capture_on_commit_callbacks(execute=True):
        erase(registration=aino, cause="own_request")
    assert (states(), store.names, persons(desk)) == (["waiting"], [], 1)
    assert purge(after(desk, RETENTION + 1))["registrations"] == 0
    again = make_archive(desk)
    assert (again.pk, again.rows) == (first.pk, 1)
    assert "archives" not in data_of_address("aino@example.fi")
    assert "archives" in data_of_address("bo@example.fi")
    assert purge(after(desk, RETENTION + 1))["registrations"] == 1


def test_erasure_while_an_archive_is_being_made_throws_it_away(store, monkeypatch):
    desk = archived_desk()
    aino, _bo = register(desk, "aino@example.fi"), register(desk, "bo@example.fi")
    write = job_of_archives.write_archive

    def write_and_erase(*args, **given):
        rows = write(*args, **given)
        erase(registration=aino, cause="own_request")
        return rows

    with monkeypatch.context() as patched:
        patched.setattr(job_of_archives, "write_archive", write_and_erase)
        assert make_archive(desk).state == "waiting"
    assert store.names == []
    assert make_archive(desk).rows == 1


@pytest.mark.parametrize("address", ["aino@example.fi", "guest@example.fi"])
def test_erasure_of_an_address_after_the_purge_deletes_the_archives_with_it(
    store, django_capture_on_commit_callbacks, address
):
    here = archived_desk(places_per_registration=2, guest_addresses=True)
    register(here, "aino@example.fi", places=2, guests=[GuestData(name="Eero", email="guest@example.fi")])
    make_archive(here)
    there = archived_desk(title="Toinen")
    register(there, "bo@example.fi")
    kept = make_archive(there)
    purge(max(after(here, RETENTION + 1), after(there, RETENTION + 1)))
    with django_capture_on_commit_callbacks(execute=True):
        erase_address(email=address.upper())
    assert states() == ["deleted", "made"]
    assert store.names == [Path(kept.file.name).name]


def test_archive_that_cannot_be_read_may_hold_the_person_and_is_deleted(store):
    desk = archived_desk()
    register(desk, "aino@example.fi")
    archive = make_archive(desk)
    purge(after(desk, RETENTION + 1))
    Path(store.path(archive.file.name)).write_bytes(b"broken")
    erase_address(email="somebody@example.fi")
    assert states() == ["deleted"]
