"""A language more is made for every original, whatever its language; settings and names fall back, marked."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Locale, Page, Site

from home.models import HomePage, SiteSettings
from tests.factories.directory import PrivacyNoticeFactory
from tests.factories.home import StandardPageFactory
from verkosto.directory.models import PrivacyNotice
from verkosto.localisation.models import TranslationState
from verkosto.localisation.permissions.groups import create_groups


@pytest.fixture
def danish(settings, homes):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("da", "Danish")]
    swedish = StandardPageFactory.build(title="Svensk förlaga", slug="forlaga", locale=homes["sv"].locale)
    homes["sv"].add_child(instance=swedish)
    swedish.save_revision().publish()
    finnish = StandardPageFactory.build(title="Suomeksi", slug="suomeksi", locale=homes["fi"].locale)
    homes["fi"].add_child(instance=finnish)
    finnish.save_revision().publish()
    return [swedish, finnish]


def test_everything_is_submitted_whatever_its_original(danish, homes):
    out, err = StringIO(), StringIO()
    call_command("add_locale", "da", "--submit", stdout=out, stderr=err)
    locale = Locale.objects.get(language_code="da")
    home = HomePage.objects.get(locale=locale)
    titles = Page.objects.filter(locale=locale, alias_of=None, depth__gt=2).values_list("title", flat=True)
    assert (sorted(titles), err.getvalue()) == (["Suomeksi", "Svensk förlaga"], "")
    assert {page.get_parent().pk for page in Page.objects.filter(locale=locale, depth__gt=2)} == {home.pk}
    call_command("add_locale", "da", "--submit", stdout=out, stderr=err)
    assert "0 page(s) submitted" in out.getvalue()
    assert Page.find_problems() == ([], [], [], [], [])


def test_settings_and_notices_wait_for_their_words_and_are_listed(danish, homes, client):
    """Finding: they had no Danish. Submitting them would show Finnish words as Danish: a snippet has no draft.

    They fall back to the original's language, marked, and translators see them as missing.
    """
    SiteSettings.objects.create(locale=homes["fi"].locale, name="Esimerkkivirasto")
    notice = PrivacyNoticeFactory()
    call_command("add_locale", "da", "--submit", stdout=StringIO())
    locale = Locale.objects.get(language_code="da")
    assert not SiteSettings.objects.filter(locale=locale).exists()
    assert not PrivacyNotice.objects.filter(locale=locale).exists()
    for key in (SiteSettings.objects.get().translation_key, notice.translation_key):
        state = TranslationState.objects.get(translation_key=key, locale=locale)
        assert (state.state, state.is_page) == (TranslationState.State.MISSING, False)


def test_editors_of_every_language_may_edit_the_new_one_and_others_not(danish, homes):
    editors, finnish = Group.objects.create(name="Editors of all"), Group.objects.create(name="Finnish editors")
    permission = GroupPagePermission.permission.field.related_model.objects.get(
        codename="change_page", content_type__app_label="wagtailcore"
    )
    for page in homes.values():
        GroupPagePermission.objects.create(group=editors, page=page, permission=permission)
    GroupPagePermission.objects.create(group=finnish, page=homes["fi"], permission=permission)
    call_command("add_locale", "da", stdout=StringIO())
    held = GroupPagePermission.objects.filter(page__locale__language_code="da", permission=permission)
    assert set(held.values_list("group__name", flat=True)) == {"Editors of all", "Translators (da)", "Reviewers (da)"}


def test_the_groups_go_with_their_language(db):
    locale = Locale.objects.create(language_code="da")
    create_groups(locale)
    locale.delete()
    assert not Group.objects.filter(name__contains="(da)").exists()


def test_settings_fall_back_marked_and_the_english_interface_too(client, danish, homes):
    SiteSettings.objects.create(
        locale=homes["fi"].locale, name="Esimerkkivirasto", tagline="Verkostot", contact_email="a@example.fi"
    )
    call_command("add_locale", "da", stdout=StringIO())
    home = HomePage.objects.get(locale__language_code="da")
    home.save_revision().publish()
    Site.clear_site_root_paths_cache()
    html = client.get("/da/").content.decode()
    assert '<html lang="da">' in html
    assert '<span lang="fi">Esimerkkivirasto</span>' in html
    assert '<p class="site-footer__tagline" lang="fi">Verkostot</p>' in html
    assert '<a class="skip-link" href="#main"><span lang="en">Skip to main content</span></a>' in html
    assert '<h2><span lang="en">Contact</span></h2>' in html
    assert '<nav aria-label="Main menu" lang="en">' in re.sub(r"\s+", " ", html)
    assert '<ul class="menu__list" lang="da">' in html
    finnish = client.get("/fi/").content.decode()
    assert "<span>Esimerkkivirasto</span>" in finnish
    assert 'lang="en">' not in finnish.split("<main")[0].split("site-header__bar")[0]
