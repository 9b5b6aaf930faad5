"""The language of a page: the one that its reader has chosen in the admin."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.localization import get_localized_response


def in_own_language(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a view answer in the language and time zone of the account that asks; a visitor's browser says the language."""

    @wraps(view)
    def localised(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = get_localized_response(view, request, *args, **kwargs)
        return response

    return localised
