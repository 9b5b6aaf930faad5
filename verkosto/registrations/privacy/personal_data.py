"""The registry of all stores of personal data, in which a person is found by their email address.

Each app, including this one, registers its stores through the hook ``register_verkosto_personal_data``, which returns a
list of ``PersonalDataStore``. A data subject request exports and erases what they hold, and ``unregistered_models``
names the models that no app has registered.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from wagtail import hooks

from verkosto.core.model_fields import EmailAddressField
from verkosto.registrations.models import Registration


def _no_names(email: str) -> Collection[str]:
    return ()


def _no_text(names: Sequence[str]) -> int:
    return 0


def _nothing_due(now: datetime) -> int:
    return 0


@dataclass(frozen=True)
class PersonalDataStore:
    """A store of personal data.

    ``data`` returns what is kept under an address as JSON; ``erase`` erases it and returns how many rows. ``names``
    returns the names of the person that the store knows. ``redact`` removes an address and names from text that staff
    wrote about somebody, and returns from how many rows; it is called before any ``erase``. ``purge``
    erases what is kept longer than the store's retention, and returns how many rows. ``models`` are the labels of
    the models that the store covers.
    """

    name: str
    data: Callable[[str], list[dict[str, Any]]]
    erase: Callable[[str], int]
    names: Callable[[str], Collection[str]] = _no_names
    redact: Callable[[Sequence[str]], int] = _no_text
    purge: Callable[[datetime], int] = _nothing_due
    models: tuple[str, ...] = ()


@cache
def personal_data_stores() -> list[PersonalDataStore]:
    """Return the stores of all installed apps."""
    return [store for hook in hooks.get_hooks("register_verkosto_personal_data") for store in hook()]


def names_to_redact(email: str) -> list[str]:
    """Return an address and the names that are stored with it, to be removed from texts by staff.

    A name of one word is left out: it may be somebody else's.
    """
    names = {name for store in personal_data_stores() for name in store.names(email)}
    return [email, *sorted(name for name in names if len(name.split()) > 1)]


def names_to_redact_of_registration(registration: Registration) -> list[str]:
    """Return the address and the name of one registration, as ``names_to_redact`` does."""
    name = registration.name if len(registration.name.split()) > 1 else ""
    return [each for each in (registration.email, name) if each]


def unregistered_models() -> Iterator[str]:
    """Yield the models that hold an address or belong to a registration, and that no store covers."""
    covered = {label for store in personal_data_stores() for label in store.models}
    for model in apps.get_models():
        if model._meta.label not in covered and any(_is_personal(field) for field in model._meta.get_fields()):
            yield model._meta.label


def _is_personal(field: models.Field | models.ForeignObjectRel) -> bool:
    if isinstance(field, EmailAddressField):
        return True
    return isinstance(field, models.ForeignKey) and field.related_model is Registration
