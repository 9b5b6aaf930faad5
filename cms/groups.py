"""Rights of groups of users: editors, moderators, registrars, check-in, data protection."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from verkosto.registrations.models import DeskAccess

#: The first two have the names of the groups that Wagtail itself creates.
EDITORS, MODERATORS, REGISTRARS = "Editors", "Moderators", "Registrars"
CHECK_IN, DATA_PROTECTION = "Check-in", "Data protection"

PAGE_RIGHTS = {EDITORS: ("add", "change"), MODERATORS: ("add", "change", "publish", "lock", "unlock")}
DESK_RIGHTS = {
    REGISTRARS: ("see", "change", "export", "read_sensitive", "erase"),
    CHECK_IN: ("check_in",),
    DATA_PROTECTION: ("protect_data",),
}
DIRECTORY = ("person", "organisation", "venue", "topic", "privacynotice")
FILE_RIGHTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def create_groups(homes: Iterable[Page]) -> list[Group]:
    """Create or complete the groups, with rights to the trees of the home pages. Translators have groups of their own."""
    homes = list(homes)
    groups = []
    for name, verbs in PAGE_RIGHTS.items():
        group = group_with_admin(name)
        for home in homes:
            allow_pages(group, home, *verbs)
        allow_editing(group)
        groups.append(group)
    groups[-1].permissions.add(*permissions("home", "change_sitesettings", "change_accessibilityfeedback"))
    promotions = (f"{verb}_searchpromotion" for verb in ("add", "change", "delete"))
    groups[-1].permissions.add(*permissions("wagtailsearchpromotions", *promotions))
    for name in DESK_RIGHTS:
        groups.append(group_with_admin(name))
        for home in homes[:1]:  # access to one language version covers the page's translations too
            allow_desks(groups[-1], home, name)
    return groups


def group_with_admin(name: str) -> Group:
    """Return the group of this name, whose members may sign in to the admin."""
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*permissions("wagtailadmin", "access_admin"))
    return group


def permissions(app: str, *codenames: str) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))


def allow_pages(group: Group, home: Page, *verbs: str) -> None:
    """Allow actions on the pages of a tree."""
    for permission in permissions("wagtailcore", *(f"{verb}_page" for verb in verbs)):
        GroupPagePermission.objects.get_or_create(group=group, page_id=home.pk, permission=permission)


def allow_files(group: Group, *codenames: str) -> None:
    """Allow actions on the images and documents of every collection."""
    root = Collection.get_first_root_node()
    for app in ("wagtailimages", "wagtaildocs"):
        for permission in permissions(app, *codenames):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def allow_editing(group: Group) -> None:
    """Allow what editing pages needs besides pages: the directory, images, documents, submitting translations."""
    group.permissions.add(*permissions("wagtail_localize", "submit_translation"))
    for model in DIRECTORY:
        verbs = ("add", "change", "delete")
        group.permissions.add(*permissions("verkosto_directory", *(f"{verb}_{model}" for verb in verbs)))
    allow_files(group, *FILE_RIGHTS)


def allow_desks(group: Group, home: Page, role: str = REGISTRARS) -> None:
    """Allow the work of a role with the registrations of the pages under a page."""
    defaults = {"can_see": False, **{f"can_{right}": True for right in DESK_RIGHTS[role]}}
    DeskAccess.objects.get_or_create(group=group, page_id=home.pk, defaults=defaults)
