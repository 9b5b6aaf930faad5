from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms import catalogues


class Command(BaseCommand):
    help = "Compile the translated catalogues without gettext's tools, or check them (which needs xgettext)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail on gaps and drift")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        root = settings.BASE_DIR
        paths = catalogues.catalogues(root)
        if not check:
            done = sum(map(catalogues.compile_catalogue, paths))
            self.stdout.write(f"{done} of {len(paths)} catalogues compiled.")
            return
        found = [f"{path.relative_to(root)}: {line}" for path in paths for line in catalogues.problems(path)]
        found += catalogues.drift(root, [code for code, _ in settings.LANGUAGES])
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} problems in the catalogues.")
        self.stdout.write(f"{len(paths)} catalogues are complete.")
