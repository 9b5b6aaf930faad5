"""Write every kind of mail in every language as an HTML file: ``python -m tests.pictures.mails FOLDER``, in a site."""

import json
import sys
from pathlib import Path

import django

django.setup()

from cms.demo.loader.nodes import stable_key  # noqa: E402 - app registry
from tests.journeys.signing_up import OPEN  # noqa: E402 - app registry
from verkosto.registrations.admin.mail_previews import (  # noqa: E402 - app registry
    example_context,
    example_registration,
    preview_mail,
)
from verkosto.registrations.mail.kinds import mail_kinds  # noqa: E402 - app registry
from verkosto.registrations.models import Desk, Message  # noqa: E402 - app registry

LANGUAGES = ("fi", "sv", "en")
#: What the apps fill in when they write their mails.
WRITTEN = {
    "subject": "Materials of the day",
    "body": "Thank you for the day.\n\nThe slides are on the event page.",
    "network": "Management forum",
    "partners": "Agency of Examples, City of Example",
    "theme": "Leading change",
    "webhook": "Customer register",
    "problem": "503 Service Unavailable",
    "news": "Theme day on leadership: 3 new registrations",
}


def main(folder: Path) -> None:
    desk = Desk.objects.get(translation_key=stable_key(OPEN))
    written = []
    for name in mail_kinds():
        for language in LANGUAGES:
            registration = example_registration(desk, language)
            message = Message(
                kind=name,
                language=language,
                desk=desk,
                registration=registration,
                recipient="a@example.fi",
                context=WRITTEN | example_context(desk, language),
            )
            path = folder / f"{name}-{language}.html"
            path.write_text(preview_mail(message).html)
            written.append(str(path))
    print(json.dumps(written))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
