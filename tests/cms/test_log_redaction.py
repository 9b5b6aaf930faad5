import logging
import sys

from cms.log_redaction import RedactPersonalData


def test_tokens_and_addresses_stay_out_of_the_logs() -> None:
    token = "x" * 43
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "Not Found: %s %s", (f"/fi/manage/{token}/", "eva@example.fi"), None
    )
    assert RedactPersonalData().filter(record)
    assert record.getMessage() == "Not Found: /fi/manage/[…]/ […]"


def test_common_paths_stay_readable() -> None:
    path = "/fi/tapahtumat/pohjoismainen-verkostopaiva-2026/"
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (path,), None)
    RedactPersonalData().filter(record)
    assert record.getMessage() == f"Not Found: {path}"


def test_traceback_tells_no_row() -> None:
    name = "Eva Esimerkki"  # apart, as a traceback shows the line of the source
    try:
        raise ValueError(f"one an address\nDETAIL:  Key (email)=(eva@example.fi) of {name} exists.")
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Failed", None, sys.exc_info())
    RedactPersonalData().filter(record)
    written = logging.Formatter().format(record)
    assert "ValueError: one an address\nDETAIL: […]" in written
    assert name not in written
