"""What the system checks say of a project; tests/packaging asks the same of whole projects."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Site

from verkosto.core import checks
from verkosto.core.page_cache import PageCacheMiddleware
from verkosto.core.sites import site_url


class Inherited(PageCacheMiddleware):
    pass


@pytest.fixture
def base(settings: Any, tmp_path: Path) -> Any:
    """Write the base template that the project names."""

    def write(text: str) -> None:
        (tmp_path / "host.html").write_text(text)
        [templates] = settings.TEMPLATES
        settings.TEMPLATES = [{**templates, "DIRS": [tmp_path]}]
        settings.VERKOSTO_BASE_TEMPLATE = "host.html"

    return write


def test_site_itself_lacks_no_line() -> None:
    assert [message for message in run_checks() if str(message.id).startswith("verkosto")] == []


@pytest.mark.parametrize(
    "text",
    [
        "{% block main %}{% endblock %}",
        "{% block content %}{% endblock %}",
        "{% block page %}<main>{% block content %}{% endblock %}</main>{% endblock %}",
    ],
)
def test_base_template_with_a_place_for_content_is_fine(base: Any, text: str) -> None:
    base(text)
    assert checks.content_has_its_place(None) == []


def test_base_template_without_a_place_for_content_is_named(base: Any) -> None:
    base("{% block body %}{% endblock %}")
    [warning] = checks.content_has_its_place(None)
    assert (warning.id, warning.msg) == (
        "verkosto_core.W002",
        'VERKOSTO_BASE_TEMPLATE ("host.html") shows no content of Verkosto\'s pages.',
    )


def test_base_template_that_is_missing_or_broken_is_named(base: Any, settings: Any) -> None:
    base("{% block body %}")
    assert [error.id for error in checks.content_has_its_place(None)] == ["verkosto_core.E002"]
    settings.VERKOSTO_BASE_TEMPLATE = "nowhere.html"
    assert [error.id for error in checks.content_has_its_place(None)] == ["verkosto_core.E001"]


def test_middleware_that_inherits_ours_is_enough(settings: Any) -> None:
    path = "verkosto.core.page_cache.PageCacheMiddleware"
    asked = {
        "purpose": "pages are slow",
        "after": "django.middleware.security.SecurityMiddleware",
        "identifier": "x.W1",
    }
    settings.MIDDLEWARE = [f"{__name__}.Inherited"]
    assert checks.missing_middleware(path, **asked) == []
    settings.MIDDLEWARE = []
    [warning] = checks.missing_middleware(path, **asked)
    assert warning.msg == "PageCacheMiddleware is not in MIDDLEWARE."
    assert str(warning.hint).startswith(f'Add "{path}" to MIDDLEWARE')


def test_app_without_what_it_needs_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    config = apps.get_app_config("verkosto_directory")
    monkeypatch.setattr(config, "needs", ("verkosto.core", "no.such.app"))
    with pytest.raises(ImproperlyConfigured, match=r'needs "no\.such\.app" in INSTALLED_APPS'):
        config.import_models()


@pytest.mark.django_db
def test_mails_link_to_the_default_site_where_no_address_is_named(settings: Any) -> None:
    del settings.SITE_URL
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "www.example.org", 443
    site.save()
    assert site_url() == "https://www.example.org"
    settings.SITE_URL = "https://example.org/"
    assert site_url() == "https://example.org"


@pytest.mark.django_db
def test_public_site_at_localhost_is_warned(settings: Any) -> None:
    del settings.SITE_URL
    settings.DEBUG = False
    Site.objects.filter(is_default_site=True).update(hostname="localhost")
    assert [warning.id for warning in checks.site_has_an_address(None, databases=["default"])] == [
        "verkosto_core.W003"
    ]
    assert checks.site_has_an_address(None) == []
