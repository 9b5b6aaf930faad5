"""The base template of every public page: the one that the project's settings name, or else a neutral one."""

from django.conf import settings

DEFAULT = "verkosto_core/base.html"


def base_template() -> str:
    """Return the name of the base template: the setting ``VERKOSTO_BASE_TEMPLATE``, or the neutral one."""
    return getattr(settings, "VERKOSTO_BASE_TEMPLATE", DEFAULT)


def base_context() -> dict[str, str]:
    """Return the context that ``verkosto_core/page.html`` needs. Every view whose template extends it adds this."""
    return {"verkosto_base": base_template()}
