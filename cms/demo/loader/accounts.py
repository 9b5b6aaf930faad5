"""The demo's users: one for each role, with the publicly known demo password."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from cms.demo.declarations import LANGUAGES
from cms.demo.loader.nodes import stable_key
from verkosto.localisation.states.versions import translatable_snippet_models
from verkosto.registrations.models import DeskAccess

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

DESK_RIGHTS = ("see", "change", "export", "read_sensitive", "erase")
DIRECTORY = ("person", "organisation", "venue", "topic", "privacynotice")


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
    editors = _group(EDITORS)
    for language in LANGUAGES:
        _allow_pages(editors, homes[language], "add", "change", "publish", "lock", "unlock")
    editors.permissions.add(*_permissions("wagtail_localize", "submit_translation"))
    for model in DIRECTORY:
        editors.permissions.add(
            *_permissions("verkosto_directory", *(f"{verb}_{model}" for verb in ("add", "change", "delete")))
        )
    editors.permissions.add(*_permissions("home", "change_sitesettings"))
    _allow_files(
        editors, "add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"
    )
    for code, name in TRANSLATORS.items():
        translators = _group(name)
        _allow_pages(translators, homes[code], "change")
        _allow_files(translators, "choose_image", "choose_document")
        for snippet in translatable_snippet_models():  # localisation limits this to the translators' language
            named = snippet._meta
            translators.permissions.add(*_permissions(named.app_label, f"change_{named.model_name}"))
    registrars = _group(REGISTRARS)
    # Access to one language version covers the page's translations too.
    DeskAccess.objects.get_or_create(
        group=registrars, page_id=homes["fi"].pk, defaults={f"can_{right}": True for right in DESK_RIGHTS}
    )


def _group(name: str) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*_permissions("wagtailadmin", "access_admin"))
    return group


def _permissions(app: str, *codenames: str) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))


def _allow_pages(group: Group, home: Page, *verbs: str) -> None:
    for permission in _permissions("wagtailcore", *(f"{verb}_page" for verb in verbs)):
        GroupPagePermission.objects.get_or_create(group=group, page_id=home.pk, permission=permission)


def _allow_files(group: Group, *codenames: str) -> None:
    root = Collection.get_first_root_node()
    for app in ("wagtailimages", "wagtaildocs"):
        for permission in _permissions(app, *codenames):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


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
