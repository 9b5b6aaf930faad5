import pytest

from network_pages.member_import import plan_import
from tests.network_pages.conftest import make_member


def plan(network, text):
    return plan_import(text, translation_key=network.translation_key)


def test_a_list_costs_the_same_at_one_line_and_at_thirty(network, django_assert_num_queries):
    for number in (1, 30):
        with django_assert_num_queries(1):
            plan(network, "\n".join(f"{n}@example.fi" for n in range(number)))


def test_variants_of_an_address_are_one_member_with_a_clean_name(network):
    found = plan(network, "matti@käse.fi,Ra\u0308sa\u0308nen\u200b\nMATTI@ka\u0308se.fi\u2060,Matti")
    assert [(person.email, person.name) for person in found.new_members] == [("matti@xn--kse-qla.fi", "Räsänen")]
    assert found.duplicates == 1


@pytest.mark.parametrize(
    "text",
    [
        "Virtanen, Aino <aino@example.fi>; Björn Lind <BJORN@example.fi>; cai@example.fi",
        '"Virtanen, Aino" <aino@example.fi>; Björn Lind <bjorn@example.fi>; <cai@example.fi>;',
        "Aino Virtanen <aino@example.fi>, Björn Lind <bjorn@example.fi>, <cai@example.fi>",
        "Aino Virtanen <aino@example.fi>\nBjörn Lind <bjorn@example.fi>\ncai@example.fi",
    ],
)
def test_recipients_pasted_from_a_mail_program_are_members_with_their_names(network, text):
    found = plan(network, text)
    assert [(person.email, person.name) for person in found.new_members] == [
        ("aino@example.fi", "Aino Virtanen"),
        ("bjorn@example.fi", "Björn Lind"),
        ("cai@example.fi", ""),
    ]
    assert found.problems == []


def test_columns_are_read_and_who_will_be_a_member_is_skipped(network):
    make_member(network, "aino@example.fi")
    found = plan(network, "email;name\naino@example.fi;Aino\nbjorn@example.fi;Björn Lind;Verohallinto;HR;Oulu\nno")
    (person,) = found.new_members
    assert (person.name, person.organisation, person.area, person.region) == (
        "Björn Lind",
        "Verohallinto",
        "HR",
        "Oulu",
    )
    assert (found.duplicates, len(found.problems)) == (1, 1)
