from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from verkosto.core.blocks import BodyBlock


class BodyField(StreamField):
    """A page's body.

    It is built from :class:`BodyBlock` when it is first used, and goes into
    migrations without its blocks, so that an app may add a block without a
    migration in the apps that have pages.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("verbose_name", _("body"))
        super().__init__(BodyBlock, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
