"""The links between the pages of a long list."""

import re

import pytest
from django.template.loader import render_to_string

from verkosto.core.pagination import paginate


@pytest.mark.parametrize(
    ("count", "number", "shown"),
    [
        (3, "2", "1 2 3"),
        (10, "1", "1 2 3 4 5 6 7 8 9 10"),
        (500, "1", "1 2 3 4 … 499 500"),
        (500, "250", "1 2 … 247 248 249 250 251 252 253 … 499 500"),
        (500, "9999", "1 2 … 497 498 499 500"),
    ],
)
def test_pages_near_the_current_one_and_at_both_ends_have_links(count: int, number: str, shown: str) -> None:
    page = paginate(range(count), number, per_page=1)

    html = render_to_string("verkosto_core/components/pagination.html", {"items": page, "query": ""})

    assert re.findall(r"(\d+|…)</(?:a|span)>", html) == shown.split()
    assert html.count('aria-current="page"') == 1
