from wagtail import hooks

from verkosto.core.stylesheets import HOOK


@hooks.register(HOOK, order=-100)  # every other sheet builds on these
def stylesheets() -> list[str]:
    return [
        f"verkosto_core/css/{name}.css"
        for name in ("theme", "base", "layout", "navigation", "components", "lists", "blocks")
    ]
