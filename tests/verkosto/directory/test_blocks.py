import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from home.models import HomePage
from tests.factories import OrganisationFactory, PersonFactory, StandardPageFactory
from verkosto.directory.blocks import ContactsBlock, MailboxBlock, PersonBlock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 30])
def test_people_take_one_query(django_assert_num_queries: object, count: int) -> None:
    people = [PersonFactory(organisation=OrganisationFactory()) for _ in range(count)]

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = PersonBlock().bulk_to_python([person.pk for person in people])
        assert [person.organisation for person in found] == [person.organisation for person in people]


def test_contact_is_readable_but_not_for_the_simplest_scraper(client: Client, homes: dict[str, HomePage]) -> None:
    person = PersonFactory(name="Verkostokoordinaattori", email="verkosto@example.fi", phone="+358 295 00 100")
    mailbox = {"label": "Sihteeristö", "email": "sihteeristo@example.fi", "phone": ""}
    StandardPageFactory(parent=homes["fi"], slug="tietoa", contacts=[("person", person), ("mailbox", mailbox)])

    content = client.get("/fi/tietoa/").content.decode()

    assert "verkosto@example.fi" not in content
    assert "sihteeristo@example.fi" not in content
    assert "".join(f"&#{ord(letter)};" for letter in "verkosto@example.fi") in content
    assert 'href="tel:+35829500100"' in content


def test_contacts_block_renders_its_preview() -> None:
    block = ContactsBlock()

    assert "Network secretariat" in block.render(block.get_preview_value())


@pytest.mark.parametrize("typed", ["posti@käse.fi", "POSTI@ka\u0308se.fi\u200b", " posti@xn--kse-qla.fi"])
def test_address_of_a_mailbox_is_stored_in_one_form(typed: str) -> None:
    """It is the address to which registrants answer, so mail servers must understand it."""
    block = MailboxBlock()
    value = block.to_python({"label": "Sihteeristö", "email": typed, "phone": ""})
    assert block.clean(value)["email"] == "posti@xn--kse-qla.fi"


def test_mailbox_without_a_valid_address_is_refused() -> None:
    block = MailboxBlock()
    for typed in ("", "päivi@example.fi", "\u200b"):
        with pytest.raises(ValidationError):
            block.clean(block.to_python({"label": "Sihteeristö", "email": typed, "phone": ""}))
