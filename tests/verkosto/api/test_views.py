"""The OpenAPI document, and the page that shows it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.models import HomePage


def test_document_names_every_list(client: Client, homes: dict[str, HomePage]) -> None:
    answer = client.get("/api/v1/openapi.json")
    document = answer.json()
    assert (document["openapi"], answer["Content-Type"]) == ("3.1.0", "application/json")
    names = {"events", "series", "venues", "topics", "networks", "news"}
    assert {f"/api/v1/{name}" for name in names} <= set(document["paths"])
    assert {f"/api/v1/{name}/{{id}}" for name in names} <= set(document["paths"])
    problems = document["paths"]["/api/v1/events"]["get"]["responses"]["422"]["content"]
    assert list(problems) == ["application/problem+json"]


@pytest.mark.parametrize("language", ["fi", "en"])
def test_page_shows_the_document(client: Client, homes: dict[str, HomePage], language: str) -> None:
    answer = client.get("/api/v1/", headers={"Accept-Language": language})
    assert (answer.status_code, answer["Content-Language"], answer["Vary"]) == (200, "en", "Accept-Encoding")
    page = BeautifulSoup(answer.content, "html.parser")
    document = client.get("/api/v1/openapi.json").json()
    shown = {code.text for code in page.select("section > p > code")}
    assert shown == {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    assert page.html
    assert page.html["lang"] == "en"
    assert not [element for element in page.select("script, style") if not element.get("src")]
