"""What clients of LinkedEvents read, and how they name it."""

from typing import Any

from django.test import Client
from wagtail.models import Page, PageViewRestriction

from verkosto.core.sites import site_url

BASE = "/linkedevents/v1/"
EVENTS = f"{BASE}event/"
WITH_ALL = "?include=location,keywords"


def ref(kind: str, identifier: object) -> dict[str, str]:
    return {"@id": f"{site_url()}{BASE}{kind}/{identifier}/"}


def own(row: Any) -> str:
    return f"verkosto:{row.translation_key}"


def read(client: Client, path: str, **headers: str) -> Any:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, (path, answer.content)
    return answer.json()


def names(client: Client, query: str) -> list[str]:
    return [each["name"]["fi"] for each in read(client, f"{EVENTS}?sort=name&{query}")["data"]]


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")
