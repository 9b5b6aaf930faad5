"""What Wagtail and wagtail-localize lack in Finnish and Swedish, and our users meet, stands in ``cms/overlay``."""

from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

OVERLAY = settings.BASE_DIR / "cms" / "overlay"
LANGUAGES = ["fi", "sv"]
LOCALIZE = ["wagtail_localize", "wagtail_localize.locales"]
UPSTREAM = [
    *LOCALIZE,
    "wagtail",
    "wagtail.admin",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.users",
    "wagtail.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
]
Strings = set[tuple[str | None, str]]


def catalogue(package: str, language: str, name: str = "django") -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "locale" / language / "LC_MESSAGES" / f"{name}.po"


def strings(path: Path, *, translated: bool = False) -> Strings:
    if not path.exists():
        return set()
    return {(e.msgctxt, e.msgid) for e in polib.pofile(str(path)) if not translated or e.translated()}


def overlay(language: str, name: str = "django") -> Strings:
    return strings(OVERLAY / language / "LC_MESSAGES" / f"{name}.po")


def missing(package: str, language: str, name: str = "django") -> Strings:
    """What none of the catalogues has: at run time all are one."""
    found = set().union(*(strings(catalogue(other, language, name), translated=True) for other in UPSTREAM))
    return strings(catalogue(package, "en", name)) - found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("package", "name"), [*((package, "django") for package in LOCALIZE), ("wagtail_localize", "djangojs")]
)
def test_the_translators_tool_lacks_nothing(package: str, name: str, language: str) -> None:
    assert missing(package, language, name) - overlay(language, name) == set()


@pytest.mark.parametrize(("language", "percent"), [("fi", 89), ("sv", 94)])
def test_the_admin_lacks_little(language: str, percent: int) -> None:
    wanted = strings(catalogue("wagtail.admin", "en"))
    lacks = missing("wagtail.admin", language) - overlay(language)
    assert 100 * (1 - len(lacks) / len(wanted)) >= percent


@pytest.mark.parametrize("name", ["django", "djangojs"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_upstream_renamed_or_translated_itself_leaves_the_overlay(language: str, name: str) -> None:
    lacking = set().union(*(missing(package, language, name) for package in UPSTREAM))
    assert overlay(language, name) - lacking == set()


@pytest.mark.parametrize(("language", "words"), [("fi", "Käytä konekäännöstä"), ("sv", "Använd maskinöversättning")])
def test_the_overlay_is_read(language: str, words: str) -> None:
    with translation.override(language):
        assert translation.gettext("Use machine translation") == words


def test_the_string_editors_script_reads_the_overlay(admin_client, admin_user) -> None:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = "fi"
    profile.save()
    content = admin_client.get(reverse("wagtail_localize:javascript_catalog")).content.decode()
    assert "Lopeta synkronoitu" in content
