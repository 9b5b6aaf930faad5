"""The use cases of a follower: to ask, confirm, change and end."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from verkosto.core.followed_content import TargetLink, target_kinds
from verkosto.core.locales import site_languages
from verkosto.core.transactions import in_transaction
from verkosto.registrations.mail import outbox
from verkosto.subscriptions.models import Follow, Follower, FollowRequest

REQUEST = "follow_request"  # the name of the kind of mail, and of its channel


@dataclass(frozen=True)
class Target:
    """Something that can be followed, with its link in one language."""

    kind: str
    key: str
    link: TargetLink

    @property
    def name(self) -> str:
        """The target as forms send it."""
        return f"{self.kind}:{self.key}"


def find_target(name: str, language: str) -> Target | None:
    """Return what a form names, such as "network:…"; None if there is no such thing for everybody in the language."""
    kind, _colon, key = name.partition(":")
    found = find_targets([(kind, key)], language)
    return found[0] if found else None


def find_targets(named: list[tuple[str, str]], language: str) -> list[Target]:
    """Return those of the (kind, key) that are public in a language, in the same order. One query for each kind."""
    kinds = target_kinds()
    links = {
        name: kinds[name].links([key for kind, key in named if kind == name], language)
        for name in {kind for kind, _key in named if kind in kinds}
    }
    return [Target(kind, key, links[kind][key]) for kind, key in named if key in links.get(kind, {})]


def find_in_any_language(named: list[tuple[str, str]], language: str) -> dict[tuple[str, str], tuple[TargetLink, str]]:
    """Return the link of each (kind, key) that is public in some language, and that language: the given one if possible.

    One query for each kind and language, as long as something is missing.
    """
    found: dict[tuple[str, str], tuple[TargetLink, str]] = {}
    for code in [language, *(other for other in site_languages() if other != language)]:
        missing = [name for name in named if name not in found]
        found |= {(target.kind, target.key): (target.link, code) for target in find_targets(missing, code)}
    return found


@transaction.atomic
def request_follow(*, email: str, target: Target, frequency: str, language: str) -> None:
    """Ask the owner of an address by email whether they want to follow something.

    The same is done for every address, whether it follows something or not. Beyond the hourly limit of mails to one
    address nothing is stored.
    """
    request = FollowRequest.objects.create(
        email=email, language=language, frequency=frequency, kind=target.kind, key=target.key
    )
    message = outbox.write(
        REQUEST,
        recipient=email,
        language=language,
        context={"request": request.pk},
        anonymous=True,
        channel=REQUEST,
    )
    if message is None:
        request.delete()


@in_transaction
def confirm(*, request: FollowRequest, frequency: str) -> Follower:
    """Follow what was asked for, with the frequency and language chosen last. Return the follower."""
    chosen = {"frequency": frequency, "language": request.language}
    follower, _is_new = Follower.objects.get_or_create(email=request.email, defaults=chosen)
    Follower.objects.filter(pk=follower.pk).update(**chosen)
    Follow.objects.get_or_create(follower=follower, kind=request.kind, key=request.key)
    FollowRequest.objects.filter(email=request.email, kind=request.kind, key=request.key).delete()
    return follower


@in_transaction
def change(*, follower: Follower, frequency: str, language: str) -> None:
    """Change how often and in which language somebody gets emails. What they have been told is not told again."""
    Follower.objects.filter(pk=follower.pk).update(frequency=frequency, language=language)


@in_transaction
def unfollow(*, follower: Follower, follow_pk: int) -> bool:
    """End one thing that somebody follows. Return whether there is something left; if not, the address is deleted."""
    Follower.objects.select_for_update().filter(pk=follower.pk).first()
    Follow.objects.filter(follower=follower, pk=follow_pk).delete()
    if Follow.objects.filter(follower=follower).exists():
        return True
    end(follower=follower)
    return False


@in_transaction
def end(*, follower: Follower) -> None:
    """End everything that somebody follows, and delete the address, also in what waits for a confirmation."""
    FollowRequest.objects.filter(email=follower.email).delete()
    Follower.objects.filter(pk=follower.pk).delete()


@in_transaction
def sign_out(*, follower: Follower) -> None:
    """End the sessions in which the person's page is open."""
    Follower.objects.filter(pk=follower.pk).update(sessions_ended_at=timezone.now())
