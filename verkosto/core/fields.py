from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from verkosto.core.blocks import BodyBlock


class BodyField(StreamField):
    """The body of a page, a StreamField of `BodyBlock`.

    Migrations store it without its blocks, so that an installed app can add a block without a migration in the apps
    that define page types.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("verbose_name", _("body"))
        super().__init__(BodyBlock, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
