"""Which desks a token opens: those below its page at which its person still has the permission."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from wagtail.models import Page

from verkosto.api.enums import TokenRight
from verkosto.api.models import ApiToken
from verkosto.registrations.admin.permissions import DeskPermission, desks_for
from verkosto.registrations.models import Desk
from verkosto.registrations.models.querysets import DeskQuerySet

#: The permission that the person needs for each right of a token, as in the admin.
NEEDED = {
    TokenRight.READ: DeskPermission.SEE,
    TokenRight.CHANGE: DeskPermission.CHANGE,
    TokenRight.CHECK_IN: DeskPermission.CHANGE,
}


def desks_of(token: ApiToken, right: TokenRight) -> DeskQuerySet:
    """Return the desks at which a token has a right. Raise PermissionDenied for a token that has it nowhere."""
    if token.user is None or not token.allows(right):
        raise PermissionDenied(f"This token has no right to: {TokenRight(right).name.lower().replace('_', ' ')}.")
    desks: DeskQuerySet = desks_for(token.user, NEEDED[right])  # type: ignore[assignment]  # of Desk.objects
    if token.page is None:
        return desks
    below = Q(pk__in=[])
    for path in Page.objects.filter(translation_key=token.page.translation_key).values_list("path", flat=True):
        below |= Q(tree_path__startswith=path)
    return desks.filter(below)


def desk_of(token: ApiToken, right: TokenRight, key: UUID) -> Desk:
    """Return a desk by the id of its page. Raise Http404 for one that the token does not open."""
    desk = desks_of(token, right).filter(translation_key=key).first()
    if desk is None:
        raise Http404("There are no registrations with this id that this token opens.")
    return desk
