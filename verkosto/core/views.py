from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from verkosto.core.constellation_image import stored_constellation
from verkosto.core.locales import public_pages
from verkosto.core.view_restrictions import public_q


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def constellation_image(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return the constellation of a public page as a PNG; 404 for any other key. One query.

    It never changes, so it is drawn once, and cached for a year.
    """
    if not public_pages().filter(public_q(), translation_key=key).exists():
        raise Http404
    return HttpResponse(stored_constellation(str(key)), content_type="image/png")
