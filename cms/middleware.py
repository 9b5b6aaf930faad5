"""Headers of every response, and requests that are refused before a view reads them."""

import logging
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import chain
from wsgiref.util import FileWrapper

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import get_language
from wagtail.images.models import SourceImageIOError

from cms.malformed_requests import is_malformed

logger = logging.getLogger(__name__)
CHUNK_SIZE = 64 * 1024  # bytes
LARGEST_BODY = 32 * 1024 * 1024  # bytes; more is not read in vain
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/atom+xml",
    "application/rss+xml",
    "application/feed+json",
)
SELF_DELIMITING = ("HTTP/1.1", "HTTP/2.0")  # with these gunicorn marks the end of a response of unknown length


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Set the content security policy of the public site, and a separate one for the admin."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        staff_paths = (reverse("wagtailadmin_home"), reverse("account_login").removesuffix("login/"))
        if not report_only and request.path_info.startswith(staff_paths):
            # A preview renders a public page inside the admin. Its nonce would disable 'unsafe-inline'.
            parts.config, parts.nonce = settings.CONTENT_SECURITY_POLICY_ADMIN, None
        return parts


class RedirectToLanguageMiddleware(LocaleMiddleware):
    """Redirect a visitor who leaves out the language of a page, and nobody else.

    Django redirects every 404 to the same path below the language, also one that a view of the admin has answered, and
    the redirect of a POST loses what was sent.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and (request.resolver_match or request.method not in ("GET", "HEAD")):
            response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
            return response
        if "Content-Language" in response:  # its address says the language: nothing has been negotiated
            return response
        return super().process_response(request, response)


class RefuseNullBytesMiddleware:
    """Return status 400 for a NUL byte in the path, the query or a cookie: PostgreSQL cannot store it.

    Form fields refuse it themselves, with a message next to the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = chain(request.GET, *(values for _, values in request.GET.lists()))
        if any("\0" in text for text in chain([request.path_info], query, request.COOKIES.values())):
            raise BadRequest("NUL byte")
        return self.get_response(request)


class RefuseMalformedFormsMiddleware(MiddlewareMixin):
    """Return status 400 for a form that no browser sends: cut off, or with other content in a field that scripts fill.

    Wagtail's editor reads the numbers of blocks and rows and the JSON of rich text without asking whether they are any.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if is_malformed(request, exception):
            raise BadRequest("malformed form") from exception


class MissingImagesMiddleware(MiddlewareMixin):
    """Return status 404 where the file of an image is missing or damaged, and log it.

    Backups restored in part leave such rows. Pages show a placeholder themselves; Wagtail's previews and choosers fail.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, SourceImageIOError):
            logger.error("The file of an image is missing or damaged: %s", exception)
            raise Http404 from exception


class ReadWholeRequestMiddleware:
    """Read what the view has left of a request's body before the response is sent.

    A connection that is closed with unread data is reset, and the response may be lost with it (RFC 9112 §9.6): nginx
    then sends 502 instead of our refusal.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) <= LARGEST_BODY:
            with suppress(OSError):  # the client has gone
                while request.read(CHUNK_SIZE):
                    pass
        return response


class CompressTextMiddleware(GZipMiddleware):
    """Compress pages and other texts. Django pads them at random, so that their length tells no secret (BREACH).

    What is streamed is a file to save; its length, or its end, has to stay visible.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith(COMPRESSIBLE):
            return response
        return super().process_response(request, response)


class LeaveOutBodyMiddleware:
    """Answer HEAD with the headers alone (RFC 9110 §9.3.2), with the length that the answer to GET has.

    Django leaves this to the server; gunicorn drops the body as well, but logs a warning for each answer that has one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_head = request.method == "HEAD"
        response = self.get_response(request)
        if is_head and isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()  # a file behind it is closed with the response
        elif is_head and isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class StreamLengthMiddleware:
    """Set the ``Content-Length`` of a streamed response if nothing else marks its end.

    A response whose end is the end of the connection, as with HTTP/1.0, looks complete even if it was cut off. nginx
    uses HTTP/1.0 towards us by default. Such a response is first written to an anonymous file.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            isinstance(response, StreamingHttpResponse)
            and not response.has_header("Content-Length")
            and request.method != "HEAD"
            and not end_is_marked(request)
        ):
            set_length(response)
        return response


def end_is_marked(request: HttpRequest) -> bool:
    """Return whether the server marks the end of a response of unknown length. Known for gunicorn only."""
    software = request.META.get("SERVER_SOFTWARE", "")
    return software.startswith("gunicorn") and request.META.get("SERVER_PROTOCOL") in SELF_DELIMITING


def set_length(response: StreamingHttpResponse) -> None:
    """Write the response to an anonymous file, and send it from there with its length."""
    file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - closed with the response
    try:
        for part in response:
            file.write(part)
        response["Content-Length"] = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    response.streaming_content = FileWrapper(file, CHUNK_SIZE)
