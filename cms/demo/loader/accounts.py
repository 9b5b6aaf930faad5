"""The demo's users: one for each role, with the publicly known demo password."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from cms.demo.declarations import LANGUAGES
from cms.demo.loader.nodes import stable_key
from cms.groups import allow_desks, allow_editing, allow_files, allow_pages, group_with_admin, permissions
from verkosto.localisation.states.language_versions import translatable_snippet_models

GUARDED_BACKEND = "cms.auth.NoDemoPasswordBackend"

EDITORS, REGISTRARS = "Editors of the demo", "Registrars of the demo"
TRANSLATORS = {"sv": "Translators into Swedish", "en": "Translators into English"}

#: Name of the account: its groups, whether it is a superuser, the language of its admin.
ACCOUNTS: dict[str, tuple[tuple[str, ...], bool, str]] = {
    "admin": ((), True, "en"),
    "editor": ((EDITORS,), False, "fi"),
    "translator-sv": ((TRANSLATORS["sv"],), False, "sv"),
    "translator-en": ((TRANSLATORS["en"],), False, "en"),
    "registrar": ((REGISTRARS,), False, "fi"),
}


def accounts_allowed() -> bool:
    """Return whether the settings allow signing in with the demo password."""
    return GUARDED_BACKEND not in settings.AUTHENTICATION_BACKENDS


def make_accounts() -> int:
    """Create groups, the approval workflow and the missing accounts. Return the number of new accounts.

    Raises RuntimeError if the settings do not allow the demo password.
    """
    if not accounts_allowed():
        raise RuntimeError("These settings refuse the demo password")
    homes = {page.locale.language_code: page for page in _homes()}
    _groups(homes)
    _workflow(homes)
    return sum(_account(name) for name in ACCOUNTS)


def _homes() -> list[Page]:
    return list(Page.objects.filter(translation_key=stable_key("home")).select_related("locale"))


def _groups(homes: dict[str, Page]) -> None:
    editors = group_with_admin(EDITORS)
    for language in LANGUAGES:
        allow_pages(editors, homes[language], "add", "change", "publish", "lock", "unlock")
    allow_editing(editors)
    editors.permissions.add(*permissions("home", "change_sitesettings"))
    for code, name in TRANSLATORS.items():
        translators = group_with_admin(name)
        allow_pages(translators, homes[code], "change")
        allow_files(translators, "choose_image", "choose_document")
        for snippet in translatable_snippet_models():  # localisation limits this to the translators' language
            named = snippet._meta
            translators.permissions.add(*permissions(named.app_label, f"change_{named.model_name}"))
    registrars = group_with_admin(REGISTRARS)
    allow_desks(registrars, homes["fi"])  # access to one language version covers the page's translations too


def _workflow(homes: dict[str, Page]) -> None:
    """Create the workflow in which editors approve translations."""
    workflow, made = Workflow.objects.get_or_create(name="Hyväksyntä · Godkännande · Approval")
    if not made:
        return
    task = GroupApprovalTask.objects.create(
        name="Toimittajan hyväksyntä · Redaktörens godkännande · Editor's approval"
    )
    task.groups.add(Group.objects.get(name=EDITORS))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for home in homes.values():
        WorkflowPage.objects.get_or_create(page_id=home.pk, defaults={"workflow": workflow})


def _account(name: str) -> bool:
    groups, is_superuser, language = ACCOUNTS[name]
    users = get_user_model()
    if users.objects.filter(username=name).exists():
        return False
    user = users.objects.create_user(
        username=name,
        email=f"{name}@example.fi",
        password=settings.DEMO_PASSWORD,
        is_superuser=is_superuser,
        is_staff=is_superuser,
    )
    user.groups.set(Group.objects.filter(name__in=groups))
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    return True
