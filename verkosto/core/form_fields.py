"""Form fields that clean the text that people write."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from verkosto.core.email_addresses import normalise_email, readable_email, validate_email_address
from verkosto.core.text import clean_line, clean_name, clean_text, has_visible_character, holds_web_address

refuse_null_characters = ProhibitNullCharactersValidator()


class LineField(forms.CharField):
    """One line of text. Text without a visible character counts as empty."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value) or ""
        refuse_null_characters(text)  # people do not type them, and PostgreSQL cannot store them
        return self._cleaned(text)

    def _cleaned(self, text: str) -> str:
        cleaned = clean_line(text)
        return cleaned if has_visible_character(cleaned) else ""


class LinesField(LineField):
    """Several lines of text, for a ``Textarea``."""

    widget = forms.Textarea

    def _cleaned(self, text: str) -> str:
        cleaned = clean_text(text).strip()
        return cleaned if has_visible_character(cleaned) else ""


class NameField(LineField):
    """A person's name. A web address in it is refused, because the site's mails would send it to other people."""

    def _cleaned(self, text: str) -> str:
        return clean_name(text)

    def validate(self, value: str) -> None:
        super().validate(value)
        refuse_web_address(value)


class EmailAddressFormField(forms.EmailField):
    """An email address, stored in one form whichever way it is typed (``normalise_email``)."""

    default_validators = [validate_email_address]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)  # RFC 5321 §4.5.3.1.3, without the angle brackets
        messages = {"required": _("Enter an email address."), **kwargs.pop("error_messages", {})}
        super().__init__(error_messages=messages, **kwargs)

    def to_python(self, value: object) -> str:
        return normalise_email(super().to_python(value) or "")

    def prepare_value(self, value: object) -> object:
        """Show a stored address as people write it."""
        return readable_email(value) if isinstance(value, str) else value


def refuse_web_address(name: str) -> None:
    """Raise ValidationError for a name that holds an address of the web."""
    if holds_web_address(name):
        raise ValidationError(_("Enter a name without web addresses."), code="web_address")
