"""The OpenAPI document is valid, the API does what it says, and a client can be generated from it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from schemathesis import GenerationMode

from event_pages.models import EventPage
from tests.verkosto.api.conftest import bearer
from verkosto.registrations.models import Registration

DOCUMENT = "/api/v1/openapi.json"
EXAMPLES = 2  # of each operation and mode, always the same


@pytest.fixture
def site() -> Iterator[WSGIHandler]:
    """The site as a web server calls it, within the transaction of the test, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_document_is_valid(client: Client, event: EventPage) -> None:
    validate(client.get(DOCUMENT).json(), cls=OpenAPIV31SpecValidator)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "malformed"])
def test_answers_are_those_of_the_document(
    event: EventPage, token: str, site: WSGIHandler, mode: GenerationMode
) -> None:
    """No 5xx, no status, header or content that the document does not name; what is malformed is refused."""
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, site)
    problems = (problem_of(found.ok(), event, token, mode) for found in schema.get_all_operations())
    assert [problem for problem in problems if problem] == []


def problem_of(operation: Any, event: EventPage, token: str, mode: GenerationMode) -> str:
    """Ask with generated requests. Return what an answer does against the document; "" for nothing."""

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(data=st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if mode == GenerationMode.POSITIVE and "id" in case.path_parameters and data.draw(st.booleans()):
            case.path_parameters["id"] = str(event.translation_key)
        case.call_and_validate(headers=bearer(token, **{"Accept-Encoding": "identity"}))

    try:
        ask()
    except (Exception, BaseExceptionGroup) as failure:
        return f"{operation.label}: {failure}"
    return ""


def test_generated_client_lists_events_and_registers_somebody(
    event: EventPage,
    token: str,
    site: WSGIHandler,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With openapi-python-client, as a system in Python would."""
    transport = httpx.WSGITransport(app=site)
    public_http = httpx.Client(base_url="http://localhost", transport=transport)
    (tmp_path / "openapi.json").write_text(public_http.get(DOCUMENT).text)
    (tmp_path / "settings.yaml").write_text(
        "post_hooks: []\nproject_name_override: site\npackage_name_override: site_api\n"
    )
    command = [
        *(str(Path(sys.executable).with_name("openapi-python-client")), "generate", "--meta", "none"),
        *("--path", "openapi.json", "--config", "settings.yaml", "--output-path", "site_api", "--fail-on-warning"),
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.syspath_prepend(tmp_path)
    site_api = import_module("site_api")
    list_events = import_module("site_api.api.events.list_events")
    add_registration = import_module("site_api.api.registrations.add_registration")
    models = import_module("site_api.models")

    public = site_api.Client("http://localhost").set_httpx_client(public_http)
    listed = list_events.sync(client=public)
    assert [(item.title, item.id) for item in listed.items] == [("Webinaari", event.translation_key)]

    own = site_api.AuthenticatedClient("http://localhost", token).set_httpx_client(
        httpx.Client(base_url="http://localhost", transport=transport, headers=bearer(token))
    )
    person = models.NewRegistration(
        name="Aino Esimerkki", email="aino@example.fi", language=models.NewRegistrationLanguage("fi")
    )
    outcome = add_registration.sync(event.translation_key, client=own, body=person, idempotency_key="avain-0001")
    registration = Registration.objects.get()
    assert (outcome.reference, registration.email) == (registration.reference, "aino@example.fi")
