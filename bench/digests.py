"""One run of digests to 10,000 followers: how long it takes, and how much more memory than one to 500."""

from __future__ import annotations

import argparse

from bench.figures import Budget, Figure, single
from bench.site import Site

SECONDS, MEMORY, TWICE = Budget(60, unit="s"), Budget(20, unit="MiB"), Budget(0)


def measure(site: Site, options: argparse.Namespace) -> list[Figure]:
    """Return the time and the memory of the run, and how many people got two emails."""
    found = site.run_json("digest_run", options.few_followers, options.followers)
    return [
        single(f"digests to {options.followers:,} followers", found["seconds"], "s", SECONDS, 1),
        single("  memory beyond a run to few", found["memory"], "MiB", MEMORY, 1),
        single("  emails written", found["written"], ""),
        single("  followers with two emails", found["twice"], "", TWICE),
    ]
