from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from verkosto.core.constellation_image import constellation_png


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def constellation_image(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return the constellation of a key as a PNG. It never changes, so it is cached for a year."""
    return HttpResponse(constellation_png(str(key)), content_type="image/png")
