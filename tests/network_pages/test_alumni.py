"""The members of a finished round become members of an alumni network in one action."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from network_pages.alumni import plan_alumni
from network_pages.models import Membership
from tests.factories import ProgrammePageFactory, ProgrammeRoundPageFactory
from tests.network_pages.conftest import make_member
from verkosto.registrations.models import Message


@pytest.fixture
def finished(homes):
    """A round that ended last week, with two members, and one who left early."""
    week = timedelta(days=7)
    round_page = ProgrammeRoundPageFactory(
        parent=ProgrammePageFactory(parent=homes["fi"]),
        title="Kolmas kierros",
        starts_on=timezone.localdate() - 10 * week,
        ends_on=timezone.localdate() - week,
    )
    term = {"starts_on": round_page.starts_on, "ends_on": round_page.ends_on}
    make_member(round_page, "aino@example.fi", "Aino Virtanen", organisation="Vero", language="sv", **term)
    make_member(round_page, "eero@example.fi", "Eero Niemi", role="chair", is_listed=True, **term)
    make_member(round_page, "lahti@example.fi", left_at=timezone.now(), **term)
    return round_page


def filled(round_page, network, **fields):
    return {"round": round_page.translation_key, "network": network.translation_key, "ends_on": "", **fields}


def test_members_of_a_finished_round_join_the_network_after_a_preview(admin_client, finished, network):
    make_member(network, "eero@example.fi", "Eero Niemi")
    url, last = reverse("members:alumni"), timezone.localdate() + timedelta(days=365)
    chosen = filled(finished, network, ends_on=last.isoformat())
    shown = admin_client.post(url, chosen)
    assert ([row.name for row in shown.context["plan"].new], shown.context["plan"].known) == (["Aino Virtanen"], 1)
    assert "1 henkilöstä tulee jäsen" in shown.content.decode()
    assert Membership.objects.of_page(network).count() == 1
    answer = admin_client.post(url, {**chosen, "add": "1"})
    assert answer["Location"] == reverse("members:index")
    row = Membership.objects.of_page(network).get(email="aino@example.fi")
    assert (row.name, row.organisation, row.language, row.role, row.starts_on, row.ends_on, row.source) == (
        "Aino Virtanen",
        "Vero",
        "sv",
        "member",
        timezone.localdate(),
        last,
        "staff",
    )
    assert [(mail.kind, mail.recipient, mail.language) for mail in Message.objects.all()] == [
        ("member_added", "aino@example.fi", "sv")
    ]
    assert PageLogEntry.objects.get(action="network_pages.add_alumni").data == {"count": 1}
    # A second time adds nobody.
    admin_client.post(url, {**chosen, "add": "1"})
    assert Membership.objects.of_page(network).count() == 2


def test_role_and_listing_are_not_taken_over(admin_client, finished, network):
    admin_client.post(reverse("members:alumni"), filled(finished, network, add="1"))
    row = Membership.objects.of_page(network).get(email="eero@example.fi")
    assert (row.role, row.is_listed, row.ends_on) == ("member", False, None)
    assert plan_alumni(round_key=finished.translation_key, network_key=network.translation_key).new == []


def test_a_round_that_goes_on_and_a_day_that_is_over_are_refused(admin_client, finished, network):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    wrong = admin_client.post(reverse("members:alumni"), filled(finished, network, ends_on=yesterday, add="1"))
    assert wrong.context["form"].errors == {"ends_on": ["Jäsenyys päättyy ennen kuin se alkaa."]}
    finished.ends_on = timezone.localdate()
    finished.save()
    html = admin_client.get(reverse("members:alumni")).content.decode()
    assert "Yhtään kierrosta, jonka viimeinen päivä on ohi" in html
    assert not Membership.objects.of_page(network).exists()


def test_both_pages_must_be_ones_own(client, make_staff, finished, network):
    client.force_login(make_staff(finished, "see", "change"))
    refused = client.post(reverse("members:alumni"), filled(finished, network, add="1"))
    assert list(refused.context["form"].errors) == ["network"]
    client.force_login(make_staff(network, "see", "change", username="other"))
    refused = client.post(reverse("members:alumni"), filled(finished, network, add="1"))
    assert list(refused.context["form"].errors) == ["round"]
    assert not Membership.objects.of_page(network).exists()
