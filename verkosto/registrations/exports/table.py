"""The part of an export that the CSV and XLSX formats use."""

from collections.abc import Iterator
from typing import Protocol

from verkosto.registrations.questions.types.base import Cell


class Table(Protocol):
    """A header and rows. The rows are read from the database while the file is written."""

    @property
    def header(self) -> list[str]: ...

    def rows(self) -> Iterator[list[Cell]]: ...
