"""What the spreadsheet formats need of an export."""

from collections.abc import Iterator
from typing import Protocol

from verkosto.registrations.questions.types.base import Cell


class Table(Protocol):
    """A header and rows, read as they are written."""

    @property
    def header(self) -> list[str]: ...

    def rows(self) -> Iterator[list[Cell]]: ...
