import pytest
from django.core.exceptions import ValidationError

from network_pages.models import Member
from tests.factories import NetworkIndexPageFactory, NetworkPageFactory
from tests.factories.locales import in_language
from tests.factories.registrations import publish


@pytest.fixture
def member(network):
    return Member.objects.create(network=network, email="aino@example.fi", name="Aino Virtanen")


@pytest.fixture
def network(homes):
    return NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]), title="Johtajaverkosto")


def test_an_address_is_a_member_once_in_all_languages(network, member):
    in_language(network.get_parent().specific, "sv")
    swedish = in_language(network, "sv", title="Ledarnätverket")
    with pytest.raises(ValidationError):
        Member(network=swedish, email="AINO@example.fi").full_clean()


def test_members_are_on_no_public_page(client, network, member):
    html = client.get(publish(network).url).content.decode()
    assert "aino@example.fi" not in html
    assert "Aino Virtanen" not in html
