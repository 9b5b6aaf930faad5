"""Addresses that scripts ask: any method, query and JSON body. No OpenAPI description of them exists."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

from tests.fuzz.texts import FACTOR, texts, values

#: Parts of the keys of addresses that answer JSON, or read it.
SCRIPTS = (
    "api", "status", "check_in", "editing_sessions", "dismissibles", "preview_on", "workflow_action", "set_page_position",
    "edit_string", "edit_override", "block_preview", "autocomplete", "chosen", "places", "challenge", "healthz", "readyz",
    "multiple", "local_override(", "string(", "script_catalogue",
)  # fmt: skip
PARAMETERS = (
    "q", "p", "page", "id", "limit", "offset", "fields", "type", "order", "search", "child_of", "descendant_of",
    "ancestor_of", "translation_of", "locale", "for_explorer", "has_children", "term", "position", "comment", "files[]",
    "attendance", "reference", "workflow-action-extra-data", "is_editing", "revision_id", "next", "results", "format",
    "page_type", "allow_external_link", "target_pages", "match_subclass", "collection_id", "month", "ordering", "export",
    "instance_of", "user_perms", "multiple", "name", "title",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
bodies: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), values),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.sampled_from(PARAMETERS), texts), inner, max_size=3)
    ),
    max_leaves=6,
)
queries = st.dictionaries(st.sampled_from(PARAMETERS), values, max_size=4)


def is_asked(key: str) -> bool:
    """Return whether an address is one for scripts; with ``FUZZ`` each is asked as if it were."""
    return FACTOR > 1 or any(part in key for part in SCRIPTS)


@st.composite
def requests(draw: Any, path: str) -> dict[str, Any]:
    """Draw a request as ``Client.generic`` takes it."""
    method = draw(st.sampled_from(["POST", "GET", "PUT", "PATCH", "DELETE"]))
    query = encoded({name: value.replace("\0", "") for name, value in draw(queries).items()})
    asked = {
        "method": method,
        "path": f"{path}{'&' if '?' in path else '?'}{query}",
        "headers": {"accept": "application/json"},
    }
    if method == "GET":
        return asked
    if draw(st.booleans()):
        return {**asked, "data": encoded(draw(queries)), "content_type": FORM}
    return {**asked, "data": json.dumps(draw(bodies)), "content_type": "application/json"}


def encoded(pairs: dict[str, str]) -> str:
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs.items())
