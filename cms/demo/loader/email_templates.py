"""The own texts of emails at desks."""

from cms.demo.content.email_templates import EMAIL_TEMPLATES
from cms.demo.declarations import LANGUAGES
from cms.demo.loader.nodes import stable_key
from verkosto.registrations.models import Desk, EmailTemplate

PARTS = ("subject", "greeting", "body", "signature", "postscript")


def make_email_templates() -> None:
    """Give the desks their own texts where they have none yet."""
    for template in EMAIL_TEMPLATES:
        desk = Desk.objects.filter(translation_key=stable_key(template.page)).first()
        for language in LANGUAGES if desk else ():
            texts = {part: getattr(template, part)[language] for part in PARTS}
            key = {"desk": desk, "kind": template.kind, "language": language}
            EmailTemplate.objects.get_or_create(**key, defaults=texts)
