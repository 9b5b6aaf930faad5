from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from verkosto.core.share import share_figure


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def share_figure_png(request: HttpRequest, key: UUID) -> HttpResponse:
    """The constellation of a key as a picture: it never changes."""
    return HttpResponse(share_figure(str(key)), content_type="image/png")
