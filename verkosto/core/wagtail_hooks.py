from wagtail import hooks

from verkosto.core import publish_guards
from verkosto.core.copied_dates import move_copied_dates
from verkosto.core.copy_messages import name_copy
from verkosto.core.stylesheets import HOOK


@hooks.register(HOOK, order=-100)  # every other sheet builds on these
def stylesheets() -> list[str]:
    return [
        f"verkosto_core/css/{name}.css"
        for name in ("theme", "base", "layout", "navigation", "components", "lists", "blocks")
    ]


# Before the hooks that ask whether to go on.
hooks.register("before_publish_page", publish_guards.refuse_publishing, order=-10)
hooks.register("before_bulk_action", publish_guards.refuse_bulk_publishing, order=-10)
hooks.register("after_copy_page", move_copied_dates)
hooks.register("after_copy_page", name_copy)
hooks.register("register_log_actions", publish_guards.register_log_action)
