"""The pages of errors that nobody can cause on purpose, as their views write them."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from home import views
from verkosto.registrations.public.views.queue import queue_page

LANGUAGES = ("fi", "sv", "en")


def error_pages() -> dict[str, str]:
    """Return the HTML of each error page in each language, by name."""
    return {name: response.content.decode() for name, response in _responses()}


def _responses() -> Iterator[tuple[str, HttpResponse]]:
    for language in LANGUAGES:
        visit = RequestFactory().get(f"/{language}/")
        form = RequestFactory().post(f"/{language}/", {"name": "Kim Esimerkki"})
        with override(language):
            yield f"error-400-{language}", views.bad_request(visit, ValueError())
            yield f"error-403-{language}", views.forbidden(visit, ValueError())
            yield f"error-csrf-{language}", views.csrf_failure(form)
            yield f"error-500-{language}", views.server_error(visit)
            yield f"queue-{language}", queue_page(form)
