"""What every answer carries, and which requests are refused before anything reads them."""

import tempfile
from collections.abc import Callable
from itertools import chain
from wsgiref.util import FileWrapper

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

PORTION = 64 * 1024  # bytes that leave at once
MARKED = ("HTTP/1.1", "HTTP/2.0")  # protocols in which gunicorn marks the end of an answer of unknown length


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The public site's policy, and beside it the admin's own."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(reverse("wagtailadmin_home")):
            # A preview shows the public page inside the admin: its nonce would switch 'unsafe-inline' off.
            parts.config, parts.nonce = settings.CONTENT_SECURITY_POLICY_ADMIN, None
        return parts


class RefuseNullBytesMiddleware:
    """Answers 400 to a NUL in the path, the query or a cookie: PostgreSQL cannot store or look one up.

    Forms refuse it in their own fields, with a message beside the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = chain(request.GET, *(values for _, values in request.GET.lists()))
        if any("\0" in text for text in chain([request.path_info], query, request.COOKIES.values())):
            raise BadRequest("NUL byte")
        return self.get_response(request)


class StreamLengthMiddleware:
    """Gives a streamed answer its length where nothing else on the connection marks its end.

    An answer that ends where the connection does, as over HTTP/1.0, looks complete wherever it is cut; nginx speaks
    HTTP/1.0 to us unless told otherwise. There the answer is first written to a file without a name, and sent with a
    ``Content-Length``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            isinstance(response, StreamingHttpResponse)
            and not response.has_header("Content-Length")
            and request.method != "HEAD"
            and not marks_the_end(request)
        ):
            measure(response)
        return response


def marks_the_end(request: HttpRequest) -> bool:
    """Whether the server marks the end of an answer of unknown length; of servers other than gunicorn nothing is known."""
    software = request.META.get("SERVER_SOFTWARE", "")
    return software.startswith("gunicorn") and request.META.get("SERVER_PROTOCOL") in MARKED


def measure(response: StreamingHttpResponse) -> None:
    """Writes the answer to a file that only this process can open, and has it sent from there with its length."""
    file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - closed with the answer
    try:
        for part in response:
            file.write(part)
        response["Content-Length"] = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    response.streaming_content = FileWrapper(file, PORTION)
