"""What Prometheus reads, and who may."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from verkosto.operations import metrics
from verkosto.registrations.models import Message

pytestmark = pytest.mark.django_db


def read(token: str) -> Any:
    return Client().get("/metrics", headers={"authorization": f"Bearer {token}"})


@pytest.mark.parametrize(("token", "given", "status"), [("", "", 404), ("abc", "", 404), ("abc", "abd", 404)])
def test_nobody_reads_figures_without_the_token(settings: Any, token: str, given: str, status: int) -> None:
    settings.VERKOSTO_METRICS_TOKEN = token
    answer = read(given)
    assert (answer.status_code, b"# TYPE" in answer.content) == (status, False)


def test_figures_say_how_the_site_is_and_name_nobody(well: None, settings: Any) -> None:
    settings.VERKOSTO_METRICS_TOKEN = "abc"
    Message.objects.create(recipient="aino@example.fi", language="fi", kind="x", state="failed")
    Client().get("/healthz?name=aino")
    Client().get("/en/nobody/aino/")
    text = read("abc").content.decode()
    assert 'verkosto_health{check="failed_messages"} 1.0' in text
    assert 'verkosto_health{check="database"} 0.0' in text
    assert "verkosto_messages_failed 1.0" in text
    assert 'verkosto_request_seconds_count{method="GET",route="healthz",status="2xx"}' in text
    assert "aino" not in text
    names = [line.partition(" ")[0].partition("{")[0] for line in text.splitlines() if not line.startswith("#")]
    assert {name for name in names if not re.fullmatch(r"verkosto_[a-z_]+", name)} == set()
    assert "no-store" in read("abc")["Cache-Control"]


def test_unknown_methods_and_views_have_one_label() -> None:
    request = RequestFactory().generic("BREW", "/tea/")
    metrics.MetricsMiddleware(lambda request: HttpResponse(status=418))(request)
    assert b'route="none",status="4xx"' in metrics.text()
    assert b"BREW" not in metrics.text()
