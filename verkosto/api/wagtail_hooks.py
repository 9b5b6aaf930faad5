from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from verkosto.api.admin.viewsets import TokenViewSet
from verkosto.api.idempotency import delete_old_responses
from verkosto.registrations.admin.audit import DataLogFormatter
from verkosto.registrations.privacy.personal_data import PersonalDataStore

LOG_ACTIONS = {
    "api.create_token": (_("Create an API token"), _("Created an API token")),
    "api.revoke_token": (_("Revoke an API token"), _("Revoked an API token")),
}


@hooks.register("register_admin_viewset")
def token_viewset() -> TokenViewSet:
    return TokenViewSet("api_tokens", url_prefix="api-tokens")


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        formatter = type("Formatter", (DataLogFormatter,), {"label": label, "message": message})
        registry.register_action(action)(formatter)


@hooks.register("register_verkosto_personal_data")
def personal_data() -> list[PersonalDataStore]:
    """Stored responses name registrations by reference alone: nothing to export or to erase, but to delete after a day."""
    return [PersonalDataStore("api_responses", lambda email: [], lambda email: 0, purge=delete_old_responses)]


@hooks.register("register_verkosto_sensitive_views")
def sensitive_views() -> list[str]:
    return ["api_tokens:add"]
