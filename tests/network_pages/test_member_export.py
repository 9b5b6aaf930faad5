"""Export of members, import from a spreadsheet, gaps, counts and retention."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from xlsxwriter import Workbook

from network_pages.models import Membership, NetworkMember
from tests.factories import SmallGroupPageFactory
from tests.factories.directory import OrganisationFactory
from tests.factories.registrations import publish
from tests.network_pages.conftest import make_member
from verkosto.core.spreadsheets import read_spreadsheet
from verkosto.registrations.models import PurgeRun
from verkosto.registrations.privacy.retention import purge

LAST = [["E-mail", "Name"], ["bjorn@example.fi", "Björn Lind", "Verohallinto"]]


def spreadsheet(rows):
    file = io.BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def test_members_are_exported_by_who_may_as_far_as_they_may_and_it_is_logged(
    client, make_staff, network, other_network, member
):
    make_member(other_network, "hidden@example.fi")
    make_member(network, "cai@example.fi", "=Cai", role="chair")
    url = reverse("members:export")
    client.force_login(make_staff(network, "see", username="reader"))
    assert client.post(url).status_code == 302
    client.force_login(make_staff(network, "see", "export"))
    assert client.get(url).status_code == 405
    rows = read_spreadsheet(b"".join(client.post(url).streaming_content))
    assert [row[1:3] for row in rows[1:]] == [["=Cai", "cai@example.fi"], ["Aino Virtanen", "aino@example.fi"]]
    text = b"".join(client.post(f"{url}?role=chair", {"format": "csv"}).streaming_content).decode()
    assert ("'=Cai" in text, "aino@" in text, "hidden@" in text) == (True, False, False)
    entries = ModelLogEntry.objects.filter(action="network_pages.export_members").order_by("pk")
    assert [entry.data for entry in entries] == [{"count": 2, "format": "xlsx"}, {"count": 1, "format": "csv"}]


def test_a_spreadsheet_is_previewed_as_lines(admin_client, network):
    file = SimpleUploadedFile("members.xlsx", spreadsheet(LAST))
    looked = admin_client.post(reverse("members:import"), {"page": network.translation_key, "file": file})
    (person,) = looked.context["plan"].new_members
    assert (person.email, person.name, person.organisation) == ("bjorn@example.fi", "Björn Lind", "Verohallinto")
    broken = SimpleUploadedFile("members.xlsx", spreadsheet(LAST)[:200])
    refused = admin_client.post(reverse("members:import"), {"page": network.translation_key, "file": broken})
    assert list(refused.context["form"].errors) == ["file"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no"])
def test_a_file_that_is_no_spreadsheet_is_refused(data):
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own text
        read_spreadsheet(data)


def test_the_list_names_member_organisations_without_a_member(admin_client, network):
    for name in ("Verohallinto", "Kela", "Traficom"):
        NetworkMember.objects.create(page=network, organisation=OrganisationFactory(name=name), locale=network.locale)
    make_member(network, "a@example.fi", organisation="verohallinto")
    make_member(network, "b@example.fi", organisation="Kela", left_at=timezone.now())
    context = admin_client.get(reverse("members:index"), {"page": network.translation_key}).context
    assert context["gaps"] == ["Kela", "Traficom"]
    assert admin_client.get(reverse("members:index")).context["gaps"] == []


def test_the_number_on_the_page_is_that_of_current_members_unless_the_editor_shows_another(client, network):
    group = SmallGroupPageFactory(parent=network)
    for number in range(3):
        make_member(network, f"n{number}@example.fi")
        make_member(group, f"g{number}@example.fi")
    make_member(group, "left@example.fi", left_at=timezone.now())
    network, group = publish(network), publish(group)
    assert (network.number_of_members, network.people_in_groups, group.number_of_members) == (3, 3, 3)
    assert "<dt>Jäsenet</dt><dd>3</dd>" in client.get(network.url).content.decode()
    group.member_count = 9
    assert publish(group).number_of_members == 9
    assert publish(network).people_in_groups == 9


def test_memberships_are_erased_after_retention_and_when_their_page_is_gone(network, other_network, settings, member):
    settings.MEMBERSHIP_RETENTION_DAYS = 100
    today = timezone.localdate()
    ended = {"starts_on": today - timedelta(days=900), "ends_on": today - timedelta(days=102)}
    make_member(network, "ended@example.fi", **ended)
    make_member(network, "recent@example.fi", **{**ended, "ends_on": today - timedelta(days=98)})
    make_member(network, "left@example.fi", left_at=timezone.now() - timedelta(days=101))
    make_member(other_network, "gone@example.fi")
    other_network.delete()
    assert purge()["stores"] == {"memberships": 3}
    assert {row.email for row in Membership.objects.all()} == {"aino@example.fi", "recent@example.fi"}
    assert "example.fi" not in str(PurgeRun.objects.get().report)
