"""``make bench``: page rates and sign-ups beside the plainest that Wagtail can do, all in one run.

Only the ratios mean something: a machine's own figures swing with its load. Every page is measured right after the
floor, several times, and the median of the ratios is printed. On PostgreSQL where one can be started, else on SQLite.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import localisation, visitors
from tests import services

ROOT = Path(__file__).resolve().parents[1]
BUDGETS = {"event list": 0.5, "home": 0.6, "event": 0.6, "event with its form": 0.6, "sign-up": 0.9}
CACHED = "the same, from the cache"
BUDGETS[CACHED] = 12
AS_MADE = "?made=anew"  # a query that pages do not know is never kept


def content(environment: dict[str, str], *arguments: object) -> Any:
    """What ``bench.content`` answers, in a process of its own."""
    command = [sys.executable, "-m", "bench.content", *map(str, arguments)]
    output = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


def serve(environment: dict[str, str], stack: ExitStack, workers: int) -> str:
    """Starts gunicorn and waits until it answers; returns its origin."""
    port = services.free_port()
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{port}", f"--workers={workers}"]
    server = subprocess.Popen([*command, "--log-level=error"], cwd=ROOT, env=environment)
    stack.callback(server.wait, 60)
    stack.callback(server.terminate)
    origin = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while not (services.answers("127.0.0.1", port) and visitors.ask(origin, "GET", "/healthz")[0] == 200):
        if time.monotonic() > deadline or server.poll() is not None:
            raise RuntimeError("The server does not start.")
        time.sleep(0.2)
    return origin


def row(name: str, ratio: float, rate: float, unit: str) -> str:
    """One line of the table."""
    budget = BUDGETS.get(name)
    verdict = "" if budget is None else f"at least {budget:.2f}  {'holds' if ratio >= budget else 'FAILS'}"
    return f"{name:<24}{rate:>9.1f} {unit:<8}{ratio:>8.2f}  {verdict}"


def measure(options: argparse.Namespace, environment: dict[str, str], stack: ExitStack) -> bool:
    """Prints the table; returns whether no desk had one place too many or too few."""
    built = content(environment, "build", options.events, options.places, options.bursts)
    origin = serve(environment, stack, options.workers)
    paths: dict[str, str] = built["paths"]
    pages = [name for name in paths if name not in ("floor", "plain form")]
    for path in [*paths.values()] * 3 * options.workers:  # the first pages of a process are slow
        if (status := visitors.ask(origin, "GET", path)[0]) != 200:
            raise RuntimeError(f"{path}: {status}")

    addresses = {name: paths[name] + AS_MADE for name in pages} | {CACHED: paths["event with its form"]}
    pages = [*addresses]
    rates: dict[str, list[float]] = {name: [] for name in ["floor", *pages]}
    ratios: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(options.rounds):
        for name in pages:
            floor = visitors.page_rate(origin, paths["floor"], options.seconds)
            rate = visitors.page_rate(origin, addresses[name], options.seconds)
            rates["floor"].append(floor)
            rates[name].append(rate)
            ratios[name].append(rate / floor)
    print(f"{'':<24}{'rate':>9} {'':<8}{'× floor':>8}  budget")
    print(row("floor", 1.0, statistics.median(rates["floor"]), "pages/s"))
    for name in pages:
        print(row(name, statistics.median(ratios[name]), statistics.median(rates[name]), "pages/s"))

    plain, ours, compared = [], [], []
    for number in range(options.rounds):
        first = number * options.forms
        plain.append(visitors.form_rate(origin, paths["plain form"], options.forms, first, good=200))
        ours.append(visitors.form_rate(origin, f"/fi/registrations/{built['open']}/", options.forms, first, good=302))
        compared.append(ours[-1] / plain[-1])
    print(f"\n{'':<24}{'rate':>9} {'':<8}{'× plain':>8}  budget")
    print(row("plain Wagtail form", 1.0, statistics.median(plain), "forms/s"))
    print(row("sign-up", statistics.median(compared), statistics.median(ours), "forms/s"))

    print(f"\nOver-booking: {options.crowd} visitors at once for {options.places} places")
    exact = True
    for key in built["bursts"]:
        answers = visitors.burst(origin, f"/fi/registrations/{key}/", options.crowd)
        confirmed = content(environment, "taken", key)[0]
        exact = exact and confirmed == options.places and not any(status >= 500 for status in answers)
        print(f"  confirmed {confirmed}, answers {dict(answers)}")
    print("  exact" if exact else "  NOT EXACT")
    return exact


def main() -> int:
    """Runs everything on a database of its own, and removes it."""
    if sys.argv[1:2] == ["localisation"]:
        return localisation.main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--forms", type=int, default=120, help="forms a round")
    parser.add_argument("--places", type=int, default=50)
    parser.add_argument("--crowd", type=int, default=80)
    parser.add_argument("--bursts", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2, help="processes of the web server")
    options = parser.parse_args()
    with ExitStack() as stack:
        given = os.environ.pop("DATABASE_URL", None)
        if given:
            print("A database of its own is used, not the one of DATABASE_URL.")
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="verkosto-bench-"))
        database = stack.enter_context(services.postgresql()) or f"sqlite:///{folder}/bench.sqlite3"
        print(f"Measuring on {database.partition(':')[0]}, {options.events} events.\n", flush=True)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": database,
            "MEDIA_STORAGE_URL": f"file://{folder}/media",
        }
        return 0 if measure(options, environment, stack) else 1


if __name__ == "__main__":
    sys.exit(main())
