"""Measure pages of the production-like site with Lighthouse, as on a phone: ``make lighthouse``.

Lighthouse loads each page three times and simulates a slow network and processor (its "mobile" settings); the run with the
median performance counts. Node's npx fetches it. Its failed audits are listed; a missed goal is an exit code of 1.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

VERSION = "12.8.2"  # the newest for Node 20
RUNS = 3
SECONDS = 300  # for one run on a busy machine
ATTEMPTS = 3  # Chromium's trace of a page is sometimes incomplete
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: Goals: scores of the categories, seconds until the largest contentful paint, and kilobytes without pictures.
MIN_PERFORMANCE, MIN_OTHERS, MAX_PAINT, MAX_SIZE = 99, 100, 1.8, 100
PAGES = {
    "home": "home",
    "events": "events",
    "event with form": "event.theme-day",
    "network": "network.management-forum",
}


@dataclass(frozen=True)
class Run:
    """One report of Lighthouse."""

    report: dict[str, Any]

    def score(self, category: str) -> int:
        """Return the score of a category, 0 to 100."""
        return round((self.report["categories"][category]["score"] or 0) * 100)

    @property
    def paint(self) -> float:
        """The seconds until the largest contentful paint."""
        return float(self.report["audits"]["largest-contentful-paint"]["numericValue"]) / 1000

    @property
    def size(self) -> float:
        """The kilobytes that were transferred, without pictures."""
        requests = self.report["audits"]["network-requests"]["details"]["items"]
        return sum(each.get("transferSize", 0) for each in requests if each.get("resourceType") != "Image") / 1000

    def failures(self) -> Iterator[str]:
        """Yield the audits with a score below 0.9 that count in a category."""
        for name in CATEGORIES:
            for reference in self.report["categories"][name]["auditRefs"]:
                audit = self.report["audits"][reference["id"]]
                if audit["score"] is not None and audit["score"] < 0.9 and reference.get("group") != "hidden":
                    yield f"{name}: {audit['id']}: {audit['title']} {audit.get('displayValue', '')}".rstrip()

    def misses(self) -> list[str]:
        """Return the goals that are missed."""
        goals = {
            "performance": self.score("performance") >= MIN_PERFORMANCE,
            "largest contentful paint": round(self.paint, 1) <= MAX_PAINT,
            "size": self.size <= MAX_SIZE,
            **{name: self.score(name) >= MIN_OTHERS for name in CATEGORIES[1:]},
        }
        return [name for name, is_reached in goals.items() if not is_reached]


def measure(url: str, browser_arguments: list[str], folder: Path) -> Run:
    """Return the median of the runs by performance."""
    runs = [_run(url, browser_arguments, folder / f"{number}.json") for number in range(RUNS)]
    return sorted(runs, key=lambda run: (run.score("performance"), -run.paint))[RUNS // 2]


def _run(url: str, browser_arguments: list[str], target: Path) -> Run:
    from tests.services import chromium  # app registry

    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", *browser_arguments]
    command = [
        *("npx", "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--output=json", f"--output-path={target}"),
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(_quoted(flag) for flag in flags)}",
    ]
    environment = os.environ | {"CHROME_PATH": str(chromium())}
    for attempt in range(1, ATTEMPTS + 1):
        done = subprocess.run(command, env=environment, timeout=SECONDS, stdout=subprocess.DEVNULL)
        if done.returncode == 0:
            return Run(json.loads(target.read_text()))
        print(f"Lighthouse failed, attempt {attempt} of {ATTEMPTS}.", file=sys.stderr)
    raise RuntimeError(f"Lighthouse could not measure {url}.")


def _quoted(flag: str) -> str:
    name, equals, value = flag.partition("=")
    return f'{name}="{value}"' if equals else name


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.production.lighthouse", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PAGES, default=list(PAGES), help="the pages to measure")
    parser.add_argument("--reports", type=Path, help="a folder for Lighthouse's own reports")
    arguments = parser.parse_args()
    return measure_pages(arguments.only, arguments.reports)


def measure_pages(names: Collection[str], reports: Path | None) -> int:
    """Print the table of these pages and what is missed. Return the exit code."""
    from tests import services  # app registry
    from tests.production.net import browser_options  # app registry
    from tests.production.site import running  # app registry

    print("| Page | Performance | Accessibility | Best practices | SEO | LCP | Without pictures |", flush=True)
    print("|---|---|---|---|---|---|---|", flush=True)
    notes: list[str] = []
    missed = False
    with tempfile.TemporaryDirectory() as name, services.postgresql() as postgresql, services.redis() as redis:
        assert postgresql, "PostgreSQL is missing"
        assert redis, "Redis is missing"
        folder = Path(name)
        (folder / "site").mkdir()
        with running(folder / "site", postgresql, redis) as site:
            for label in names:
                run = measure(site.url + site.path(PAGES[label], "fi"), browser_options(site), folder)
                scores = " | ".join(str(run.score(category)) for category in CATEGORIES)
                print(f"| {label} | {scores} | {run.paint:.1f} s | {run.size:.0f} kB |", flush=True)
                if reports:
                    reports.mkdir(parents=True, exist_ok=True)
                    (reports / f"{label}.json").write_text(json.dumps(run.report))
                missed |= bool(run.misses())
                notes += [f"{label}: missed: {goal}" for goal in run.misses()]
                notes += [f"{label}: {failure}" for failure in run.failures()]
    print("\n".join(notes))
    return int(missed)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    sys.exit(main())
