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
    """A text input that suggests the directory's names (datalist) and takes any other name too."""

    template_name = "verkosto_registrations/widgets/organisation.html"

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-list"
        context["widget"]["attrs"]["list"] = list_id
        language = get_language() or ""
        names = sorted(known[language] for known in directory_names().values() if language in known)
        return {**context, "list_id": list_id, "names": names}


class Organisation(QuestionType):
    """The registrant's organisation. Stored as {"key", "name"}: the translation key of the directory's entry, or ""."""

    name = "organisation"
    label = _("Organisation")
    icon = "group"
    is_personal = True
    # It counts the places of the registration's organisation; guests have a field of their own for theirs.
    can_ask_each = False
    widget = OrganisationWidget
    autocomplete = "organization"
    missing_message = _("Enter the name of your organisation.")

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
        """Return the directory's name in the language if it has one, otherwise the name as it was typed."""
        if not isinstance(stored, dict):
            return str(stored)
        names = directory_names().get(stored["key"], {}) if stored.get("key") else {}
        return names.get(language or get_language() or "") or str(stored.get("name", ""))


def directory_names() -> dict[str, dict[str, str]]:
    """Return the directory's organisations as {translation key: {language: name}}. Cached until content changes."""
    return cached(_directory_names, "directory-names")


def _directory_names() -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {}
    rows = DirectoryOrganisation.objects.values_list("translation_key", "locale__language_code", "name")
    for key, language, name in rows.order_by("pk"):
        names.setdefault(str(key), {})[language] = name
    return names


def pool_key(stored: dict[str, str]) -> str:
    """Return the key of the pool that counts an organisation's places.

    It is made from the directory's translation key, or else from the letters and digits of the name in lower case.
    """
    if stored.get("key"):
        return f"directory:{stored['key']}"
    name = "".join(character for character in stored.get("name", "").casefold() if character.isalnum())
    return f"name:{name}" if len(name) <= 60 else f"name:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
