from typing import ClassVar

from django.http import HttpRequest
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail.search import index

from verkosto.core.base_template import base_context
from verkosto.core.constraints import ConstraintErrorsByField
from verkosto.core.stored_texts import StoredTextsMixin


class Entry(StoredTextsMixin, ConstraintErrorsByField, PreviewableMixin, index.Indexed, TranslatableMixin):
    """A directory entry: one row for each language, with a common ``translation_key``."""

    #: Whether pages that refer to an entry show its name, so that searches for the name find them.
    is_named_on_pages: ClassVar[bool] = True

    always_checked = frozenset({"id", "locale"})

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return f"verkosto_directory/{self._meta.model_name}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {**super().get_preview_context(request, mode_name), **base_context(), "entry": self}
