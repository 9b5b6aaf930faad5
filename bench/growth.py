"""The admin's views at a desk of 200,000 registrations, compared with the same views at 200."""

from __future__ import annotations

import argparse

from bench.figures import Budget, Figure
from bench.site import Site

QUERIES, SLOWER = Budget(30), Budget(5, unit="×")


def measure(site: Site, options: argparse.Namespace) -> list[Figure]:
    """Return for each view its seconds and queries with many registrations, next to those with few."""
    found = site.run_json("admin_views", options.few_registrations, options.many_registrations)
    figures = []
    for name, (few, many) in found.items():
        ratio = many["seconds"] / few["seconds"]
        figures += [
            Figure(
                name,
                f"{many['seconds']:.3f} s",
                f"{few['seconds']:.3f} s with few",
                f"{ratio:.1f} ×",
                SLOWER,
                SLOWER.holds(ratio),
            ),
            Figure(
                f"{name}: queries",
                f"{many['queries']}",
                f"{few['queries']} with few",
                "",
                QUERIES,
                QUERIES.holds(many["queries"]),
            ),
        ]
    return figures
