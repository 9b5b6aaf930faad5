"""Settings of a site in which things break: production's, without limits for clients that are all on one machine.

``FAULTS_CLOCK`` are seconds by which the clock of a process is wrong. While the file ``FAULTS_FULL`` exists, the disk of
private files is full.
"""

import errno
import os
import time
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from cms.settings.production import *  # noqa: F403 - a settings family
from cms.settings.production import STORAGES, VAR_DIR, env

REGISTRATION_LIMITS = {"address": "", "address_unproven": ""}
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "cms.static_files.StaticFilesStorage"},
    "private": {
        "BACKEND": "tests.faults.settings.SmallDisk",
        "OPTIONS": {"location": VAR_DIR / "private", "base_url": None},
    },
}


class SmallDisk(FileSystemStorage):
    """A folder whose disk may be full."""

    def _save(self, name: str, content: Any) -> str:
        if Path(os.environ["FAULTS_FULL"]).exists():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return str(super()._save(name, content))


if wrong_by := env.float("FAULTS_CLOCK", default=0.0):
    # Before the models are loaded: their defaults are these functions.
    true_time, true_now = time.time, timezone.now
    time.time = lambda: true_time() + wrong_by
    timezone.now = lambda: true_now() + timezone.timedelta(seconds=wrong_by)
