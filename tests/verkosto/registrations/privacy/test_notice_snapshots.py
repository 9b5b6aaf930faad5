from datetime import timedelta

import pytest

from tests.factories.directory import OrganisationFactory, PrivacyNoticeFactory
from tests.factories.registrations import desk_of, event_with_desk
from tests.verkosto.registrations.form_posts import fill
from verkosto.registrations.models import (
    NoticeSnapshot,
    Registration,
)
from verkosto.registrations.privacy.data_export import data_of
from verkosto.registrations.privacy.retention import purge

pytestmark = pytest.mark.django_db


def test_words_that_a_visitor_was_shown_are_kept_when_the_notice_is_rewritten(client):
    notice = PrivacyNoticeFactory(purpose="Järjestämme tapahtuman.", version="1.0", controller=OrganisationFactory())
    desk = desk_of(event_with_desk(privacy_notice=notice))
    for email, version, purpose in [
        ("a@example.fi", "1.0", "Järjestämme tapahtuman."),
        ("b@example.fi", "1.0", "Järjestämme tapahtuman."),
        ("c@example.fi", "1.1", "Myymme tietosi."),
    ]:
        notice.purpose, notice.version = purpose, version
        notice.save()
        # English has no version of the notice: it was read in Finnish.
        assert client.post(f"/en/registrations/{desk.translation_key}/", fill(desk, email=email)).status_code == 302
        agreed = Registration.objects.get(email=email).agreed
        assert (agreed["version"], agreed["language"], bool(agreed["at"])) == (version, "fi", True)
    kept = [data_of(registration)["shown_and_agreed"]["text"] for registration in desk.registrations.order_by("email")]
    assert [words["purpose"] for words in kept] == ["Järjestämme tapahtuman."] * 2 + ["Myymme tietosi."]
    assert {words["controller"] for words in kept} == {notice.controller.name}
    assert NoticeSnapshot.objects.count() == 2
    purge(desk.ends_at + timedelta(days=1000))
    assert set(Registration.objects.values_list("email", flat=True)) == {""}
