"""Searches of a site with 10,000 pages, compared with the floor page."""

from __future__ import annotations

import argparse

from bench.figures import Budget, Figure, compared, single
from bench.site import Site

SLOWER, QUERIES = Budget(5, unit="×"), Budget(30)


def measure(site: Site, options: argparse.Namespace) -> list[Figure]:
    """Return for each search its seconds next to those of the floor page, and its queries."""
    figures = []
    for name, found in site.run_json("search_pages", options.pages).items():
        own, floor = found["seconds"], found["floor"]
        figures.append(compared(name, own, floor, "s", beside="s of the floor", budget=SLOWER, places=4))
        first = compared(
            "  the first after a change", found["first"], floor[:3], "s", beside="s of the floor", places=4
        )
        figures.append(first)
        figures.append(single(f"{name}: queries", found["queries"][0], "", QUERIES))
    return figures
