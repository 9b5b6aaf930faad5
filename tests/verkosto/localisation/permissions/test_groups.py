import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Locale, Site
from wagtail_localize.models import StringTranslation

from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.models import GlossaryTerm
from verkosto.localisation.permissions.access import locale_ids_for
from verkosto.localisation.permissions.groups import create_groups


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
    user.groups.add(Group.objects.get(name="Translators (sv)"))
    assert locale_ids_for(user) == {locales["sv"].pk}
    assert not user.has_perm("wagtail_localize.submit_translation")
    permissions = swedish.permissions_for_user(user)
    assert (permissions.can_edit(), permissions.can_publish(), permissions.can_delete()) == (True, False, False)


def test_the_ready_made_group_does_the_whole_work(
    client, swedish, translation, home, locales, django_user_model, settings
):
    """`access_admin` and `change_page` on the tree: the editor, the strings, PO files and the machine; no more."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "tests.verkosto.localisation.machine.Marking",
        "OPTIONS": {"LANGUAGES": ["sv"]},
    }
    create_groups(locales["sv"])
    user = django_user_model.objects.create_user("t", password="p")
    user.groups.add(Group.objects.get(name="Translators (sv)"))
    client.force_login(user)
    edit = reverse("wagtailadmin_pages:edit", args=[swedish.pk])
    html = client.get(edit, {"fields": "1"}).content.decode()
    assert 'class="js-translation-editor"' in html
    assert "localize-convert-to-alias" not in html
    segment = translation.source.stringsegment_set.get(string__data="Johdanto")
    string = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    response = client.put(string, "value=Inledning", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert StringTranslation.objects.get(data="Inledning").last_translated_by == user
    po = client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    assert "Inledning" in po.content.decode()
    for name in ("machine_translate", "upload_pofile"):
        address = reverse(f"wagtail_localize:{name}", args=[translation.pk])
        assert client.post(f"{address}?next={edit}")["Location"] == edit
    terms = {"source_locale": locales["fi"], "locale": locales["sv"]}
    term = GlossaryTerm.objects.create(source="verkosto", target="nätverk", **terms)
    assert "nätverk" in client.get(reverse("glossary:index")).content.decode()
    client.post(reverse("glossary:delete", args=[term.pk]))
    assert GlossaryTerm.objects.exists()
    client.post(edit, {"action": "publish"})
    swedish.refresh_from_db()
    assert swedish.intro == "sv Johdanto"


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
