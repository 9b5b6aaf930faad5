"""The types of an account, and the account that makes a request."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

#: An account. A project with a user model of its own passes that; we use what Django's ``AbstractUser`` has.
SignedInUser: TypeAlias = User
#: What ``request.user`` is.
AnyUser: TypeAlias = User | AnonymousUser


def signed_in_user(request: HttpRequest) -> SignedInUser:
    """Return the account that makes the request. Raises PermissionDenied for a visitor who has not signed in."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return request.user
