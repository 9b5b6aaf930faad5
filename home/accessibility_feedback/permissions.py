"""Who may read and answer feedback about accessibility."""

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from home.models import AccessibilityFeedback
from verkosto.core.users import AnyUser, SignedInUser

policy = ModelPermissionPolicy(AccessibilityFeedback)
SEE, ANSWER = "view", "change"


def may_see(user: AnyUser) -> bool:
    """Return whether somebody may read feedback."""
    return bool(policy.user_has_any_permission(user, [SEE, ANSWER]))


def may_answer(user: AnyUser) -> bool:
    """Return whether somebody may assign, answer and close feedback."""
    return bool(policy.user_has_permission(user, ANSWER))


def people_who_answer() -> QuerySet[SignedInUser]:
    """Return the active accounts that may answer feedback."""
    found: QuerySet[SignedInUser] = policy.users_with_permission(ANSWER).filter(is_active=True)
    return found.order_by("last_name", "first_name", "pk")
