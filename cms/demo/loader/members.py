"""Members of networks and small groups, and a plan for those of the forum who are in no group yet."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from cms.demo.content.members import CIRCLES, FORUM, GROUPS, Circle
from cms.demo.loader.nodes import stable_key
from network_pages.enums import MemberSource
from network_pages.group_plans.people import GroupPerson, existing_groups
from network_pages.group_plans.plans import Wanted, start_plan
from network_pages.grouping.settings import GroupSettings
from network_pages.models import GroupPlan, Membership


def make_members() -> int:
    """Add members to the pages that have none. Return how many."""
    return sum(_add(circle) for circle in CIRCLES)


def make_group_plan() -> bool:
    """Let groups of the forum's newcomers be looked for, unless there is a plan. The existing groups go on.

    Return whether a plan was made: it belongs to the administrator, without whom there is none.
    """
    key = stable_key(FORUM)
    user = get_user_model().objects.filter(username="admin", is_superuser=True).first()
    if user is None or GroupPlan.objects.filter(translation_key=key).exists():
        return False
    going_on = [group for group in existing_groups(key) if group.translation_key in map(stable_key, GROUPS)]
    placed = set().union(*(group.addresses for group in going_on))
    newcomers = [
        GroupPerson(person) for person in Membership.objects.filter(translation_key=key) if person.email not in placed
    ]
    wanted = Wanted(settings=GroupSettings(), people=newcomers, groups=going_on, new_groups=1)
    start_plan(translation_key=key, wanted=wanted, user=user)
    return True


def _add(circle: Circle) -> int:
    key = stable_key(circle.page)
    if Membership.objects.filter(translation_key=key).exists():
        return 0
    today = timezone.localdate()
    ends_on = today + timedelta(days=circle.days_left) if circle.days_left else None
    rows = [
        Membership(
            **fields,
            translation_key=key,
            starts_on=today - timedelta(days=90),
            ends_on=ends_on,
            source=MemberSource.STAFF,
        )
        for fields in circle.members()
    ]
    return len(Membership.objects.bulk_create(rows))
