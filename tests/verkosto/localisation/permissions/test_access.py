"""What is listed, exported and changed is asked page by page, not by language."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from tests.verkosto.localisation.conftest import translated
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.exchange import FORMATS, units_for
from verkosto.localisation.memory import suggest
from verkosto.localisation.models import TranslationState
from verkosto.localisation.permissions.access import states_for
from verkosto.localisation.states.recount import recount
from verkosto.localisation.workflow.notifications import write_digests


@pytest.fixture
def other(home, locales, commit):
    """A live Swedish page behind a password, beside the page that the translator may change."""
    page = TalkPage(title="Salainen", slug="salainen", intro="Piilossa", locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    target = translated(page, locales["sv"], lambda execute: commit())
    PageViewRestriction.objects.create(page=target, restriction_type="password", password="x")
    return TalkPage.objects.get(pk=target.pk)


@pytest.fixture
def local_translator(django_user_model, swedish, other):
    """May change one Swedish page, and nothing else."""
    group = Group.objects.create(name="one page")
    group.permissions.add(
        Permission.objects.get(codename="access_admin"), Permission.objects.get(codename="submit_translation")
    )
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(pk=swedish.pk), permission=permission)
    user = django_user_model.objects.create_user("local", email="local@example.fi", password="p")
    user.groups.add(group)
    recount()
    return user


def state_of(page):
    return TranslationState.objects.get(translation_key=page.translation_key, locale=page.locale)


@pytest.mark.parametrize("name", ["po", "xliff"])
def test_an_export_has_the_strings_of_pages_that_the_user_may_change_only(
    name, client, local_translator, swedish, locales
):
    client.force_login(local_translator)
    query = {"format": name, "source": locales["fi"].pk, "locale": locales["sv"].pk}
    response = client.get(reverse("verkosto_localisation:exchange"), query)
    _language, units = FORMATS[name].read(response.content)
    assert {unit.title for unit in units} == {"Puhe"}
    assert "Piilossa" not in response.content.decode()


@pytest.mark.parametrize("action", ["assign_to_me", "unassign", "save", "make_original"])
def test_another_pages_translation_is_assigned_by_nobody_else(action, client, local_translator, other):
    client.force_login(local_translator)
    url = reverse("verkosto_localisation:assignment", args=[state_of(other).pk])
    for response in (client.get(url), client.post(url, {"action": action})):
        # A 404, which LocaleMiddleware may lead on to /fi/admin/….
        assert (response.status_code in {302, 404}, "Salainen" in response.content.decode()) == (True, False)
    assert state_of(other).assigned_to is None


def test_titles_of_other_pages_are_on_no_list(client, local_translator, other, talk, swedish):
    outdate(talk)
    outdate(TalkPage.objects.get(translation_key=other.translation_key, locale=talk.locale))
    client.force_login(local_translator)
    for url in (reverse("verkosto_localisation:dashboard"), "/admin/", reverse("verkosto_localisation:exchange")):
        html = client.get(url).content.decode()
        assert "Salainen" not in html
        assert "sv Etusivu" not in html
    listed = client.get(reverse("verkosto_localisation:dashboard")).context["object_list"]
    assert [row.title for row in listed] == ["Puhe"]
    assert [state.translation_key for state in states_for(local_translator)] == [talk.translation_key]


def test_a_digest_names_no_page_that_its_reader_may_not_change(local_translator, other, talk):
    outdate(talk)
    outdate(TalkPage.objects.get(translation_key=other.translation_key, locale=talk.locale))
    assert [state.title for state in states_for(local_translator).for_translators()] == ["sv Puhe"]
    write_digests()


def test_no_other_page_is_imported(client, local_translator, other, swedish):
    translation = Translation.objects.get(source__object_id=other.translation_key)
    units = [unit for unit in units_for([translation]) if unit.source == "Piilossa"]
    data = FORMATS["po"].write(
        [type(unit)(**{**vars(unit), "target": "Ändrad"}) for unit in units], source_language="fi", language="sv"
    )
    client.force_login(local_translator)
    client.post(reverse("verkosto_localisation:exchange"), {"file": SimpleUploadedFile("x.po", data)})
    assert not StringTranslation.objects.filter(data="Ändrad").exists()


def test_suggestions_come_from_pages_that_the_user_may_read(local_translator, admin_user, other, locales):
    def suggested(user):
        found = suggest("Piilossa", source_locale_id=locales["fi"].pk, locale_id=locales["sv"].pk, user=user)
        return [suggestion.text for suggestion in found]

    assert (suggested(admin_user), suggested(local_translator)) == (["sv Piilossa"], [])
    PageViewRestriction.objects.all().delete()
    assert suggested(local_translator) == ["sv Piilossa"]


def test_a_missing_version_is_shown_to_editors_of_its_original_and_translators_of_its_language(
    local_translator, make_user, talk, swedish, home, locales, commit
):
    with commit():
        translate_object(home, [locales["en"]])
    missing = TranslationState.objects.get(translation_key=talk.translation_key, locale=locales["en"])
    assert missing.state == "missing"
    users = [make_user("fi", "change_page"), make_user("en", "change_page"), local_translator]
    assert [states_for(user).filter(pk=missing.pk).exists() for user in users] == [True, True, False]


@pytest.mark.parametrize("pages", [1, 30])
def test_what_is_shown_takes_four_queries(pages, local_translator, home, locales, django_assert_num_queries):
    for number in range(pages):
        page = TalkPage(title=f"Sivu {number}", locale=home.locale)
        home.add_child(instance=page)
    recount()
    user = type(local_translator).objects.get(pk=local_translator.pk)
    with django_assert_num_queries(4):
        list(states_for(user))


def outdate(page):
    page = TalkPage.objects.get(pk=page.pk)
    page.intro = "Uusi johdanto"
    page.save_revision().publish()
    recount()
