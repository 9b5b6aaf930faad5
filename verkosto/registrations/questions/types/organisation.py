import uuid
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from verkosto.core.content_cache import cached
from verkosto.core.text import clean_name
from verkosto.directory.models import Organisation as DirectoryOrganisation
from verkosto.registrations.questions.types.base import QuestionType

if TYPE_CHECKING:
    from verkosto.registrations.models.question import Question


class OrganisationWidget(forms.TextInput):
    """A line with the directory's names as suggestions (datalist), and any other name as the way out."""

    template_name = "verkosto_registrations/widgets/organisation.html"

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-list"
        context["widget"]["attrs"]["list"] = list_id
        language = get_language() or ""
        names = sorted(known[language] for known in directory_names().values() if language in known)
        return {**context, "list_id": list_id, "names": names}


class Organisation(QuestionType):
    """Stored as {"key": the directory's translation key, "name"} or {"key": "", "name": free text}."""

    name = "organisation"
    label = _("Organisation")
    icon = "group"
    widget = OrganisationWidget
    autocomplete = "organization"

    def field_options(self, question: "Question") -> dict[str, object]:
        return {"max_length": 200}

    def answer(self, question: "Question", cleaned: str) -> dict[str, str]:
        name = clean_name(cleaned)
        wanted = name.casefold()
        for key, names in directory_names().items():
            if any(known.casefold() == wanted for known in names.values()):
                return {"key": key, "name": name}
        return {"key": "", "name": name}

    def initial(self, question: "Question", stored: object) -> str:
        return str(stored.get("name", "")) if isinstance(stored, dict) else str(stored or "")

    def display(self, question: "Question", stored: object, language: str | None) -> str:
        """The directory's name in the language where it has one: exports and mails read alike in every language."""
        if not isinstance(stored, dict):
            return str(stored)
        names = directory_names().get(stored["key"], {}) if stored.get("key") else {}
        return names.get(language or get_language() or "") or str(stored.get("name", ""))


def directory_names() -> dict[str, dict[str, str]]:
    """The directory's organisations: {translation key: {language: name}}. One query until something changes."""
    return cached(_directory_names, "directory-names")


def _directory_names() -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {}
    rows = DirectoryOrganisation.objects.values_list("translation_key", "locale__language_code", "name")
    for key, language, name in rows.order_by("pk"):
        names.setdefault(str(key), {})[language] = name
    return names


def pool_key(stored: dict[str, str]) -> str:
    """The key by which places of one organisation are counted: the directory's, or the name without case and spaces."""
    if stored.get("key"):
        return f"directory:{stored['key']}"
    name = "".join(character for character in stored.get("name", "").casefold() if character.isalnum())
    return f"name:{name}" if len(name) <= 60 else f"name:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
