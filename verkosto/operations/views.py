"""What monitoring reads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from verkosto.operations import conf, metrics


@require_safe
@never_cache
def metrics_view(request: HttpRequest) -> HttpResponse:
    """Return figures for Prometheus to whoever has the token (RFC 6750 §2.1); 404 to all others."""
    token = conf.metrics_token()
    given = request.headers.get("Authorization", "")
    if not token or not metrics.is_available() or not constant_time_compare(given, f"Bearer {token}"):
        raise Http404
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")
