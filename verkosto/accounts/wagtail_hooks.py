from datetime import time

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from verkosto.accounts import sessions
from verkosto.accounts.personal_data import SIGN_INS, SIGNING_IN
from verkosto.core.scheduled_work.registry import CLEANUP, Step
from verkosto.core.scheduled_work.registry import HOOK as SCHEDULED_WORK_HOOK
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.processing import PROCESSING_HOOK, ProcessingActivity


@hooks.register("register_account_menu_item")
def second_factor_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Two-step verification"),
        "help_text": _("Sign in with a passkey, or with a code from an app after your password."),
    }


@hooks.register("register_account_menu_item")
def sessions_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("account_sessions"),
        "label": _("Where you are signed in"),
        "help_text": _("See your browsers, and sign out of all others."),
    }


@hooks.register("register_verkosto_sensitive_views")
def sensitive_views() -> list[str]:
    """Return the views that decide what others may do."""
    return [f"wagtailusers_{kind}:{name}" for kind in ("users", "groups") for name in ("add", "edit", "delete")]


@hooks.register(SCHEDULED_WORK_HOOK, order=CLEANUP + 1)  # after the sessions themselves
def scheduled_work() -> dict[str, Step]:
    label = gettext_lazy("Forget sessions that have ended")
    return {"delete_ended_sign_ins": Step(sessions.delete_ended, label=label, at=time(3, 20))}


@hooks.register("register_verkosto_personal_data")
def personal_data() -> list[PersonalDataStore]:
    return [SIGN_INS]


@hooks.register(PROCESSING_HOOK)
def processing() -> list[ProcessingActivity]:
    return [SIGNING_IN]
