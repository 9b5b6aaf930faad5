"""The migrations of each release. From 0.1.0 on they are added, never rewritten: sites have run them."""

import hashlib
import json
from pathlib import Path

from django.conf import settings

ROOMS = ("cms", "home", "network_pages", "event_pages", "verkosto")
RELEASED = Path(__file__).with_name("released.json")

Digests = dict[str, str]  # of each migration, by its path


def current(root: Path) -> Digests:
    """Return the digest of each migration in the rooms of a checkout."""
    files = sorted(path for room in ROOMS for path in root.glob(f"{room}/**/migrations/[0-9]*.py"))
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rewritten(releases: dict[str, Digests], now: Digests) -> list[str]:
    """Return the migrations of releases that have been changed or removed since, each with its release."""
    return [
        f"{version}: {path}"
        for version, digests in releases.items()
        for path, digest in digests.items()
        if now.get(path) != digest
    ]


def released() -> dict[str, Digests]:
    releases: dict[str, Digests] = json.loads(RELEASED.read_text())
    return releases


def record(version: str) -> None:
    """Record today's migrations as those of a release."""
    releases = released() | {version: current(settings.BASE_DIR)}
    RELEASED.write_text(json.dumps(releases, indent=1, sort_keys=True) + "\n")
