"""Finds what the demo has made: by its key, in a language."""

import uuid
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model
from wagtail.models import Locale, Page

from cms.demo.declare import LANGUAGES, Node

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://verkosto.example.fi/demo/")


def stable_key(*path: object) -> uuid.UUID:
    """The same UUID for the same path in every load, so that a second load finds what the first one made."""
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in path))


class Library:
    """The declared nodes and their rows in the database."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes: dict[str, Node] = {node.key: node for node in nodes}
        self.locales: dict[str, Locale] = {
            code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES
        }
        self._found: dict[tuple[str, str], Model] = {}

    def model(self, key: str) -> type[Model]:
        return apps.get_model(self.nodes[key].model)

    def find(self, key: str, language: str) -> Model | None:
        """The page or snippet in the language, or None while it has no row there."""
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
        row = self.find(key, language)
        if row is None:
            raise LookupError(f"The demo has no {key} in {language} yet")
        return row

    def page(self, key: str, language: str) -> Page:
        """The page fresh from the database: the tree may have changed since."""
        self._found.pop((key, language), None)
        page = self.get(key, language)
        assert isinstance(page, Page)  # noqa: S101 - narrows the type
        return page
