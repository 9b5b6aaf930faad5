"""The own texts of emails at desks."""

from cms.demo.content.letters import LETTERS
from cms.demo.declarations import LANGUAGES
from cms.demo.loader.nodes import stable_key
from verkosto.registrations.models import Desk, EmailTemplate

PARTS = ("subject", "greeting", "body", "signature", "postscript")


def make_letters() -> None:
    """Give the desks their own texts where they have none yet."""
    for letter in LETTERS:
        desk = Desk.objects.filter(translation_key=stable_key(letter.page)).first()
        for language in LANGUAGES if desk else ():
            texts = {part: getattr(letter, part)[language] for part in PARTS}
            key = {"desk": desk, "kind": letter.kind, "language": language}
            EmailTemplate.objects.get_or_create(**key, defaults=texts)
