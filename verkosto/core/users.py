"""The types of an account, and the account that makes a request."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

#: An account. It may be of the project's own user model; the code uses only the fields of Django's ``AbstractUser``.
SignedInUser: TypeAlias = User
#: What ``request.user`` is.
AnyUser: TypeAlias = User | AnonymousUser


def signed_in_user(request: HttpRequest) -> SignedInUser:
    """Return the account that makes the request. Raises PermissionDenied for a visitor who has not signed in."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return request.user
