import pytest

from network_pages.group_plans import plans
from network_pages.group_plans.people import GroupPerson, existing_groups, people_of, person_of
from network_pages.grouping import local_search
from network_pages.grouping.settings import GroupSettings
from network_pages.models import GroupPlan, Membership
from tests.factories import SmallGroupPageFactory
from tests.recordings import recorded

ORGANISATIONS = ("Valtiokonttori", "Verohallinto", "Traficom", "Ruokavirasto")


@pytest.fixture(autouse=True)
def quick_search(monkeypatch):
    """A search that ends by its steps alone, so that no test depends on the clock."""
    monkeypatch.setattr(plans, "SECONDS", None)
    for name, value in (("STEPS", 1000), ("STEPS_PER_PERSON", 0), ("RUNS", 1)):
        monkeypatch.setattr(local_search, name, value)


@pytest.fixture
@recorded
def people(network):
    """Twelve members of the network, from four organisations."""
    return make_people(network, 12)


@pytest.fixture
@recorded
def existing(network, people):
    """A small group of the network with the first three people."""
    group = SmallGroupPageFactory(parent=network, title="Aamuryhmä")
    for person in people[:3]:
        Membership.objects.create(translation_key=group.translation_key, name=person.name, email=person.email)
    return group


def make_people(network, count):
    return [
        Membership.objects.create(
            translation_key=network.translation_key,
            name=f"Henkilö {number:02}",
            email=f"p{number}@example.fi",
            organisation=ORGANISATIONS[number % 4],
            area=f"Alue {number % 3}",
        )
        for number in range(count)
    ]


def asked(network, *, new_groups, groups=True, people=None, **settings):
    """What an editor asks for: all members, the existing groups, and sizes of 3 to 4 unless said otherwise."""
    known = {"smallest": 3, "largest": 4, **settings}
    key = network.translation_key
    return plans.Wanted(
        settings=GroupSettings(**known),
        people=list(map(GroupPerson, people_of(key))) if people is None else people,
        groups=existing_groups(key) if groups else [],
        new_groups=new_groups,
    )


def start(network, user, capture, **wanted):
    """Form groups as the form does. Return the plan after the job."""
    with capture(execute=True):
        plan = plans.start_plan(translation_key=network.translation_key, wanted=asked(network, **wanted), user=user)
    plan.refresh_from_db()
    return plan


def division(plan):
    """Return {name of the group: names of its people}."""
    plan = GroupPlan.objects.get(pk=plan.pk)
    return {
        group.name: sorted(
            person_of(row).name for row in group.placements.select_related("membership", "registration")
        )
        for group in plan.groups.all()
    }
