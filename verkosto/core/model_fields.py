"""Model fields that more than one app uses."""

from typing import Any

from django import forms
from django.db import models
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string

from verkosto.core.email_addresses import normalise_email, validate_email_address
from verkosto.core.form_fields import EmailAddressFormField
from verkosto.core.text import clean_name


class EmailAddressField(models.EmailField):
    """An email address that is normalised (``normalise_email``) when it is assigned, saved or looked up.

    In migrations it is an ordinary ``EmailField``.
    """

    default_validators = [validate_email_address]

    def to_python(self, value: object) -> object:
        return _normalised(super().to_python(value))

    def get_prep_value(self, value: object) -> object:
        return _normalised(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> object:
        value = _normalised(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": EmailAddressFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", list(args), kwargs


def _normalised(value: object) -> object:
    return normalise_email(value) if isinstance(value, str) else value


class NameField(models.CharField):
    """A name without invisible characters (``clean_name``). In migrations it is an ordinary ``CharField``."""

    def to_python(self, value: object) -> object:
        return _clean(super().to_python(value))

    def get_prep_value(self, value: object) -> object:
        return _clean(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> object:
        value = _clean(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", list(args), kwargs


def _clean(value: object) -> object:
    return clean_name(value) if isinstance(value, str) else value


class ImageForeignKey(models.ForeignKey):
    """A relation to the project's image model (``WAGTAILIMAGES_IMAGE_MODEL``). Migrations do not name the model."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("to", get_image_model_string())
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["to"]
        return name, path, list(args), kwargs


class DocumentForeignKey(models.ForeignKey):
    """A relation to the project's document model (``WAGTAILDOCS_DOCUMENT_MODEL``). Migrations do not name the model."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("to", get_document_model_string())
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["to"]
        return name, path, list(args), kwargs
