"""Panels of the page editor that appear when they apply.

Wagtail's own controller ``w-rules`` hides and shows them; it stands on the tabs of the editor. Without JavaScript every
panel is visible. ``static/verkosto_core/js/editor-fields.js`` keeps a panel visible that has an error.
"""

from __future__ import annotations

import json

#: The attributes of the element around the panels. The second action is Wagtail's own for tabs.
TABS_ATTRIBUTES = {
    "data-controller": "w-tabs w-rules",
    "data-action": "popstate@window->w-tabs#select change->w-rules#resolve",
}


def shown_if(*, match: str = "all", **values: tuple[str, ...]) -> dict[str, str]:
    """Return the attributes of a panel that is shown if fields have certain values, as the browser sends them.

    ``match`` is "all", "any" or "not". A checked box has the value "on".
    """
    rules = json.dumps({name: list(accepted) for name, accepted in values.items()})
    return {"data-w-rules-target": "show", "data-w-rules": rules, "data-w-rules-match": match}


def shown_if_or_filled(*, match: str = "all", **values: tuple[str, ...]) -> dict[str, str]:
    """Return the attributes of a panel that also stays visible while one of its fields is filled in."""
    return {**shown_if(match=match, **values), "data-shown-while-filled": ""}
