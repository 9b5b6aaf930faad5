from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from verkosto.localisation.workflow.notifications import write_digests


class Command(BaseCommand):
    help = "Writes the daily mail to every translator; to be run once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{write_digests()} digests")
