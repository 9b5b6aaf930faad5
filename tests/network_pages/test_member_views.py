"""The list of members in the admin, its form, and the import from a file."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from network_pages.models import Membership, NetworkMember
from tests.factories.directory import OrganisationFactory
from tests.factories.locales import in_language
from tests.network_pages.conftest import make_member, make_members

FIELDS = {"role": "member", "starts_on": "2026-01-01", "language": "fi"}


def test_staff_see_and_change_the_members_of_their_networks_alone(client, make_staff, network, other_network, member):
    hidden = make_member(other_network, "hidden@example.fi", "Hilla Piilo")
    index, add = reverse("members:index"), reverse("members:add")
    client.force_login(make_staff(network, "see", username="reader"))
    html = client.get(index).content.decode()
    assert ("aino@example.fi" in html, "hidden@example.fi" in html, add in html) == (True, False, False)
    assert "Tietoverkosto" not in html
    assert client.get(reverse("members:edit", args=[member.pk])).status_code == 302  # to the home page, with a message
    client.force_login(make_staff(network, "see", "change"))
    assert "aino@example.fi" not in client.get(f"{index}?q=bjorn").content.decode()
    bjorn = {**FIELDS, "page": network.translation_key, "email": "Bjorn@example.fi", "name": "Björn"}
    assert client.post(add, bjorn).status_code == 302
    refused = client.post(add, {**bjorn, "page": other_network.translation_key, "email": "cai@example.fi"})
    assert list(refused.context["form"].errors) == ["page"]
    assert list(client.post(add, bjorn).context["form"].errors) == ["email"]
    assert client.get(reverse("members:edit", args=[hidden.pk])).status_code == 404
    changed = {**FIELDS, "email": "aino@example.fi", "name": "Aino Salo", "role": "chair", "is_listed": "on"}
    client.post(reverse("members:edit", args=[member.pk]), changed)
    rows = Membership.objects.order_by("email").values_list("email", "name", "role", "is_listed", "source")
    assert list(rows) == [
        ("aino@example.fi", "Aino Salo", "chair", True, "staff"),
        ("bjorn@example.fi", "Björn", "member", False, "staff"),
        ("hidden@example.fi", "Hilla Piilo", "member", False, "staff"),
    ]
    assert "aino" not in str(member).lower()
    assert ModelLogEntry.objects.filter(action="network_pages.see_members").first().data == {"count": 0}


def test_only_who_may_erase_erases_a_membership_and_only_by_post(client, make_staff, network, member):
    url = reverse("members:erase", args=[member.pk])
    client.force_login(make_staff(network, "see", "change", username="changer"))
    client.post(url)
    client.force_login(make_staff(network, "see", "erase"))
    client.get(url)
    assert Membership.objects.count() == 1
    assert client.post(url).status_code == 302
    assert Membership.objects.count() == 0


def test_the_list_is_filtered_by_network_role_and_term(admin_client, network, other_network, member):
    make_member(other_network, "cai@example.fi", role="chair")
    make_member(network, "old@example.fi", starts_on="2020-01-01", ends_on="2020-12-31")
    make_member(network, "later@example.fi", starts_on="2999-01-01")

    def found(**query):
        rows = admin_client.get(reverse("members:index"), query).context["object_list"]
        return sorted(row.email.partition("@")[0] for row in rows)

    assert found() == ["aino", "cai", "later", "old"]
    assert found(page=network.translation_key) == ["aino", "later", "old"]
    assert found(role="chair") == ["cai"]
    assert [found(state=state) for state in ("current", "later", "ended")] == [["aino", "cai"], ["later"], ["old"]]


def test_the_list_costs_the_same_at_one_and_at_a_thousand_members_and_is_paginated(
    admin_client, network, member, django_assert_max_num_queries, django_assert_num_queries
):
    OrganisationFactory(name="Kela")
    link = NetworkMember(page=network, organisation=OrganisationFactory(name="Vero"), locale=network.locale)
    link.save()
    urls = [reverse("members:index"), f"{reverse('members:index')}?page={network.translation_key}"]
    counts = []
    for url in urls:
        admin_client.get(url)
        with django_assert_max_num_queries(40) as one:
            admin_client.get(url)
        counts.append(len(one))
    make_members(network, 999)
    for url, count in zip(urls, counts, strict=True):
        with django_assert_num_queries(count):
            answer = admin_client.get(url)
        assert (len(answer.context["object_list"]), answer.context["paginator"].num_pages) == (50, 20)
    assert answer.context["gaps"] == ["Vero"]


LINES = """E-mail;Name;Organisation
AINO@example.fi;Aino
bjorn@example.fi;Björn Lind;Valtiokonttori
bjorn@example.fi
nobody
"""


def test_a_list_is_looked_at_line_by_line_before_it_is_brought_in(admin_client, network, member):
    in_language(network.get_parent().specific, "sv")
    in_language(network, "sv", title="Ledarnätverket")
    url = reverse("members:import")
    offered = admin_client.get(url).context["form"].fields["page"].choices
    assert [key for key, _title in offered] == [network.translation_key]
    file = SimpleUploadedFile("members.csv", LINES.encode("latin-1"))
    looked = admin_client.post(url, {"page": network.translation_key, "file": file})
    plan = looked.context["plan"]
    assert [person.email for person in plan.new_members] == ["bjorn@example.fi"]
    assert (plan.duplicates, [problem.split()[1] for problem in plan.problems]) == (2, ["5"])
    assert Membership.objects.count() == 1
    again = {"page": network.translation_key, "addresses": looked.context["form"]["addresses"].value(), "add": "1"}
    for _twice in range(2):
        admin_client.post(url, again)
    new = Membership.objects.exclude(pk=member.pk).get()
    assert (new.email, new.name, new.organisation, new.source, new.translation_key) == (
        "bjorn@example.fi",
        "Björn Lind",
        "Valtiokonttori",
        "import",
        network.translation_key,
    )
    entries = PageLogEntry.objects.filter(action="network_pages.import_members").order_by("pk")
    assert [entry.data for entry in entries] == [{"count": 1}, {"count": 0}]


def test_who_may_only_look_at_members_brings_none_in(client, make_staff, network, other_network, member):
    url = reverse("members:import")
    post = {"page": network.translation_key, "addresses": "new@example.fi", "add": "1"}
    client.force_login(make_staff(network, "see", username="reader"))
    assert url not in client.get(reverse("members:index")).content.decode()
    client.post(url, post)
    client.force_login(make_staff(other_network, "see", "change"))
    client.post(url, post)
    assert Membership.objects.count() == 1
