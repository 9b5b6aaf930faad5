from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from verkosto.localisation.workflow.notifications import write_digests


class Command(BaseCommand):
    help = "Send the daily email to every translator. Run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{write_digests()} digests")
