import pytest

from network_pages.member_import import plan_import
from tests.factories import NetworkIndexPageFactory, NetworkPageFactory


@pytest.fixture
def network(homes):
    return NetworkPageFactory(parent=NetworkIndexPageFactory(parent=homes["fi"]), title="Johtajaverkosto")


def test_a_list_costs_the_same_at_one_line_and_at_thirty(network, django_assert_num_queries):
    for number in (1, 30):
        with django_assert_num_queries(2):
            plan_import("\n".join(f"{n}@example.fi" for n in range(number)), network=network)


def test_variants_of_an_address_are_one_member_with_a_clean_name(network):
    plan = plan_import("matti@käse.fi,Ra\u0308sa\u0308nen\u200b\nMATTI@ka\u0308se.fi\u2060,Matti", network=network)
    assert [(person.email, person.name) for person in plan.new_members] == [("matti@xn--kse-qla.fi", "Räsänen")]
    assert plan.duplicates == 1
