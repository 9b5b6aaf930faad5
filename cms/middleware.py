"""What every answer carries, and which requests are refused before anything reads them."""

from collections.abc import Callable
from itertools import chain

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse


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
