"""Requests to the LinkedEvents server whose address the operator has set."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

from verkosto.core.http_client import RequestFailed, Response, send
from verkosto.linked_events import conf
from verkosto.linked_events.documents.base import Document

USER_AGENT = "Verkosto-LinkedEvents/1"
MOST_PAGES, PAGE_SIZE = 10, 100


def write(method: str, path: str, body: Document | None = None) -> Response:
    """Send a change, with the key of this site. Return the response, whatever its status. Raises RequestFailed."""
    headers = {"Accept": "application/json", "User-Agent": USER_AGENT, "apikey": conf.api_key()}
    content = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        content = json.dumps(body, ensure_ascii=False).encode()
    return send(method, f"{conf.server_url()}{path}", limits=conf.limits(), headers=headers, body=content)


def read(path: str) -> Document:
    """Return an object that the server has. Raises RequestFailed for any other response."""
    headers = {"Accept": "application/json", "User-Agent": USER_AGENT}
    response = send("GET", f"{conf.server_url()}{path}", limits=conf.limits(), headers=headers)
    try:
        found = json.loads(response.content) if response.status == 200 else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RequestFailed(f"The answer was {response.status}, and not what was asked for.")
    return found


def read_places(text: str) -> list[Document]:
    """Return the places whose name or street has a text, at most ``MOST_PAGES`` pages of them. Raises RequestFailed."""
    found: list[Document] = []
    for page in range(1, MOST_PAGES + 1):
        query = {"text": text, "show_all_places": "true", "page_size": PAGE_SIZE, "page": page}
        listed = read(f"place/?{urlencode(query)}")
        data, meta = listed.get("data"), listed.get("meta")
        if not isinstance(data, list) or not isinstance(meta, dict):
            raise RequestFailed("The answer is not a list of places.")
        found += [each for each in data if isinstance(each, dict)]
        if not meta.get("next"):
            break
    return found


def read_place(identifier: str) -> Document:
    """Return a place. Raises RequestFailed if there is none."""
    return read(f"place/{quote(identifier, safe=':')}/")
