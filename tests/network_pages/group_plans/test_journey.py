"""Staff form four groups of 40 people in a browser, and a year later add ten people without breaking them."""

from collections import Counter

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from network_pages.models import GroupPlan, Membership, SmallGroupPage
from tests.network_pages.group_plans.conftest import ORGANISATIONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = ("fi", "sv", "en")
SUBJECTS = {"fi": "Pienryhmäsi: ", "sv": "Din smågrupp: ", "en": "Your small group: "}


def add_people(network, numbers):
    Membership.objects.bulk_create(
        Membership(
            translation_key=network.translation_key,
            name=f"Henkilö {number:02}",
            email=f"p{number}@example.fi",
            organisation=ORGANISATIONS[number % 4],
            area=f"Alue {number % 10}",
            language=LANGUAGES[number % 3],
        )
        for number in numbers
    )


@pytest.fixture
def admin_page(visit, live_server, admin_user, network):
    client = Client()
    client.force_login(admin_user)
    page = visit("/fi/")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


def save(page, names=()):
    """Save the groups, with an email to the new members. Return the mails by address."""
    page.get_by_role("link", name="Tallenna ryhmät…").click()
    for field, name in names:
        page.get_by_label(f"Uuden ryhmän nimi ({field})").fill(name)
    page.get_by_label("Lähetä ryhmien uusille jäsenille sähköposti").check()
    mail.outbox.clear()
    page.get_by_role("button", name="Tallenna ryhmät").click()
    expect(page.get_by_text("Ryhmät on tallennettu.")).to_be_visible()
    return {message.to[0]: message for message in mail.outbox}


def members_of_groups():
    """Return {title of the group: addresses of its members}."""
    return {
        group.title: {row.email for row in Membership.objects.of_page(group).current()}
        for group in SmallGroupPage.objects.order_by("title")
    }


def test_forty_people_get_four_groups_which_then_take_ten_more(live_server, admin_page, network, visit):
    add_people(network, range(40))
    page = admin_page
    page.goto(live_server.url + reverse("group_plans:add"))
    page.get_by_label("Uusien ryhmien määrä").fill("4")
    page.get_by_role("button", name="Muodosta ryhmät").click()
    expect(page.locator("[data-group]")).to_have_count(4)
    # Each group has people of ten areas: no group could be mixed better.
    expect(page.get_by_text("Vastuualue: 10 / 10 mahdollisesta")).to_have_count(4)
    sent = save(page, [(f"Ryhmä {number}", f"Piiri {number}") for number in range(1, 5)])
    before = members_of_groups()
    assert {title: len(addresses) for title, addresses in before.items()} == {f"Piiri {n}": 10 for n in range(1, 5)}
    assert {email: message.subject.split(":")[0] + ": " for email, message in sent.items()} == {
        f"p{number}@example.fi": SUBJECTS[LANGUAGES[number % 3]] for number in range(40)
    }

    add_people(network, range(40, 50))
    page.goto(live_server.url + reverse("group_plans:add"))
    expect(page.get_by_role("checkbox", name="Piiri 1 (10 jäsentä)")).to_be_checked()
    page.get_by_label("Henkilöitä ryhmässä enintään").fill("13")
    page.get_by_role("button", name="Muodosta ryhmät").click()
    expect(page.locator("[data-group]")).to_have_count(4)
    # One of the newcomers is moved by hand, with the list of groups: a group with room for one more.
    newcomer = page.locator("[data-person]", has_text="Henkilö 40")
    home = newcomer.locator("select").input_value()
    sizes = {
        group.get_attribute("data-group"): group.locator("[data-person]").count()
        for group in page.locator("[data-group]").all()
    }
    target = min((size, key) for key, size in sizes.items() if key != home)[1]
    newcomer.locator("select").select_option(target)
    newcomer.get_by_role("button", name="Siirrä").click()
    expect(page.locator(f"[data-group='{target}'] [data-person]", has_text="Henkilö 40")).to_be_visible()
    sent = save(page)
    after = members_of_groups()
    assert [*after] == [*before]
    for title, addresses in before.items():
        assert addresses < after[title]
    new = {f"p{number}@example.fi": LANGUAGES[number % 3] for number in range(40, 50)}
    assert Counter(email for addresses in after.values() for email in addresses).total() == 50
    assert {email: message.subject.split(":")[0] + ": " for email, message in sent.items()} == {
        email: SUBJECTS[language] for email, language in new.items()
    }
    for email, message in sent.items():
        title = next(title for title, addresses in after.items() if email in addresses)
        assert message.subject == SUBJECTS[new[email]] + title
        assert f"/{new[email]}/memberships/open/" in message.body
    moved = GroupPlan.objects.order_by("pk").last().groups.get(pk=target)
    assert "p40@example.fi" in after[moved.name]
    assert visit.problems == []
