"""The registry of who keeps personal data under an email address besides the registrations.

An installed app adds its holders through the hook ``register_verkosto_personal_data``, which returns a list of
``PersonalDataHolder``: a data subject request then exports and erases its data with the registrations.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from wagtail import hooks


@dataclass(frozen=True)
class PersonalDataHolder:
    """``data`` returns what is kept under an address as JSON; ``erase`` erases it and returns how many rows."""

    name: str
    data: Callable[[str], list[dict[str, Any]]]
    erase: Callable[[str], int]


@cache
def personal_data_holders() -> list[PersonalDataHolder]:
    """Return the holders of all installed apps."""
    return [holder for hook in hooks.get_hooks("register_verkosto_personal_data") for holder in hook()]
