"""Other apps that keep personal data under an address: they give it out and erase it with the registrations'."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Holder:
    """``data`` returns what is kept under an address as JSON, ``erase`` erases it and returns how many rows."""

    name: str
    data: Callable[[str], list[dict[str, Any]]]
    erase: Callable[[str], int]


holders: list[Holder] = []
