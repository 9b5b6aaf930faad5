"""Model fields that more than one app uses."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower


class EmailAddressField(models.EmailField):
    """An e-mail address that is also looked up without its case: ``email__lower=address.lower()``.

    The lookup uses an index on ``Lower("email")``. To migrations it is an ordinary ``EmailField``.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", list(args), kwargs


EmailAddressField.register_lookup(Lower)
