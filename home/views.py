from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from home.alternates import alternates_for_path
from home.forms import SearchForm
from home.promoted_results import promoted_results
from home.search_filters import Matches, SearchFilter
from home.search_results import matching_pages, pages_of, results_of, suggestion_for
from verkosto.core.locales import language_of_path, site_languages
from verkosto.core.pagination import paginate

PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the public pages in the active language that match ``q``. Status 400 for an invalid query."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "home/search.html", {"form": form, "results": []}, status=400)
    query, now, locale = form.cleaned_data["q"], timezone.now(), Locale.get_active()
    chosen = SearchFilter(query, request.GET, locale.pk, request.path)
    found = matching_pages(locale, query, chosen, now) if query else Matches()
    shown = paginate(chosen.of_type(found), request.GET.get("page"), per_page=PER_PAGE)
    shown.object_list = pages_of(list(shown.object_list))
    context = {
        "form": form,
        "query": query,
        "filter": chosen,
        "tabs": chosen.tabs(found),
        "promoted": promoted_results(locale, query) if shown.number == 1 and not chosen.chosen else [],
        "results": shown,
        "entries": results_of(shown.object_list, query, locale.language_code),
        "suggestion": suggestion_for(locale, query, now) if query and not shown else "",
    }
    return render(request, "home/search.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt (RFC 9309)."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        *(f"Disallow: {_search_path(code)}" for code in site_languages()),
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _search_path(language_code: str) -> str:
    with override(language_code):
        return reverse("search")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return status 404 in the language of the URL, with the languages in which the page exists."""
    context = {"versions": alternates_for_path(request)}
    return render(request, "404.html", context, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return status 400 in the language of the URL."""
    return _error_page(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return status 403 in the language of the URL."""
    return _error_page(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return status 403 for a form without a valid CSRF token."""
    return _error_page(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return status 500 in the language of the URL. Uses neither the database nor the cache: they may have failed."""
    return _error_page(request, "500.html", status=500)


def _error_page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    with override(language_of_path(request.path_info) or settings.LANGUAGE_CODE):
        return HttpResponse(loader.render_to_string(template, {"is_form": request.method == "POST"}), status=status)
