from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import QuerySet


def paginate(items: QuerySet[models.Model] | Sequence[object], number: str | None, *, per_page: int) -> Page:
    """Return one page of the items: the first if the number is not valid, the last if it is too large."""
    digits = number if number and number.isascii() and number.isdigit() and len(number) < 7 else "1"
    return Paginator(items, per_page).get_page(digits)
