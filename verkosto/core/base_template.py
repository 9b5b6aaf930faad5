"""The template around every public page: the host's own where the settings name it, else a neutral one."""

from django.conf import settings

DEFAULT = "verkosto_core/base.html"


def base_template() -> str:
    """Return the name of the base template: the setting ``VERKOSTO_BASE_TEMPLATE``, or the neutral one."""
    return getattr(settings, "VERKOSTO_BASE_TEMPLATE", DEFAULT)


def base_context() -> dict[str, str]:
    """Return what ``verkosto_core/page.html`` needs in the context of every template that extends it."""
    return {"verkosto_base": base_template()}
