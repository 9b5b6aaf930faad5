import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Site

from localisation.access import locale_ids_for
from tests.localisation.testapp.models import TalkPage


@pytest.fixture
def site(home):
    site, _created = Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    return site


def test_the_groups_of_a_language(swedish, locales, django_user_model, capsys):
    call_command("create_translator_group", "sv")
    assert capsys.readouterr().out.split("\n")[:2] == ["Translators (sv)", "Reviewers (sv)"]
    user = django_user_model.objects.create_user("t", password="p")
    from django.contrib.auth.models import Group

    user.groups.add(Group.objects.get(name="Translators (sv)"))
    assert locale_ids_for(user) == {locales["sv"].pk}
    assert not user.has_perm("wagtail_localize.submit_translation")
    permissions = swedish.permissions_for_user(user)
    assert (permissions.can_edit(), permissions.can_publish(), permissions.can_delete()) == (True, False, False)


def test_a_language_more(site, home, settings, capsys):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("da", "Danish")]
    from wagtail.coreutils import get_content_languages

    get_content_languages.cache_clear()
    try:
        call_command("add_locale", "da")
        call_command("add_locale", "da")
    finally:
        get_content_languages.cache_clear()
    danish = Locale.objects.get(language_code="da")
    root = TalkPage.objects.get(locale=danish)
    assert (root.translation_key, root.live) == (home.translation_key, False)


def test_a_language_that_is_not_set_is_refused(db):
    with pytest.raises(CommandError):
        call_command("add_locale", "xx")
