"""``make bench``: compare pages, registrations, exports and translation with the simplest Wagtail equivalents in one run.

Only the ratios are meaningful, because absolute figures vary with the load of the machine. Each measurement is taken
right after its reference, several times; the median of the ratios is printed with the minimum and the maximum. Give
section names to run only those. Runs on PostgreSQL if it can be started, else on SQLite.
"""

import argparse
import os
import platform
import shutil
import sys
import time
from datetime import UTC, datetime

from bench import api, digests, exports, grouping, growth, localisation, pages, search, signups
from bench.figures import print_table
from bench.site import temporary_site

SECTIONS = ("pages", "signups", "exports", "localisation", "grouping", "growth", "search", "digests", "api")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--workers", type=int, default=2, help="processes of the web server")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2, help="of each measurement of a page")
    parser.add_argument("--few", type=int, default=200, help="events of the short list")
    parser.add_argument("--many", type=int, default=10_000, help="events of the long list")
    parser.add_argument("--forms", type=int, default=60, help="forms a round")
    parser.add_argument("--form-rounds", type=int, default=9)
    parser.add_argument("--places", type=int, default=50)
    parser.add_argument("--crowd", type=int, default=80, help="visitors who send the form at the same moment")
    parser.add_argument("--bursts", type=int, default=2)
    parser.add_argument("--registrations", type=int, default=100_000)
    parser.add_argument("--few-registrations", type=int, default=200, help="of the desk that grows, at first")
    parser.add_argument("--many-registrations", type=int, default=200_000, help="of the desk that grows, at last")
    parser.add_argument("--export-rounds", type=int, default=3)
    parser.add_argument("--few-followers", type=int, default=500)
    parser.add_argument("--followers", type=int, default=10_000)
    parser.add_argument(
        "--pages", type=int, default=10_000, help="pages that are searched, and pages in each of three languages"
    )
    parser.add_argument("--tree", type=int, default=500, help="pages of the tree that is submitted")
    return parser.parse_args()


def main() -> int:
    """Run the sections on a temporary database. Return 1 if a budget is exceeded, else 0."""
    options = arguments()
    chosen = options.sections or SECTIONS
    started, kept = time.monotonic(), True
    with temporary_site() as site:
        print(
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
            f"Python {platform.python_version()}, {site.database}, {options.workers} workers, "
            f"{'wrk' if shutil.which('wrk') else 'Python clients, which limit the rate of cached pages: install wrk'}"
        )
        site.manage("migrate", "--verbosity=0")
        if {"pages", "signups"} & {*chosen}:
            built = site.run_json("content", "build", options.few, options.many, options.places, options.bursts)
        if "pages" in chosen:
            kept &= print_table("Pages", pages.measure(site, built, options))
        if "signups" in chosen:
            kept &= print_table("Sign-ups", signups.measure(site, built, options))
        if "exports" in chosen:
            kept &= print_table("Exports", exports.measure(site, options))
        if "localisation" in chosen:
            kept &= print_table("Translation", localisation.measure(site, options))
        if "grouping" in chosen:
            kept &= print_table("Group forming", grouping.measure(options))
        if "growth" in chosen:
            kept &= print_table("Growth", growth.measure(site, options))
        if "search" in chosen:
            kept &= print_table("Search", search.measure(site, options))
        if "api" in chosen:
            kept &= print_table("API", api.measure(site, options))
        if "digests" in chosen:
            kept &= print_table("Digests", digests.measure(site, options))
    print(f"\n{(time.monotonic() - started) / 60:.0f} minutes, load {os.getloadavg()[0]:.1f} at the end.")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
