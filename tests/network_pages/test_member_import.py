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
