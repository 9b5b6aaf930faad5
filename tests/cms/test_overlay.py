"""What Wagtail and wagtail-localize lack in Finnish and Swedish, and our users meet, stands in ``cms/overlay``."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import translation

OVERLAY = settings.BASE_DIR / "cms" / "overlay"
LANGUAGES = ["fi", "sv"]
NAMES = ["django", "djangojs"]
ADMIN = ("wagtail", "wagtail_localize", "taggit")
# The mark of an entry that says better what upstream says wrongly ("delete" for "unschedule").
CORRECTS = "Corrects upstream's"
Strings = set[tuple[str | None, str]]


def catalogue(package: str, language: str, name: str = "django") -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "locale" / language / "LC_MESSAGES" / f"{name}.po"


UPSTREAM = [
    config.name
    for config in apps.get_app_configs()
    if settings.BASE_DIR not in Path(config.path).parents or ".venv" in config.path
]
# What has strings at all: wagtail_localize.locales has them in English alone.
PACKAGES = [
    config.name
    for config in apps.get_app_configs()
    if config.name.split(".")[0] in ADMIN and catalogue(config.name, "en").exists()
]


@cache
def strings(path: Path, *, translated: bool = False) -> frozenset[tuple[str | None, str]]:
    if not path.exists():
        return frozenset()
    return frozenset((e.msgctxt, e.msgid) for e in polib.pofile(str(path)) if not translated or e.translated())


def overlay(language: str, name: str = "django") -> frozenset[tuple[str | None, str]]:
    return strings(OVERLAY / language / "LC_MESSAGES" / f"{name}.po")


def missing(package: str, language: str, name: str = "django") -> Strings:
    """What none of the catalogues has: at run time all are one."""
    found = set().union(*(strings(catalogue(other, language, name), translated=True) for other in UPSTREAM))
    return set(strings(catalogue(package, "en", name))) - found


def test_what_is_installed_is_looked_at() -> None:
    assert set(PACKAGES) >= {
        *(f"wagtail.{name}" for name in ["admin", "documents", "images", "snippets", "users", "contrib.redirects"]),
        *["wagtail", "wagtail_localize", "wagtail_localize.locales"],
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("package", PACKAGES)
def test_the_admin_lacks_nothing(package: str, language: str, name: str) -> None:
    """An upgrade that brings strings of its own fails here, with their names."""
    assert missing(package, language, name) - overlay(language, name) == set()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_upstream_renamed_or_translated_itself_leaves_the_overlay(language: str, name: str) -> None:
    lacking = set().union(*(missing(package, language, name) for package in PACKAGES))
    entries = polib.pofile(str(OVERLAY / language / "LC_MESSAGES" / f"{name}.po"))
    known = set().union(*(strings(catalogue(package, "en", name)) for package in PACKAGES))
    gone = {(e.msgctxt, e.msgid) for e in entries if (e.msgctxt, e.msgid) not in known}
    not_needed = {
        (e.msgctxt, e.msgid) for e in entries if e.comment != CORRECTS and (e.msgctxt, e.msgid) not in lacking
    }
    assert (gone, not_needed) == (set(), set())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_upstreams(language: str, name: str) -> None:
    """A plural that upstream added or dropped is not found at run time, though the entry is there."""
    plurals = {
        (e.msgctxt, e.msgid, e.msgid_plural)
        for package in PACKAGES
        if catalogue(package, "en", name).exists()
        for e in polib.pofile(str(catalogue(package, "en", name)))
    }
    entries = polib.pofile(str(OVERLAY / language / "LC_MESSAGES" / f"{name}.po"))
    assert [e.msgid for e in entries if (e.msgctxt, e.msgid, e.msgid_plural) not in plurals] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_a_script_puts_together_keep_their_space(language: str) -> None:
    """ "Translate with " and a name: upstream's own translations ran into each other."""
    own = {e.msgid: e.msgstr for e in polib.pofile(str(OVERLAY / language / "LC_MESSAGES" / "djangojs.po"))}
    theirs = polib.pofile(str(catalogue("wagtail_localize", language, "djangojs")))
    said = {e.msgid: own.get(e.msgid) or e.msgstr for e in theirs} | own
    assert [msgid for msgid, words in said.items() if msgid.endswith(" ") != words.endswith(" ")] == []


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
