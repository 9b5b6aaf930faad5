"""Find the rows of the demo by key and language."""

import uuid
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model
from wagtail.models import Locale, Page

from cms.demo.declarations import LANGUAGES, Node

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://verkosto.example.fi/demo/")


def stable_key(*path: object) -> uuid.UUID:
    """Return the same UUID for the same path in every load, so that a second load finds the rows of the first."""
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in path))


class Nodes:
    """The declared nodes and their rows in the database."""

    def __init__(self, declared: Iterable[Node]) -> None:
        self.declared: dict[str, Node] = {node.key: node for node in declared}
        self.locales: dict[str, Locale] = {
            code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES
        }
        self._found: dict[tuple[str, str], Model] = {}

    def model(self, key: str) -> type[Model]:
        return apps.get_model(self.declared[key].model)

    def find(self, key: str, language: str) -> Model | None:
        """Return the page or snippet in the language, or None if it does not exist."""
        if (key, language) not in self._found:
            row = (
                self.model(key)
                ._default_manager.filter(translation_key=stable_key(key), locale=self.locales[language])
                .first()
            )
            if row is None:
                return None
            self._found[key, language] = row
        return self._found[key, language]

    def get(self, key: str, language: str) -> Model:
        """Return the page or snippet in the language. Raises LookupError if it does not exist."""
        row = self.find(key, language)
        if row is None:
            raise LookupError(f"The demo has no {key} in {language} yet")
        return row

    def page(self, key: str, language: str) -> Page:
        """Return the page, read again, because its position in the tree may have changed."""
        self._found.pop((key, language), None)
        page = self.get(key, language)
        assert isinstance(page, Page)  # noqa: S101 - narrows the type
        return page
