"""Write every kind of mail in every language as an HTML file: ``python -m tests.pictures.mails FOLDER``, in a site."""

import json
import sys
from pathlib import Path

import django

django.setup()

from verkosto.registrations.admin.mail_previews import example_registration, preview_mail  # noqa: E402 - app registry
from verkosto.registrations.mail.kinds import mail_kinds  # noqa: E402 - app registry
from verkosto.registrations.models import Desk, Message  # noqa: E402 - app registry

LANGUAGES = ("fi", "sv", "en")


def main(folder: Path) -> None:
    desk = Desk.objects.exclude(starts_at=None).order_by("pk").first()
    assert desk, "the site has no desk"
    written = []
    for name in mail_kinds():
        for language in LANGUAGES:
            registration = example_registration(desk, language)
            message = Message(
                kind=name, language=language, desk=desk, registration=registration, recipient="a@example.fi"
            )
            path = folder / f"{name}-{language}.html"
            path.write_text(preview_mail(message).html)
            written.append(str(path))
    print(json.dumps(written))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
