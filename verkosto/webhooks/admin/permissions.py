"""Who may make and change webhooks: Django's permissions to the model, and for personal data those to registrations."""

from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from verkosto.core.users import AnyUser
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.permissions import policy as desk_policy
from verkosto.webhooks.models import Endpoint

policy = ModelPermissionPolicy(Endpoint)
ANY = ["add", "change", "delete", "view"]


def may_send_personal_data(user: AnyUser, page: Page | None) -> bool:
    """Return whether a user may have personal data sent from below a page, in every language; None for the whole site.

    It is an export: who may not export the registrations there may not have them sent either.
    """
    if user.is_active and user.is_superuser:
        return True
    if page is None:
        return False
    paths = desk_policy.paths(user, DeskPermission.EXPORT)
    versions = Page.objects.filter(translation_key=page.translation_key).values_list("path", flat=True)
    return all(version.startswith(paths) for version in versions)
