import pytest
from django.core.management import call_command

from tests.factories.registrations import desk_of, event_with_desk, register
from verkosto.registrations.domain.capacity_audit import check
from verkosto.registrations.models import (
    Tombstone,
)
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.privacy.erasure import erase_address, reapply

pytestmark = pytest.mark.django_db


def test_erasure_of_an_address_over_all_desks(event, desk):
    other = desk_of(event_with_desk(index=event.get_parent(), title="Toinen"))
    for one in (desk, other):
        register(one, "a@example.fi")
    assert len(data_of_address("A@example.fi")["registrations"]) == 2
    assert erase_address(email="A@example.fi") == 2
    assert data_of_address("a@example.fi") == {
        "email": "a@example.fi",
        "registrations": [],
        "invitations": [],
        "messages": [],
    }
    assert (check(desk).taken, check(other).taken) == (0, 0)


def test_erasures_are_applied_again_after_a_restore(desk, tmp_path):
    registration = register(desk, "a@example.fi")
    Tombstone.objects.create(reference=registration.reference, cause="own_request")
    saved = tmp_path / "erasures.txt"
    call_command("reapply_erasures", save=saved)
    assert saved.read_text() == f"{registration.reference}\n"
    Tombstone.objects.all().delete()
    call_command("reapply_erasures", load=saved)
    registration.refresh_from_db()
    assert registration.email == ""
    assert reapply([registration.reference]) == 0


def test_deleted_page_leaves_its_registrations(event, desk):
    register(desk, "a@example.fi")
    event.delete()
    desk.refresh_from_db()
    assert desk.registrations.count() == 1
    assert not desk.has_page
