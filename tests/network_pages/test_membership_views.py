"""The pages of a membership behind its personal link, and the mail that brings it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network_pages import membership_terms
from network_pages.member_links import issue_token, notify_added
from network_pages.models import Membership, MembershipToken
from tests.factories.directory import PrivacyNoticeFactory
from tests.factories.locales import in_language
from tests.factories.registrations import desk_of, event_with_desk, publish, register
from tests.network_pages.conftest import make_member
from verkosto.registrations.domain.lifecycle import approve
from verkosto.registrations.models import Message, Registration


@pytest.fixture
def opened(client, member):
    client.get(f"/fi/memberships/open/{issue_token(member)}/")
    return client


def page(member, name=""):
    return f"/fi/memberships/{member.pk}/{name}"


def test_a_new_member_gets_the_link_in_their_language_and_it_is_kept_nowhere(
    client, network, django_capture_on_commit_callbacks
):
    in_language(network.get_parent().specific, "sv")
    in_language(network, "sv", title="Ledarnätverket")
    member = make_member(network, "bjorn@example.fi", "Björn Lind", language="sv")
    with django_capture_on_commit_callbacks(execute=True):
        notify_added([member])
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["bjorn@example.fi"], "Du är nu medlem: Ledarnätverket")
    assert "Hej Björn Lind!" in sent.body
    path = re.search(r"(/sv/memberships/open/[\w-]{43}/)", sent.body)[1]
    message = Message.objects.get()
    token = path.rstrip("/").rpartition("/")[2]
    assert (message.state, token in message.text, "Björn" in str(message.context)) == ("sent", False, False)
    assert not MembershipToken.objects.filter(digest__contains=token).exists()
    html = client.get(path, follow=True).content.decode()
    assert ("Björn Lind" in html, "Ledarnätverket" in html, token in html) == (True, True, False)


def test_who_has_left_before_the_mail_goes_out_gets_none(member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notify_added([member])
        member.left_at = timezone.now()
        member.save()
    assert (mail.outbox, Message.objects.get().state) == ([], "dropped")


def test_pages_open_only_in_the_browser_that_opened_the_link(opened, member, network):
    other = make_member(network, "cai@example.fi", "Cai")
    answer = opened.get(page(member))
    assert "Aino Virtanen" in answer.content.decode()
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")
    assert [opened.get(page(other)).status_code, Client().get(page(member)).status_code] == [404, 404]
    assert Client().get("/fi/memberships/open/guessed/").status_code == 404
    wrong = opened.post(page(member, "leave/"), headers={"sec-fetch-site": "cross-site"})
    assert (wrong.status_code, Membership.objects.get(pk=member.pk).left_at) == (403, None)
    cookies = opened.cookies.copy()
    opened.post(page(member, "sign-out/"))
    stolen = Client()
    stolen.cookies = cookies
    assert stolen.get(page(member)).status_code == 404


def test_a_member_corrects_their_details_and_agrees_to_be_shown(opened, member):
    fields = {"name": "Aino Salo", "organisation": "Verohallinto", "area": "HR", "region": "Oulu", "language": "sv"}
    post = {**fields, "is_listed": "on", "email": "other@example.fi", "role": "chair", "ends_on": "2999-01-01"}
    assert opened.post(page(member, "change/"), post).status_code == 302
    member.refresh_from_db()
    assert {name: getattr(member, name) for name in fields} == fields
    assert (member.is_listed, member.email, member.role, member.ends_on) == (True, "aino@example.fi", "member", None)
    wrong = opened.post(page(member, "change/"), {**fields, "language": "xx"})
    assert (wrong.status_code, 'href="#id_language"' in wrong.content.decode()) == (422, True)


def test_current_members_see_those_who_agreed_and_nobody_of_another_network(opened, member, network, other_network):
    make_member(network, "shown@example.fi", "Seija Näkyy", is_listed=True)
    make_member(network, "hidden@example.fi", "Heli Piilo")
    make_member(network, "old@example.fi", "Olli Entinen", is_listed=True, left_at=timezone.now())
    make_member(other_network, "cai@example.fi", "Cai Muu", is_listed=True)

    def seen():
        html = opened.get(page(member)).content.decode()
        return [name for name in ("Seija Näkyy", "Heli Piilo", "Olli Entinen", "Cai Muu") if name in html]

    assert seen() == ["Seija Näkyy"]
    Membership.objects.filter(pk=member.pk).update(starts_on="2020-01-01", ends_on="2020-12-31")
    assert seen() == []


def test_joining_instructions_are_shown_for_dates_where_the_member_has_a_place(opened, member, network):
    meetings = {"attendance": "online", "joining_url": "https://meet.example.fi/abc"}
    desk = desk_of(event_with_desk(index=publish(network), title="Syystapaaminen", **meetings))

    def seen():
        html = opened.get(page(member)).content.decode()
        return ["Syystapaaminen" in html, "https://meet.example.fi/abc" in html]

    assert seen() == [True, False]
    register(desk, "aino@example.fi")
    assert seen() == [True, True]


def test_the_page_costs_the_same_with_one_other_member_and_with_thirty(
    opened, member, network, django_assert_num_queries, django_assert_max_num_queries
):
    make_member(network, "first@example.fi", is_listed=True)
    opened.get(page(member))
    with django_assert_max_num_queries(40) as one:
        opened.get(page(member))
    for number in range(29):
        make_member(network, f"m{number}@example.fi", is_listed=True)
    with django_assert_num_queries(len(one)):
        opened.get(page(member))


def test_one_click_renews_for_a_year_near_the_end_and_a_second_one_no_more(opened, member):
    last = timezone.localdate() + timedelta(days=30)
    Membership.objects.update(ends_on=last)
    assert "renew/" in opened.get(page(member)).content.decode()
    assert opened.get(page(member, "renew/")).status_code == 405
    for _twice in range(2):
        opened.post(page(member, "renew/"))
    member.refresh_from_db()
    assert member.ends_on.year == last.year + 1
    assert "renew/" not in opened.get(page(member)).content.decode()


def test_leaving_ends_the_membership_at_once_and_is_asked_first(opened, member):
    assert opened.get(page(member, "leave/")).status_code == 200
    assert Membership.objects.current().exists()
    opened.post(page(member, "leave/"))
    assert not Membership.objects.current().exists()
    assert f'href="{page(member, "leave/")}"' not in opened.get(page(member)).content.decode()


def test_a_member_takes_out_and_erases_their_data(opened, member, other_network, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notify_added([member])
    make_member(other_network, "aino@example.fi", "Aino Virtanen")
    kept = opened.get(page(member, "data/")).json()
    assert (kept["network"], kept["email"], kept["until"]) == ("Johtajaverkosto", "aino@example.fi", None)
    assert opened.get(page(member, "erase/")).status_code == 200
    assert opened.post(page(member, "erase/")).status_code == 200
    assert (Membership.objects.count(), MembershipToken.objects.count(), Message.objects.count()) == (1, 0, 0)
    assert opened.get(page(member)).status_code == 404


def test_everything_under_the_address_is_erased_if_the_member_asks(opened, member, other_network):
    make_member(other_network, "aino@example.fi", "Aino Virtanen")
    opened.post(page(member, "erase/"), {"everything": "yes"})
    assert not Membership.objects.exists()


def test_an_approved_application_makes_a_member_once(network, django_capture_on_commit_callbacks):
    network.registration_enabled, network.needs_approval = True, True
    network.privacy_notice = PrivacyNoticeFactory()
    desk = desk_of(publish(network))
    with django_capture_on_commit_callbacks(execute=True):
        registration = register(desk, "dora@example.fi")
        registration.organisation = "Verohallinto"
        registration.save()
    assert not Membership.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        approve(registration=registration)
    row = Membership.objects.get()
    assert (row.email, row.name, row.organisation, row.source, row.translation_key, row.is_listed) == (
        "dora@example.fi",
        "Dora",
        "Verohallinto",
        "application",
        network.translation_key,
        False,
    )
    assert "member_added" in Message.objects.values_list("kind", flat=True)


def test_a_place_in_a_network_and_its_membership_are_stored_together_or_not_at_all(network, monkeypatch):
    """A connection lost between the two would leave somebody with a place who is no member."""

    def away(members):
        raise OperationalError("terminating connection due to administrator command")

    network.registration_enabled = True
    network.privacy_notice = PrivacyNoticeFactory()
    desk = desk_of(publish(network))
    monkeypatch.setattr(membership_terms, "notify_added", away)
    with pytest.raises(OperationalError):
        register(desk, "dora@example.fi")
    assert not Registration.objects.exists()
    monkeypatch.undo()
    register(desk, "dora@example.fi")
    assert Membership.objects.get().email == "dora@example.fi"


def test_no_name_or_address_of_a_member_is_anywhere_for_the_anonymous(client, network):
    publish(network)
    member = make_member(
        network, "zaida@example.fi", "Zaida Qvist", organisation="Zyxvirasto", area="Zyxala", is_listed=True
    )
    client.get("/")
    index = network.get_parent()
    seen, waiting = set(), [network.url, index.url, "/fi/", "/sitemap.xml", "/sitemap-1.xml", "/fi/search/?q=zaida"]
    waiting += ["/fi/search/?q=zyxvirasto", page(member), page(member, "data/"), "/api/v2/pages/?search=zaida"]
    waiting += [reverse("members:index"), reverse("members:edit", args=[member.pk])]
    while waiting and len(seen) < 60:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = content.decode("utf-8", "replace").lower()
        # The search page repeats what was searched for.
        for word in ("zaida@", "qvist", "zyxala", *(() if "?q=" in path else ("zyxvirasto",))):
            assert word not in text, (path, word)
        waiting += [link for link in re.findall(r'(?:href|src)="(/[^"#]*)"', text) if "/static/" not in link]
    assert network.url in seen
    assert len(seen) > 10


def test_a_member_who_lost_the_link_asks_for_a_new_one_and_nothing_tells_who_is_a_member(
    client, network, member, other_network, django_capture_on_commit_callbacks
):
    make_member(other_network, "aino@example.fi", ends_on="2020-12-31", starts_on="2020-01-01")
    publish(network)
    ask = "/fi/registrations/link/"
    assert [f'href="{ask}"' in client.get(path).content.decode() for path in (network.url, page(member))] == [
        True,
        True,
    ]
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(ask, {"email": email}) for email in ("aino@example.fi", "nobody@example.fi")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"{ask}sent/")}
    (sent,) = mail.outbox
    assert (sent.to, "Johtajaverkosto\n" in sent.body, "Tietoverkosto" in sent.body) == (
        ["aino@example.fi"],
        True,
        False,
    )
    path = re.search(r"(/fi/memberships/open/[\w-]{43}/)", sent.body)[1]
    assert "Aino Virtanen" in client.get(path, follow=True).content.decode()
    assert sorted(Message.objects.values_list("recipient", "state", "text")) == [
        ("", "dropped", ""),
        ("aino@example.fi", "sent", ""),
    ]
