import os
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path

from cms.urls import urlpatterns as of_the_site
from verkosto.registrations.exports.csv import stream_csv

ROWS = 120_000  # 18 MB: more than the buffers of two sockets and a proxy take


class LongExport:
    """As many registrations as a large event has, without a database."""

    header = ["Reference", "Name", "E-mail", "Organisation", "Answer"]

    def rows(self) -> Iterator[list[Any]]:
        for number in range(ROWS):
            yield [f"R{number:06}", "Aino Virtanen", f"aino.{number}@example.fi", "=Kunta", "Åäö, " * 12]


def content() -> Iterator[bytes]:
    return stream_csv(LongExport())  # type: ignore[arg-type]  # what a stream reads of an export


def long_export(request: HttpRequest) -> StreamingHttpResponse:
    """The file, and in a header the process that sends it."""
    return StreamingHttpResponse(content(), content_type="text/csv", headers={"X-Worker": os.getpid()})


urlpatterns = [path("long-export.csv", long_export), *of_the_site]
