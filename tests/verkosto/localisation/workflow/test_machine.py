"""wagtail-localize's seam for machine translators: what a machine wrote is marked until a person has read it."""

import json
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from tests.verkosto.localisation.editing import save_text
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.exchange import units_for
from verkosto.localisation.memory import suggest
from verkosto.localisation.models import TranslationState
from verkosto.localisation.permissions.access import TRANSLATOR, group_name
from verkosto.localisation.workflow.approval import UnreviewedStrings, submit_for_approval
from verkosto.localisation.workflow.notifications import write_digests


@pytest.fixture(autouse=True)
def machine(settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "tests.verkosto.localisation.machine.Marking",
        "OPTIONS": {"LANGUAGES": ["sv"], "UNKNOWN": ["Kahvi"]},
    }


@pytest.fixture
def submitted(talk, locales, django_capture_on_commit_callbacks):
    """A talk submitted for translation into Swedish; nothing is translated yet."""
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(talk.get_parent().specific, [locales["sv"]])
        TalkPage.objects.get(locale=locales["sv"]).save_revision().publish()
        translate_object(talk, [locales["sv"]])
    return Translation.objects.get(source__object_id=talk.translation_key, target_locale=locales["sv"])


@pytest.fixture
def press(submitted, client, django_capture_on_commit_callbacks):
    """Presses the button that the string editor offers, as the signed-in user."""

    def press():
        edit = reverse("wagtailadmin_pages:edit", args=[submitted.get_target_instance().pk])
        html = client.get(edit, {"fields": "1"}).content.decode()
        props = json.loads(unescape(html.split('data-props="')[1].split('"')[0]))
        offered = props["machineTranslator"]
        assert offered["name"] == "Marking"
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"{offered['url']}?next={edit}")

    return press


@pytest.fixture
def translator(make_user, submitted):
    user = make_user("sv", "change_page")
    user.email = "sv@example.org"
    user.save()
    # Only members of the language's translators group get the digest.
    user.groups.add(Group.objects.get_or_create(name=group_name(TRANSLATOR, submitted.target_locale))[0])
    return user


def row(submitted):
    return TranslationState.objects.get(translation_pk=submitted.pk)


def save(client, submitted, text, capture, *, words=None):
    segment = submitted.source.stringsegment_set.filter(string__data=text).first()
    with capture(execute=True):
        save_text(client, submitted, segment, words or f"machine {text}", reviewed=True)


def test_each_machine_string_waits_for_a_person(
    client, translator, submitted, press, admin_user, workflow, locales, django_capture_on_commit_callbacks
):
    client.force_login(translator)
    assert press().status_code == 302
    total = submitted.source.stringsegment_set.count()
    made = StringTranslation.objects.filter(locale=locales["sv"])
    assert {(one.translation_type, one.tool_name) for one in made} == {("machine", "Marking")}
    # What the machine did not know is left to the translator.
    state = row(submitted)
    assert (state.state, state.strings_done, state.machine_unreviewed) == ("in_progress", total - 1, total - 1)
    save(client, submitted, "Kahvi", django_capture_on_commit_callbacks, words="Kaffe")
    state = row(submitted)
    assert (state.state, state.strings_done, state.machine_unreviewed) == ("ready", total, total - 1)

    # It is told on the desk, in its filter, in the digest and in the editor, and goes out of the house as fuzzy.
    client.force_login(admin_user)
    desk = client.get(reverse("verkosto_localisation:dashboard"), {"state": "machine"}).content.decode()
    assert f"{total - 1} käännöstä tarkistamatta" in desk
    assert write_digests() == 1
    client.force_login(translator)
    edit = reverse("wagtailadmin_pages:edit", args=[submitted.get_target_instance().pk])
    assert client.get(edit).content.decode().count("Konekäännös: tarkistettu") == total - 1
    assert {unit.fuzzy for unit in units_for([submitted]) if unit.source != "Kahvi"} == {True}
    assert suggest("Johdanto", source_locale_id=locales["fi"].pk, locale_id=locales["sv"].pk, user=admin_user) == []

    # Nobody takes it to the readers: neither translator nor publisher.
    with pytest.raises(UnreviewedStrings) as refusal:
        submit_for_approval(translation=submitted, by=translator)
    assert len(refusal.value.strings) == total - 1
    told = client.post(edit, {"action": "submit"}, follow=True).content.decode()
    assert f"Ei lähetetty hyväksyttäväksi. {total - 1} käännöstä on tarkistamatta." in told
    assert "<li>Johdanto</li>" in told
    client.force_login(admin_user)
    client.post(edit, {"action": "publish"})
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={state.object_pk}")
    client.post(reverse("wagtailadmin_api:pages:action", args=[state.object_pk, "publish"]))
    client.post(
        reverse("wagtail_localize:update_translations", args=[submitted.source_id]), {"publish_translations": "on"}
    )
    assert not TalkPage.objects.get(pk=state.object_pk).live

    # A person reads them, one of them corrected, the others as they are.
    client.force_login(translator)
    for number, segment in enumerate(submitted.source.stringsegment_set.exclude(string__data="Kahvi")):
        words = "Inledning" if segment.string.data == "Johdanto" else None
        save(client, submitted, segment.string.data, django_capture_on_commit_callbacks, words=words)
        assert row(submitted).machine_unreviewed == total - 2 - number
    assert set(made.values_list("translation_type", "last_translated_by")) == {("manual", translator.pk)}
    client.force_login(admin_user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit, {"action": "publish"})
    page = TalkPage.objects.get(pk=state.object_pk)
    assert (page.live, page.intro) == (True, "Inledning")
    assert row(submitted).state == "up_to_date"


def test_a_machine_overwrites_no_person(client, translator, submitted, press, django_capture_on_commit_callbacks):
    client.force_login(translator)
    save(client, submitted, "Johdanto", django_capture_on_commit_callbacks, words="Inledning")
    press()
    kept = StringTranslation.objects.get(translation_of__data="Johdanto", locale=submitted.target_locale)
    assert (kept.data, kept.translation_type) == ("Inledning", "manual")


def test_another_languages_translator_presses_nothing(client, make_user, submitted):
    client.force_login(make_user("fi", "change_page"))
    client.post(reverse("wagtail_localize:machine_translate", args=[submitted.pk]))
    assert not StringTranslation.objects.filter(locale=submitted.target_locale).exists()
