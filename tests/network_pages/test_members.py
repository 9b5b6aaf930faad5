"""Members of networks: known by address, for who has the right to them."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from network_pages.member_import import plan_import
from network_pages.models import Member
from tests.factories import NetworkIndexPageFactory, NetworkPageFactory
from tests.factories.directory import OrganisationFactory
from tests.factories.events import EventIndexPageFactory, EventSeriesPageFactory, link_to_network
from tests.factories.locales import in_language
from tests.factories.registrations import desk_of, event_with_desk, publish
from verkosto.registrations.domain.eligibility import check_eligible
from verkosto.registrations.exceptions import NotEligible
from verkosto.registrations.forms.registration import SignUpForm
from verkosto.registrations.models import Message, Registration
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.privacy.erasure import erase_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(homes):
    return NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]), title="Johtajaverkosto")


@pytest.fixture
def member(network):
    return Member.objects.create(network=network, email="aino@example.fi", name="Aino Virtanen")


def may(desk, email: str) -> bool:
    try:
        check_eligible(desk, email=email, declared=False, code="")
    except NotEligible:
        return False
    return True


def test_members_register_for_events_below_their_network(network, member):
    series = EventSeriesPageFactory(parent=network, title="Kausi")
    for parent in (network, series):
        desk = desk_of(event_with_desk(index=parent, title=f"Tapaaminen {parent.pk}", eligibility="members"))
        assert [may(desk, email) for email in ("Aino@Example.fi", "nobody@example.fi")] == [True, False]


def test_members_register_for_events_that_name_their_network_in_any_language(homes, network, member):
    in_language(network.get_parent().specific, "sv")
    swedish = publish(in_language(network, "sv", title="Ledarnätverket"))
    event = event_with_desk(index=EventIndexPageFactory(parent=homes["fi"]), eligibility="members")
    assert not may(desk_of(event), "aino@example.fi")
    link_to_network(event, swedish)
    assert may(desk_of(event), "aino@example.fi")


def test_visitor_is_not_told_who_is_a_member_and_the_address_is(client, network, member):
    desk = desk_of(event_with_desk(index=network, eligibility="members"))
    url = f"/fi/registrations/{desk.translation_key}/"
    form = {"name": "Joku", "rendered": SignUpForm(desk=desk, questions=[]).stamp}
    answers = [client.post(url, {**form, "email": email}) for email in ("aino@example.fi", "nobody@example.fi")]
    pages = [client.get(answer["Location"]).content.decode() for answer in answers]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert [page.count("Ilmoittautuminen") for page in pages] == [pages[0].count("Ilmoittautuminen")] * 2
    assert list(Registration.objects.values_list("email", "status")) == [("aino@example.fi", "awaiting_confirmation")]
    assert dict(Message.objects.values_list("recipient", "kind")) == {
        "aino@example.fi": "confirm_address",
        "nobody@example.fi": "not_eligible",
    }


def test_an_address_is_a_member_once_in_all_languages(network, member):
    in_language(network.get_parent().specific, "sv")
    swedish = in_language(network, "sv", title="Ledarnätverket")
    with pytest.raises(ValidationError):
        Member(network=swedish, email="AINO@example.fi").full_clean()


def test_members_are_on_no_public_page(client, network, member):
    html = client.get(publish(network).url).content.decode()
    assert "aino@example.fi" not in html
    assert "Aino Virtanen" not in html


def test_members_are_edited_by_who_has_the_right(client, django_user_model, network, member):
    index, add = reverse("members:index"), reverse("members:add")
    staff = django_user_model.objects.create_user("staff", "staff@example.fi", "a long password for tests")
    staff.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(staff)
    assert "aino@example.fi" not in client.get(index, follow=True).content.decode()
    staff.user_permissions.add(*Permission.objects.filter(content_type__model="member"))
    assert "aino@example.fi" in client.get(index).content.decode()
    assert "aino@example.fi" not in client.get(f"{index}?q=bjorn").content.decode()
    assert client.post(add, {"network": network.pk, "email": "bjorn@example.fi", "name": "Björn"}).status_code == 302
    assert Member.objects.filter(email="bjorn@example.fi").count() == 1
    assert "aino" not in str(member).lower()


def test_an_addresss_memberships_are_given_out_and_erased_with_the_rest(member):
    kept = data_of_address("AINO@example.fi")["memberships"]
    assert [(row["network"], row["name"]) for row in kept] == [("Johtajaverkosto", "Aino Virtanen")]
    erase_address(email="AINO@example.fi")
    assert not Member.objects.exists()
    assert "memberships" not in data_of_address("aino@example.fi")


LINES = """E-mail;Name;Organisation
AINO@example.fi;Aino
bjorn@example.fi;Björn Lind;valtiokonttori
bjorn@example.fi
nobody
cai@example.fi;Cai;Nowhere
"""


def test_a_list_is_looked_at_line_by_line_before_it_is_brought_in(admin_client, network, member):
    organisation = OrganisationFactory(name="Valtiokonttori")
    in_language(network.get_parent().specific, "sv")
    swedish = in_language(network, "sv", title="Ledarnätverket")
    url = reverse("members:import")
    offered = admin_client.get(url).context["form"].fields["network"].choices
    assert list(offered) == [(network.pk, "Johtajaverkosto")]
    file = SimpleUploadedFile("members.csv", LINES.encode("latin-1"))
    looked = admin_client.post(url, {"network": swedish.pk, "file": file})
    plan = looked.context["plan"]
    assert [person.email for person in plan.new_members] == ["bjorn@example.fi"]
    assert (plan.duplicates, [problem.split()[1] for problem in plan.problems]) == (2, ["5", "6:"])
    assert Member.objects.count() == 1
    again = {"network": swedish.pk, "addresses": looked.context["form"]["addresses"].value(), "add": "1"}
    for _twice in range(2):
        admin_client.post(url, again)
    new = Member.objects.exclude(pk=member.pk).get()
    assert (new.email, new.name, new.organisation, new.network_id) == (
        "bjorn@example.fi",
        "Björn Lind",
        organisation,
        swedish.pk,
    )
    entries = PageLogEntry.objects.filter(action="network_pages.import_members").order_by("pk")
    assert [entry.data for entry in entries] == [{"count": 1}, {"count": 0}]


def test_who_may_only_look_at_members_brings_none_in(client, django_user_model, network, member):
    staff = django_user_model.objects.create_user("staff", "staff@example.fi", "a long password for tests")
    permissions = Permission.objects.filter(codename__in=["access_admin", "view_member"])
    staff.user_permissions.add(*permissions)
    client.force_login(staff)
    url = reverse("members:import")
    assert url not in client.get(reverse("members:index")).content.decode()
    client.post(url, {"network": network.pk, "addresses": "new@example.fi", "add": "1"})
    assert Member.objects.count() == 1
    assert ModelLogEntry.objects.get(action="network_pages.see_members").data == {"count": 1}


def test_a_list_costs_the_same_at_one_line_and_at_thirty(network, django_assert_num_queries):
    for number in (1, 30):
        with django_assert_num_queries(2):
            plan_import("\n".join(f"{n}@example.fi" for n in range(number)), network=network)
