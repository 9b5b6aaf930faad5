from typing import Any

from django.core.management.base import BaseCommand, CommandError

from verkosto.core.encryption import UnreadableValue
from verkosto.registrations import conf
from verkosto.registrations.privacy.rotation import rotate_sensitive_answers


class Command(BaseCommand):
    help = (
        "Encrypt all sensitive answers with the first of SENSITIVE_ANSWERS_KEYS: after adding a key, and once after "
        "switching encryption on. The site may run meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not conf.sensitive_answers_keys():
            raise CommandError("SENSITIVE_ANSWERS_KEYS is empty: there is no key to encrypt with.")
        try:
            number = rotate_sensitive_answers()
        except UnreadableValue as error:
            raise CommandError(f"Stopped: {error} Add the key with which they were encrypted.") from error
        self.stdout.write(f"Encrypted the sensitive answers of {number} persons.")
