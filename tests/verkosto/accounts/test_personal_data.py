"""Sign-ins of staff in data requests, erasure, retention and the documents of data protection."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils.translation import override

from verkosto.accounts.models import SignIn
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.privacy.documents import record_of_processing, retention_table
from verkosto.registrations.privacy.erasure import erase_address
from verkosto.registrations.privacy.retention import purge


def test_a_data_request_has_the_sign_ins(maija, sign_in) -> None:
    sign_in(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    expected = [{"browser": "Firefox, Windows", "signed_in": "2026-11-02T09:00:00+00:00", "single_sign_on": False}]
    assert data_of_address("maija@example.fi")["sign_ins"] == expected
    assert "sign_ins" not in data_of_address("other@example.fi")


def test_erasure_ends_the_sessions(client, maija, sign_in) -> None:
    other = User.objects.create_user("other", "other@example.fi")
    SignIn.objects.create(user=other, session_key="other", browser="Firefox")
    sign_in()
    erase_address(email="Maija@example.fi")
    assert [row.session_key for row in SignIn.objects.all()] == ["other"]
    assert client.get("/admin/account/")["Location"].startswith("/admin/login/")


def test_the_purge_deletes_sign_ins_of_ended_sessions(maija, sign_in) -> None:
    sign_in()
    assert "sign_ins" not in purge()["stores"]
    Session.objects.all().delete()
    assert purge()["stores"]["sign_ins"] == 1
    assert not SignIn.objects.exists()


@pytest.mark.parametrize(
    ("hours", "kept"),
    [
        (0, "Until the session ends, and at most a day after"),
        (12, "Until the session ends, 12 hours after the sign-in at the latest, and at most a day after"),
    ],
)
def test_the_documents_say_how_long(maija, sign_in, settings, hours, kept) -> None:
    sign_in()
    settings.STAFF_SESSION_HOURS = hours
    with override("en"):
        (row,) = [row for row in record_of_processing().table if row[0] == "Sign-ins of staff"]
        assert [row[-2:] for row in record_of_processing().table if row[0] == "Sign-ins of staff"] == [[kept, 1]]
        assert ["Sign-ins of staff", kept, ""] in retention_table().table
    assert row[3] == "Staff with an account"
