from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import QuerySet


class NumberedPage(Page):
    """A page of a list that may have hundreds."""

    @property
    def visible_range(self) -> Iterator[int | str]:
        """The numbers to link to: all of up to ten pages, else the first, the near and the last, with ellipses between."""
        numbers: Iterator[int | str] = self.paginator.get_elided_page_range(self.number)
        return numbers


class NumberedPaginator(Paginator):
    def _get_page(self, *args: Any, **kwargs: Any) -> NumberedPage:
        return NumberedPage(*args, **kwargs)


def paginate(items: QuerySet[models.Model] | Sequence[object], number: str | None, *, per_page: int) -> Page:
    """Return one page of the items: the first if the number is not valid, the last if it is too large."""
    digits = number if number and number.isascii() and number.isdigit() and len(number) < 7 else "1"
    return NumberedPaginator(items, per_page).get_page(digits)
