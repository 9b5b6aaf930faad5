"""Model fields that more than one app uses."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string


class EmailAddressField(models.EmailField):
    """An e-mail address that is also looked up without its case: ``email__lower=address.lower()``.

    The lookup uses an index on ``Lower("email")``. To migrations it is an ordinary ``EmailField``.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", list(args), kwargs


EmailAddressField.register_lookup(Lower)


class ImageForeignKey(models.ForeignKey):
    """A relation to the project's image model (``WAGTAILIMAGES_IMAGE_MODEL``), which no migration names."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("to", get_image_model_string())
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["to"]
        return name, path, list(args), kwargs


class DocumentForeignKey(models.ForeignKey):
    """A relation to the project's document model (``WAGTAILDOCS_DOCUMENT_MODEL``), which no migration names."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("to", get_document_model_string())
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["to"]
        return name, path, list(args), kwargs
