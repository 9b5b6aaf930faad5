from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.first_site import start_site


class Command(BaseCommand):
    help = (
        "Start an empty site: a published home page in each language, the address from SITE_URL, groups with rights, "
        "and an administrator. Run again, it only adds what is missing and sets the address."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--name", default=settings.WAGTAIL_SITE_NAME, help="the name of the site")
        parser.add_argument("--languages", default=",".join(codes), help="codes from LANGUAGES, separated by commas")
        parser.add_argument("--default", default=settings.LANGUAGE_CODE, help="the language that is translated from")
        parser.add_argument("--admin", default="admin", help="user name of the administrator, if there is none yet")
        parser.add_argument("--email", default="", help="email address of the administrator")
        parser.add_argument(
            "--noinput", action="store_true", help="take the administrator's password from DJANGO_SUPERUSER_PASSWORD"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        languages = [code.strip() for code in options["languages"].split(",") if code.strip()]
        unknown = {options["default"], *languages} - {code for code, _name in settings.LANGUAGES}
        if unknown:
            raise CommandError(
                f"Not in LANGUAGES: {', '.join(sorted(unknown))}. Set LANGUAGES in the environment first."
            )
        created = start_site(name=options["name"], languages=languages, default=options["default"])
        self.stdout.write("The site is created." if created else "The site was there; its address and rights are set.")
        if not get_user_model().objects.filter(is_superuser=True).exists():
            call_command(
                "createsuperuser",
                username=options["admin"],
                email=options["email"] or None,
                interactive=not options["noinput"],
            )
        self.stdout.write(f"{settings.SITE_URL}/ and {settings.SITE_URL}/admin/")
