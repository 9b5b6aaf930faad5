"""The operations page: what it shows, to whom, with how many queries."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.utils import timezone

from verkosto.core import health
from verkosto.core.health import Finding, HealthCheck, Status, worst
from verkosto.registrations.models import Message
from verkosto.webhooks.models import Endpoint

URL = "/admin/operations/"


@pytest.fixture
def operator(db: None, django_user_model: Any) -> Client:
    """Somebody who may see the page and nothing else."""
    user = django_user_model.objects.create_user("operator", "operator@example.fi", "x")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_operations"]))
    client = Client()
    client.force_login(user)
    return client


def test_page_says_what_needs_something_done_and_where(well: None, operator: Client) -> None:
    Message.objects.create(recipient="aino@example.fi", language="fi", kind="x", state="failed")
    html = operator.get(URL, headers={"accept-language": "en"}).content.decode()
    ill, _, fine = html.partition("The rest works")
    assert "1 part needs you" in ill
    assert "1 message could not be sent." in ill
    assert 'href="/admin/registrations/messages/?state=failed"' in ill
    assert "Needs attention" in ill
    assert "Free places that nobody confirmed in time" in fine
    assert "aino" not in html


def test_page_of_a_site_that_works_says_so(well: None, operator: Client) -> None:
    html = operator.get(URL, headers={"accept-language": "en"}).content.decode()
    assert "Everything works." in html
    assert "Needs attention" not in html


def test_page_is_for_those_with_the_permission(well: None, operator: Client, django_user_model: Any) -> None:
    assert "/admin/operations/" in operator.get("/admin/").content.decode()
    editor = django_user_model.objects.create_user("editor", "editor@example.fi", "x")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(editor)
    assert client.get(URL).status_code == 302
    assert "/admin/operations/" not in client.get("/admin/").content.decode()
    assert Client().get(URL).status_code == 302


def test_page_asks_as_many_queries_for_thirty_as_for_one(
    well: None, operator: Client, django_assert_num_queries: Any
) -> None:
    def make(number: int) -> None:
        Message.objects.bulk_create(
            Message(recipient="a@example.fi", language="fi", kind="x", state="failed") for _ in range(number)
        )
        Endpoint.objects.bulk_create(
            Endpoint(name=str(n), url="https://a.example.fi/", failures=1, failing_since=timezone.now())
            for n in range(number)
        )

    make(1)
    operator.get(URL)
    for _ in range(2):
        with django_assert_num_queries(37 if connection.vendor == "sqlite" else 39):  # the time and pg_trgm
            operator.get(URL)
        make(29)


def test_check_that_fails_is_shown_as_a_finding(well: None, operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Finding:
        raise RuntimeError("secret of a driver")

    checks = [HealthCheck("ill", "Driver", fail, url_name="no_such_view", url_label="Look")]
    monkeypatch.setattr(health, "health_checks", lambda: checks)
    html = operator.get(URL, headers={"accept-language": "en"}).content.decode()
    assert "This could not be checked (RuntimeError)." in html
    assert "secret of a driver" not in html
    assert "Look" not in html


def test_worst_of_findings() -> None:
    findings = [Finding(Status.ATTENTION, "a"), Finding(Status.OK, "b"), Finding(Status.FAILED, "c")]
    assert [worst(findings), worst(findings[:2]), worst([])] == [Status.FAILED, Status.ATTENTION, Status.OK]
