"""What the provider of single sign-on says of a person, and the account that it means (OpenID Connect Core 1.0)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.contrib.auth.models import Group, User

from verkosto.accounts import conf
from verkosto.core.email_addresses import normalise_email

logger = logging.getLogger(__name__)

#: What a provider says; each value is checked where it is read.
JsonObject: TypeAlias = Mapping[str, Any]

#: What is kept of the claims: enough to end the session, and to know how the person proved who they are.
KEPT = ("iss", "sub", "sid", "amr", "acr")


@dataclass(frozen=True)
class Claims:
    """The claims of the ID token, and those that only the provider's user information has."""

    id_token: JsonObject
    user_info: JsonObject

    @classmethod
    def of(cls, data: JsonObject) -> Claims:
        """Return the claims as allauth stores them: before a sign-in all, afterwards what we keep."""
        return cls(data.get("id_token") or data, data.get("userinfo") or {})

    @property
    def kept(self) -> dict[str, object]:
        return {name: self.id_token[name] for name in KEPT if name in self.id_token}

    @property
    def session(self) -> str:
        """The provider's name of its session; "" if it has none."""
        return str(self.id_token.get("sid") or "")

    @property
    def verified_email(self) -> str:
        """The address in its stored form; "" if the provider has not verified it."""
        for claims in (self.user_info, self.id_token):
            if claims.get("email") and claims.get("email_verified") is True:
                return normalise_email(str(claims["email"]))
        return ""

    @property
    def groups(self) -> set[str]:
        """The names of our groups that the person belongs to."""
        mapping = conf.provider_groups()
        found: set[str] = set()
        for claims in (self.user_info, self.id_token):
            value: Any = claims
            for part in conf.provider_groups_claim().split("."):
                value = value.get(part) if isinstance(value, Mapping) else None
            values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
            found |= {mapping[each] for each in values if isinstance(each, str) and each in mapping}
        return found

    @property
    def proves_second_factor(self) -> bool:
        """Whether the provider says, in the signed token, that it has asked a second factor (RFC 8176)."""
        said = self.id_token.get("amr")
        values = {*(said if isinstance(said, list) else [said]), self.id_token.get("acr")}
        return bool(conf.provider_proofs() & {value for value in values if isinstance(value, str)})


def account_of(claims: Claims) -> User | None:
    """Return the one account with the person's verified address; None if there is none, or are several."""
    if not claims.verified_email:
        return None
    found = User.objects.filter(email__iexact=claims.verified_email)[:2]
    return found[0] if len(found) == 1 else None


def may_have_account(claims: Claims) -> bool:
    """Return whether an account is made for a person without one: their groups say that they belong here."""
    address = claims.verified_email
    return bool(claims.groups and address and not User.objects.filter(email__iexact=address).exists())


def follow_groups(user: User, claims: Claims) -> None:
    """Make the account a member of exactly those groups that the claims name, of all that they could name."""
    governed = set(conf.provider_groups().values())
    wanted = claims.groups
    groups = {group.name: group for group in Group.objects.filter(name__in=governed)}
    if missing := governed - {*groups}:
        logger.warning("OIDC_GROUPS names groups that do not exist: %s", ", ".join(sorted(missing)))
    user.groups.remove(*(group for name, group in groups.items() if name not in wanted))
    user.groups.add(*(group for name, group in groups.items() if name in wanted))
