from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


def page_of(items: QuerySet[Any] | Sequence[Any], number: str | None, *, per_page: int) -> Page:
    """One page of the items; what is no number gives the first page, a number past the end the last one."""
    digits = number if number and number.isascii() and number.isdigit() and len(number) < 7 else "1"
    return Paginator(items, per_page).get_page(digits)
