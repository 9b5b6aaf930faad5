"""The style sheets of the installed apps, to which the neutral base template links.

An app adds its own with the hook ``register_verkosto_stylesheets``: a function that returns paths below ``STATIC_URL``.
"""

from wagtail import hooks

HOOK = "register_verkosto_stylesheets"


def stylesheets() -> list[str]:
    """Return the paths of all sheets, each once, in the hook's order: what others build on comes first."""
    return list(dict.fromkeys(path for register in hooks.get_hooks(HOOK) for path in register()))
