"""The base template of every public page: the one that the project's settings name, or else a neutral one."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

DEFAULT = "verkosto_core/base.html"
_used = ContextVar("base_template", default="")


def base_template() -> str:
    """Return the name of the base template: the one in use, the setting ``VERKOSTO_BASE_TEMPLATE``, or the neutral one."""
    return _used.get() or getattr(settings, "VERKOSTO_BASE_TEMPLATE", DEFAULT)


@contextmanager
def use_base_template(name: str) -> Iterator[None]:
    """Show pages with another base template, such as one for frames."""
    before = _used.set(name)
    try:
        yield
    finally:
        _used.reset(before)


def base_context() -> dict[str, str]:
    """Return the context that ``verkosto_core/page.html`` needs. Every view whose template extends it adds this."""
    return {"verkosto_base": base_template()}
