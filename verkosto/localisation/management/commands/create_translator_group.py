from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Locale

from verkosto.localisation.permissions.groups import create_groups


class Command(BaseCommand):
    help = "Create the groups of one language: its translators and its reviewers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="a language code: sv")

    def handle(self, *args: Any, **options: Any) -> None:
        locale = Locale.objects.filter(language_code=options["code"]).first()
        if locale is None:
            raise CommandError(f"There is no locale {options['code']}: run add_locale first.")
        for group in create_groups(locale):
            self.stdout.write(group.name)
