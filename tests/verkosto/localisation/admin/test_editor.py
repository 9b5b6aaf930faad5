"""The editor of strings: source and target side by side, saved without a script, and string by string with one."""

from datetime import time

import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation

from tests.verkosto.localisation.bodies import state
from tests.verkosto.localisation.conftest import translated
from tests.verkosto.localisation.editing import field_of, key_of, save_text
from tests.verkosto.localisation.testapp.models import TalkItem, TalkPage
from verkosto.localisation.admin.formatted_text import formatted, links_in
from verkosto.localisation.models import DismissedCheck


@pytest.fixture
def translator(client, make_user, swedish):
    user = make_user("sv", "change_page")
    client.force_login(user)
    return user


@pytest.fixture
def edit(swedish):
    return reverse("wagtailadmin_pages:edit", args=[swedish.pk])


def segment_of(translation, text):
    return translation.source.stringsegment_set.select_related("string", "context").get(string__data=text)


def stored(segment, locale):
    return StringTranslation.objects.get(translation_of=segment.string, context=segment.context, locale=locale)


def change_intro(talk, text, commit):
    with commit():
        page = TalkPage.objects.get(pk=talk.pk)
        page.intro = text
        page.save_revision().publish()


def test_every_string_stands_next_to_its_translation(client, translator, translation, edit):
    html = client.get(edit).content.decode()
    segments = list(translation.source.stringsegment_set.select_related("string"))
    assert html.count('class="localisation-pair"') == len(segments)
    for segment in segments:
        row = html.split(f'id="string-{key_of(segment)}"')[1].split("</li>")[0]
        assert row.index(segment.string.data) < row.index(f"sv {segment.string.data}</textarea>")
    assert f"{len(segments)}</span>/{len(segments)} käännetty" in html
    assert "data-open" not in html.split("localisation-strings")[1].split("</ol>")[0]


def test_the_whole_form_saves_what_changed_and_submits(
    client, translator, translation, edit, workflow, swedish, commit
):
    first, second = segment_of(translation, "Johdanto"), segment_of(translation, "Kahvi")
    data = {
        field_of(translation, segment): f"sv {segment.string.data}"
        for segment in translation.source.stringsegment_set.select_related("string")
    }
    data |= {field_of(translation, first): "Inledning", field_of(translation, second): "Kaffe", "action": "submit"}
    times = dict(StringTranslation.objects.values_list("pk", "updated_at"))
    with commit():
        assert client.post(edit, data).status_code == 302
    changed = [row.data for row in StringTranslation.objects.order_by("pk") if row.updated_at != times[row.pk]]
    assert sorted(changed) == ["Inledning", "Kaffe"]
    assert state(swedish).state == "in_moderation"
    assert TalkPage.objects.get(pk=swedish.pk).intro == "sv Johdanto"


def test_a_script_saves_one_string_and_is_told_what_is_new(client, translator, translation, edit, locales):
    segment = segment_of(translation, "Kahvi")
    data = {"action": "save", field_of(translation, segment): "Kaffe  25"}
    answer = client.post(edit, data, headers={"accept": "application/json"})
    told = answer.json()
    assert (answer.status_code, told["error"], told["is_open"]) == (200, "", False)
    assert told["name"] == field_of(translation, segment) != next(iter(set(data) - {"action"}))
    assert "Luvut poikkeavat:" in told["about"]
    assert told["done"] == told["total"]
    assert stored(segment, locales["sv"]).data == "Kaffe  25"


def test_a_text_of_an_original_that_changed_meanwhile_is_kept_with_the_change(
    client, translator, talk, translation, edit, commit
):
    segment = segment_of(translation, "Johdanto")
    data = {"action": "save", field_of(translation, segment): "Min inledning"}
    change_intro(talk, "Johdanto uusi", commit)
    answer = client.post(edit, data)
    html = answer.content.decode()
    assert answer.status_code == 422
    row = html.split(f'id="string-{key_of(segment_of(translation, "Johdanto uusi"))}"')[1].split("</li>")[0]
    assert ">Min inledning</textarea>" in row
    assert "Alkuperäinen muuttui kirjoittaessasi." in row
    assert '<ins class="localisation-diff"> uusi</ins>' in row
    assert not StringTranslation.objects.filter(data="Min inledning").exists()


def test_a_text_whose_original_is_gone_is_kept(client, translator, talk, translation, edit, commit):
    segment = segment_of(translation, "Kahvi")
    data = {"action": "publish", field_of(translation, segment): "Min kaffepaus"}
    with commit():
        page = TalkPage.objects.get(pk=talk.pk)
        page.items = [page.items.first()]
        page.save_revision().publish()
    answer = client.post(edit, data)
    assert answer.status_code == 422
    gone = answer.content.decode().split('role="alert"')[1].split("</div>")[0]
    assert "Kahvi</del>" in gone
    assert "Min kaffepaus" in gone


def test_nobody_overwrites_the_text_of_another_unseen(client, translator, translation, edit, locales):
    segment = segment_of(translation, "Kahvi")
    name = field_of(translation, segment)
    stored_before = stored(segment, locales["sv"])
    StringTranslation.objects.filter(pk=stored_before.pk).update(data="Kaffepaus")
    answer = client.post(edit, {"action": "save", name: "Kaffe"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "toisen käännöksen: ”Kaffepaus”" in html
    assert ">Kaffe</textarea>" in html
    assert stored(segment, locales["sv"]).data == "Kaffepaus"
    # What was sent untouched is no opinion.
    assert client.post(edit, {"action": "save", name: "sv Kahvi"}).status_code == 302
    assert stored(segment, locales["sv"]).data == "Kaffepaus"
    save_text(client, translation, segment, "Kaffe")
    assert stored(segment, locales["sv"]).data == "Kaffe"


def test_a_warning_is_dismissed_with_a_reason_until_the_text_changes(client, translator, translation, edit, locales):
    segment = segment_of(translation, "Kahvi")
    save_text(client, translation, segment, "Kaffe 25")
    key = key_of(segment)
    html = client.post(edit, {"dismiss": f"{key}:numbers", f"reason-{key}-numbers": " "}, follow=True).content.decode()
    assert "Kirjoita, miksi varoitus ei päde." in html
    assert not DismissedCheck.objects.exists()
    html = client.post(
        edit, {"dismiss": f"{key}:numbers", f"reason-{key}-numbers": "Rum 25"}, follow=True
    ).content.decode()
    row = DismissedCheck.objects.get()
    assert (row.kind, row.reason, row.text, row.by) == ("numbers", "Rum 25", "Kaffe 25", translator)
    assert "Luvut poikkeavat:" not in html
    assert "Luvut – Rum 25" in html
    save_text(client, translation, segment, "Kaffe 26")
    assert "Luvut poikkeavat:" in client.get(edit).content.decode()
    save_text(client, translation, segment, "Kaffe 25")
    html = client.post(edit, {"restore": f"{key}:numbers"}, follow=True).content.decode()
    assert "Luvut poikkeavat:" in html


def test_a_translator_of_another_language_saves_and_dismisses_nothing(client, make_user, translation, edit, swedish):
    segment = segment_of(translation, "Kahvi")
    name, key = field_of(translation, segment), key_of(segment)
    client.force_login(make_user("fi", "change_page"))
    client.post(edit, {"action": "save", name: "Kaffe"})
    client.post(edit, {"dismiss": f"{key}:same", f"reason-{key}-same": "x"})
    assert not StringTranslation.objects.filter(data="Kaffe").exists()
    assert not DismissedCheck.objects.exists()


def test_strings_of_another_page_are_not_written(client, translator, translation, home, edit, locales):
    """The fields name strings: only those of the page at the address are saved."""
    other = StringSegment.objects.exclude(source=translation.source).first()
    data = {"action": "save", f"text-{key_of(other)}-": "Fel"}
    assert client.post(edit, data).status_code == 422
    assert not StringTranslation.objects.filter(data="Fel").exists()


def test_the_editor_asks_the_same_at_1_and_30_strings(
    client, admin_user, talk, translation, edit, commit, django_assert_max_num_queries
):
    client.force_login(admin_user)
    StringTranslation.objects.filter(context__object_id=talk.translation_key).delete()
    client.get(edit)
    with django_assert_max_num_queries(200) as few:
        client.get(edit)
    with commit():
        page = TalkPage.objects.get(pk=talk.pk)
        page.items = [
            TalkItem(at=time(10), title=f"Osa {number}", locale=talk.locale, sort_order=number) for number in range(30)
        ]
        page.save_revision().publish()
    with django_assert_max_num_queries(len(few)) as many:
        html = client.get(edit).content.decode()
    assert html.count('class="localisation-pair"') > 30
    assert len(many) == len(few)


def test_a_second_language_is_shown_where_it_may_be_read(
    client, translator, talk, translation, edit, locales, django_capture_on_commit_callbacks
):
    page = translated(talk, locales["en"], django_capture_on_commit_callbacks)
    StringTranslation.objects.filter(locale=locales["en"], data="sv Kahvi").update(data="Coffee <b>break</b>")
    assert "Coffee" not in client.get(edit).content.decode()
    html = client.get(edit, {"reference": "en"}).content.decode()
    assert '<span lang="en">Coffee <b>break</b></span>' in html
    page.unpublish()  # a draft of others is not theirs to read
    assert "Coffee" not in client.get(edit, {"reference": "en"}).content.decode()


def test_formatting_is_shown_and_nothing_else():
    text = 'A <b>b</b> <a id="a1" onclick="x">c &amp; d</a><script>alert(1)</script><img src="x"><i>e'
    assert formatted(text) == "A <b>b</b> <u>c &amp; d</u>alert(1)<i>e</i>"
    assert links_in('Se <a id="a1">här</a> och <a id="a2">där &amp; här</a>') == {"a1": "här", "a2": "där & här"}
