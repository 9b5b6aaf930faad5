"""Who sees what is sent to the LinkedEvents server, and who imports its places."""

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from verkosto.core.users import AnyUser
from verkosto.directory.models import Venue
from verkosto.linked_events.models import PushedEvent

policy = ModelPermissionPolicy(PushedEvent)
SEE, SEND = "view", "change"


def may_import_places(user: AnyUser) -> bool:
    """Return whether a user may add venues and change them."""
    venues = policy_registry.get_by_type(Venue)
    return bool(venues.user_has_permission(user, "add") and venues.user_has_permission(user, "change"))
