"""The list of members in the admin, and the import from a file."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from network_pages.models import Member
from tests.factories import NetworkIndexPageFactory, NetworkPageFactory
from tests.factories.directory import OrganisationFactory
from tests.factories.locales import in_language


@pytest.fixture
def member(network):
    return Member.objects.create(network=network, email="aino@example.fi", name="Aino Virtanen")


@pytest.fixture
def network(homes):
    return NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]), title="Johtajaverkosto")


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
