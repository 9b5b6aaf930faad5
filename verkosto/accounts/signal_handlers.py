"""What changes of second factors mean for the session."""

from typing import Any

from allauth.mfa.signals import authenticator_removed
from django.contrib.auth.models import User
from django.http import HttpRequest

from verkosto.accounts import second_factor


def connect() -> None:
    authenticator_removed.connect(note_removal, dispatch_uid="verkosto_accounts_removed")


def note_removal(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    second_factor.note_removal(request, user)
