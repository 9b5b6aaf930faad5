import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from verkosto.core.health import Status
from verkosto.operations.doctor import Diagnosis, diagnose

MARKS = {Status.OK: "OK", Status.ATTENTION: "NEEDS ATTENTION", Status.FAILED: "DOES NOT WORK"}


class Command(BaseCommand):
    help = "Check the running site, and say in plain words what is wrong and what to do. Exits with 1 if anything is."
    requires_system_checks = []  # they are part of what it says
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one object on each line, for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = diagnose()
        for diagnosis in found:
            self.stdout.write(
                json.dumps(asdict(diagnosis), ensure_ascii=False) if options["json"] else self._text(diagnosis)
            )
        wrong = [diagnosis for diagnosis in found if diagnosis.status != Status.OK]
        if not options["json"]:
            self.stdout.write(f"\n{len(wrong)} of {len(found)} need something done." if wrong else "\nAll is well.")
        if wrong:
            sys.exit(1)

    def _text(self, diagnosis: Diagnosis) -> str:
        name = f" ({diagnosis.name})" if diagnosis.label == "Settings" else ""
        line = f"{MARKS[diagnosis.status]}  {diagnosis.label}{name}: {diagnosis.summary}"
        if diagnosis.status == Status.OK:
            return self.style.SUCCESS(line)
        return self.style.ERROR(line) + (f"\n    {diagnosis.advice}" if diagnosis.advice else "")
