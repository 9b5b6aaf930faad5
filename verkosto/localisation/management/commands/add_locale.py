from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.coreutils import get_content_languages

from verkosto.localisation.workflow.new_locales import add_locale, submit_everything


class Command(BaseCommand):
    help = "Add a language of WAGTAIL_CONTENT_LANGUAGES to the site: its locale, its tree's root and its groups."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="a language code of WAGTAIL_CONTENT_LANGUAGES: da")

        parser.add_argument(
            "--submit", action="store_true", help="submit every page for translation, whatever its original language"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["code"]
        if code not in get_content_languages():
            raise CommandError(f"{code} is not in LANGUAGES: add it to the settings first.")
        locale, roots, groups = add_locale(code)
        self.stdout.write(f"{locale.get_display_name()}: {len(roots)} root page(s), {len(groups)} groups")
        if options["submit"]:
            submitted, failed = submit_everything(locale)
            self.stdout.write(f"{submitted} page(s) submitted for translation")
            for line in failed:
                self.stderr.write(line)
