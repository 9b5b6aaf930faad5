"""``cms.settings.production`` in a process of its own, as an operator starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "verkosto.example.fi",
    "SITE_URL": "https://verkosto.example.fi",
    "DATABASE_URL": "sqlite://:memory:",
}


def run(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "cms.settings.production"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
def test_production_without_a_secret_refuses_to_start(name: str) -> None:
    result = run("", {key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode == 1
    assert f"Set the {name} environment variable" in result.stderr


@pytest.mark.parametrize(("name", "value"), [("SECRET_KEY", "short"), ("ALLOWED_HOSTS", "*"), ("ALLOWED_HOSTS", "")])
def test_production_with_a_weak_setting_refuses_to_start(name: str, value: str) -> None:
    result = run("", COMPLETE | {name: value})
    assert result.returncode == 1
    assert f"ImproperlyConfigured: {name}" in result.stderr


def test_production_is_closed_to_plain_http_and_the_demo_password() -> None:
    code = """
from django.conf import settings as s
from django.core.checks import run_checks
print(s.DEBUG, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH)
print(s.AUTHENTICATION_BACKENDS)
# Left to the operator: subdomains and preloading (W005, W021). Previews in the admin need frames (W019). There is no
# database here that knows the site's address (cms.W001).
passed_over = {"security.W005", "security.W019", "security.W021", "cms.W001"}
print([m.id for m in run_checks(include_deployment_checks=True) if m.id not in passed_over])
"""
    result = run(code, COMPLETE | {"SECURITY_CONTACT": "mailto:security@example.fi"})
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "False True 31536000 True True",
        "__Host-sessionid __Host-csrftoken None /",
        "['cms.auth.NoDemoPasswordBackend']",
        "[]",
    ]


def test_what_an_earlier_secret_key_signed_is_valid_while_it_is_named() -> None:
    signed = run("from django.core.signing import Signer; print(Signer().sign('x'))", COMPLETE).stdout.strip()
    later = COMPLETE | {"SECRET_KEY": "fedcba9876543210" * 4}
    code = f"from django.core.signing import Signer; print(Signer().unsign({signed!r}))"
    assert run(code, later | {"SECRET_KEY_FALLBACKS": COMPLETE["SECRET_KEY"]}).stdout == "x\n"
    assert "BadSignature" in run(code, later).stderr


def test_policy_names_the_players_and_the_reports_of_an_operator() -> None:
    more = {"EMBED_ORIGINS": "https://media.example.fi", "CSP_REPORT_URL": "https://csp.example.fi/report"}
    code = """
from django.conf import settings as s
for policy in (s.CONTENT_SECURITY_POLICY["DIRECTIVES"], s.CONTENT_SECURITY_POLICY_ADMIN):
    print(policy["frame-src"], policy["report-uri"])
"""
    shown = "[\"'self'\", 'https://media.example.fi'] ['https://csp.example.fi/report']"
    assert run(code, COMPLETE | more).stdout.splitlines() == [shown, shown]


def test_languages_come_from_the_environment_and_one_is_enough() -> None:
    code = """
from django.conf import settings as s
from django.urls import reverse
print([code for code, _ in s.LANGUAGES], s.LANGUAGE_CODE, reverse("search"), str(s.VAR_DIR))
print("cms.middleware.RedirectToLanguageMiddleware" in s.MIDDLEWARE)
"""
    one = run(code, COMPLETE | {"LANGUAGES": "sv", "VAR_DIR": "/srv/verkosto/var"})
    assert one.stdout.splitlines() == ["['sv'] sv /search/ /srv/verkosto/var", "False"]
    two = run(code, COMPLETE | {"LANGUAGES": "sv,fi", "VAR_DIR": "/srv/verkosto/var"})
    assert two.stdout.splitlines() == ["['sv', 'fi'] sv /sv/search/ /srv/verkosto/var", "True"]
    assert "ImproperlyConfigured: LANGUAGES" in run(code, COMPLETE | {"LANGUAGES": "suomi"}).stderr
