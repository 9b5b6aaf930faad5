"""Who the access matrix asks as: each role has its rights in the own part alone."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from wagtail.models import GroupCollectionPermission
from wagtail.users.models import UserProfile

from cms.groups import (
    CHECK_IN,
    DATA_PROTECTION,
    DIRECTORY,
    EDITORS,
    FILE_RIGHTS,
    MODERATORS,
    PAGE_RIGHTS,
    allow_desks,
    allow_pages,
    group_with_admin,
)
from network_pages.member_links import issue_token as issue_member_token
from network_pages.models import RoundReview
from tests.access.world import Part, World
from tests.factories import locale
from verkosto.localisation.permissions.groups import create_groups as create_language_groups
from verkosto.registrations.tokens import issue_token
from verkosto.subscriptions.models import Follower
from verkosto.subscriptions.personal_links import personal_link


@dataclass(frozen=True)
class Role:
    """A column of the table. ``part`` is the own part as the role has it; without the admin, staff pages are asked once."""

    name: str
    sign_in: Callable[[Client, World], None]
    part: Callable[[World], Part] = lambda world: world.own
    in_admin: bool = True
    sees_all: bool = False


def _anonymous(client: Client, world: World) -> None:
    """Nobody has signed in."""


def _participant(client: Client, world: World) -> None:
    """A browser that has opened its own registration, membership and page of a follower by their personal links."""
    follower = Follower.objects.get(pk=world.own["follower"])
    for path in (
        f"/fi/registrations/open/{issue_token(registration=world.registration)}/",
        f"/fi/memberships/open/{issue_member_token(world.member)}/",
        urlsplit(personal_link(follower)).path,
    ):
        assert client.get(path).status_code == 302


def _account(client: Client, world: World) -> None:
    """A person with an account and no right at all."""
    client.force_login(User.objects.create_user("account"))


def _staff(client: Client, world: World) -> None:
    """A person who may sign in to the admin, and nothing more."""
    _join(client, group_with_admin("staff"))


def _editor(client: Client, world: World) -> None:
    """The editors of a series and its translations, with the directory and the files of one collection."""
    group = group_with_admin("editors of the series")
    _allow_editing(group, world, *PAGE_RIGHTS[EDITORS])
    _join(client, group)


def _moderator(client: Client, world: World) -> None:
    """The editors who publish, and who approve the workflow of the series."""
    group = group_with_admin("moderators of the series")
    _allow_editing(group, world, *PAGE_RIGHTS[MODERATORS])
    _join(client, group, Group.objects.get(name="Hirvitarkastajat"))


def _translator(client: Client, world: World) -> None:
    """The translators of a series into Swedish, with what the group of a language has besides the tree of its pages."""
    group = group_with_admin("translators of the series")
    group.permissions.set(create_language_groups(locale("sv"))[0].permissions.all())
    allow_pages(group, world.series.get_translation(locale("sv")), "change")
    _join(client, group)


def _registrar(client: Client, world: World) -> None:
    """The registrars of a series, a network and a programme, with every right to their registrations and members.

    They review the applications to its round.
    """
    group = group_with_admin("registrars of the series")
    for page in (world.series, world.network, world.programme):
        allow_desks(group, page)
    user = _join(client, group)
    RoundReview.objects.get(translation_key=world.own["round_key"]).reviewers.add(user)


def _check_in(client: Client, world: World) -> None:
    """The people who check in at the events of a series, on their day."""
    group = group_with_admin("check-in of the series")
    allow_desks(group, world.series, CHECK_IN)
    _join(client, group)


def _data_protection(client: Client, world: World) -> None:
    """Who answers for the personal data of a series, a network and a programme."""
    group = group_with_admin("data protection of the series")
    for page in (world.series, world.network, world.programme):
        allow_desks(group, page, DATA_PROTECTION)
    _join(client, group)


def _superuser(client: Client, world: World) -> None:
    user = User.objects.create_superuser("root")
    UserProfile.get_for_user(user)
    client.force_login(user)


def _allow_editing(group: Group, world: World, *verbs: str) -> None:
    for page in world.series.get_translations(inclusive=True):
        allow_pages(group, page, *verbs)
    codenames = [f"{verb}_{model}" for verb in ("add", "change", "delete") for model in DIRECTORY]
    group.permissions.add(*Permission.objects.filter(codename__in=[*codenames, "submit_translation"]))
    for permission in Permission.objects.filter(codename__in=FILE_RIGHTS):
        GroupCollectionPermission.objects.create(group=group, collection=world.collection, permission=permission)


def _join(client: Client, *groups: Group) -> User:
    user = User.objects.create_user(groups[0].name.replace(" ", "-"))
    user.groups.set(groups)
    UserProfile.get_for_user(user)  # as after the first sign-in
    client.force_login(user)
    return user


def _in_swedish(world: World) -> Part:
    return {**world.own, "page": world.own["translated"], "series": world.series.get_translation(locale("sv")).pk}


ROLES = (
    Role("anon", _anonymous, in_admin=False),
    Role("part", _participant, in_admin=False),
    Role("acct", _account, in_admin=False),
    Role("staff", _staff),
    Role("edit", _editor),
    Role("trans", _translator, part=_in_swedish),
    Role("regis", _registrar),
    Role("check", _check_in),
    Role("prot", _data_protection),
    Role("moder", _moderator),
    Role("super", _superuser, part=lambda world: world.foreign, sees_all=True),
)
