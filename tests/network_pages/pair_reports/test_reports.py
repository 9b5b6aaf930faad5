"""Reports of learning pairs: who writes and reads them, how long they are kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from network_pages.member_links import issue_token
from network_pages.models import Membership, PairReport
from network_pages.pair_reports.reports import own_pairs, redact_reports, reports_of, save_report
from tests.factories import ProgrammePageFactory, ProgrammeRoundPageFactory, pair_up
from tests.network_pages.conftest import make_member
from verkosto.registrations.privacy.erasure import erase_address


@pytest.fixture
def round_page(homes):
    return ProgrammeRoundPageFactory(parent=ProgrammePageFactory(parent=homes["fi"]), title="Kierros 1")


@pytest.fixture
def pair(round_page):
    return pair_up(round_page, "johtaminen")


@pytest.fixture
def writer(round_page, pair):
    name = pair.members.first().organisation.name
    return make_member(round_page, "aino@example.fi", "Aino Virtanen", organisation=name.upper())


def url(membership, pair):
    return f"/fi/memberships/{membership.pk}/report/{pair.translation_key}/"


def test_a_pair_is_ones_own_by_the_organisation(round_page, pair, writer):
    pair_up(round_page, "digitalisaatio")
    assert [(own.pair.theme, own.report) for own in own_pairs(writer)] == [("johtaminen", None)]
    stranger = make_member(round_page, "x@example.fi", organisation="Muu virasto")
    assert own_pairs(stranger) == own_pairs(make_member(round_page, "y@example.fi")) == []


def test_a_report_can_be_written_until_some_time_after_the_round(writer):
    today = timezone.localdate()
    writer.starts_on, writer.ends_on = today - timedelta(days=200), today - timedelta(days=90)
    assert len(own_pairs(writer)) == 1
    writer.ends_on = today - timedelta(days=91)
    assert own_pairs(writer) == []
    writer.ends_on, writer.left_at = None, timezone.now()
    assert own_pairs(writer) == []


def test_a_member_writes_and_changes_the_report_behind_the_personal_link(client, round_page, pair, writer):
    assert client.get(url(writer, pair)).status_code == 404
    client.get(f"/fi/memberships/open/{issue_token(writer)}/")
    home = f"/fi/memberships/{writer.pk}/"
    assert f'href="{url(writer, pair)}"' in client.get(home).content.decode()
    empty = client.post(url(writer, pair), {"text": " "})
    assert (empty.status_code, "Kirjoita raportti." in empty.content.decode()) == (422, True)
    assert client.post(url(writer, pair), {"text": "Opimme paljon."})["Location"] == home
    client.post(url(writer, pair), {"text": "Opimme <b>paljon</b>."})
    report = PairReport.objects.get()
    assert (report.membership, report.pair_key, report.text) == (writer, pair.translation_key, "Opimme <b>paljon</b>.")
    assert "Opimme &lt;b&gt;paljon&lt;/b&gt;." in client.get(home).content.decode()
    assert client.get(f"{home}data/").json()["reports_of_learning_pairs"] == [
        {"report": report.text, "changed": report.updated_at.isoformat()}
    ]
    # Another pair of the round is not the member's.
    assert client.get(url(writer, pair_up(round_page, "muu"))).status_code == 404


def test_other_members_and_visitors_see_no_report(client, round_page, pair, writer):
    save_report(membership=writer, pair=pair, text="Salainen oppi.")
    partner = make_member(round_page, "p@example.fi", organisation=pair.members.last().organisation.name)
    client.get(f"/fi/memberships/open/{issue_token(partner)}/")
    pages = [f"/fi/memberships/{partner.pk}/", url(partner, pair), round_page.url]
    assert ["Salainen" in client.get(page).content.decode() for page in pages] == [False, False, False]


def test_staff_who_may_see_the_members_of_the_round_read_the_reports(
    client, make_staff, network, pair, writer, round_page
):
    save_report(membership=writer, pair=pair, text="Opimme paljon.")
    client.force_login(make_staff(network, "see", username="other"))
    assert "Opimme" not in client.get(reverse("members:reports")).content.decode()
    client.force_login(make_staff(round_page, "see"))
    answer = client.get(reverse("members:reports"), {"page": round_page.translation_key})
    first, second = (row.organisation.name for row in pair.members.all())
    assert [(row["names"], row["pair"].theme, row["report"].text) for row in answer.context["rows"]] == [
        (f"{first} ja {second}", "johtaminen", "Opimme paljon.")
    ]
    assert answer.context["rows"][0]["round"].endswith("Kierros 1")
    assert ModelLogEntry.objects.filter(action="network_pages.see_members").last().data == {"count": 1}


def test_reports_go_with_the_membership_and_names_are_removed_from_others(pair, writer):
    save_report(membership=writer, pair=pair, text="Matti Meikäläinen auttoi.")
    assert redact_reports(["Matti Meikäläinen"]) == 1
    assert "Matti" not in reports_of("aino@example.fi")[0]["report"]
    erase_address(email="aino@example.fi")
    assert not PairReport.objects.exists()


def test_the_list_costs_the_same_with_one_report_and_with_thirty(admin_client, round_page, pair, writer):
    def cost():
        admin_client.get(reverse("members:reports"))
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(reverse("members:reports"))
        return len(queries)

    save_report(membership=writer, pair=pair, text="Yksi.")
    one = cost()
    for number in range(29):
        other = make_member(round_page, f"m{number}@example.fi", organisation=writer.organisation)
        save_report(membership=other, pair=pair, text=f"Raportti {number}")
    assert (one, cost(), Membership.objects.count()) == (15, 15, 30)
