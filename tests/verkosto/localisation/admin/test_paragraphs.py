"""Joining, splitting and adding paragraphs in the editor, and what happens when the original changes afterwards."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from tests.verkosto.localisation.bodies import state
from tests.verkosto.localisation.conftest import translate_strings
from tests.verkosto.localisation.editing import field_of, key_of, save_text
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.memory import suggest
from verkosto.localisation.models import StringVersion
from verkosto.localisation.paragraphs import CONTINUES
from verkosto.localisation.sync.original_changes import make_original
from verkosto.localisation.upstream import unsaved_translation

SOURCE = '<p>Tule ajoissa.</p><p>Katso <a href="https://example.fi/">kartta</a>.</p><p>Kahvia on.</p>'


@pytest.fixture
def texts(talk, translation, swedish, locales, commit):
    """The strings of a rich text of three paragraphs, translated and live."""
    write(talk, SOURCE, commit)
    with commit():
        translate_strings(translation.source, locales["sv"])
    publish(translation, commit)
    return list(
        translation.source.stringsegment_set.filter(context__path="text")
        .select_related("string", "context")
        .order_by("order")
    )


@pytest.fixture
def translator(client, make_user, swedish):
    user = make_user("sv", "change_page", "publish_page")
    client.force_login(user)
    return user


def write(talk, html, commit):
    with commit():
        page = TalkPage.objects.get(pk=talk.pk)
        page.text = html
        page.save_revision().publish()


def publish(translation, commit):
    with commit():
        translation.save_target(publish=True)


def live(page):
    return TalkPage.objects.get(pk=page.pk).text


def stored(segment):
    row = StringTranslation.objects.filter(translation_of=segment.string, context=segment.context).first()
    return row and row.data


def test_paragraphs_are_joined_split_and_published(client, translator, translation, swedish, texts, commit):
    first, _second, third = texts
    save_text(client, translation, first, "Kom i tid.\nDörren stängs.")
    save_text(client, translation, third, "Det finns kaffe.", joined=key_of(third))
    assert [stored(segment) for segment in texts] == [
        "Kom i tid.\n\nDörren stängs.",
        'sv Katso <a id="a1">kartta</a>.',
        f"{CONTINUES}Det finns kaffe.",
    ]
    publish(translation, commit)
    assert live(swedish) == (
        "<p>Kom i tid.</p><p>Dörren stängs.</p>"
        '<p>sv Katso <a href="https://example.fi/">kartta</a>. Det finns kaffe.</p>'
    )
    assert state(swedish).state == "up_to_date"
    best, *less_alike = suggest(
        "Kahvia on.", source_locale_id=translation.source.locale_id, locale_id=swedish.locale_id, user=translator
    )
    assert (best.text, best.percent) == ("Det finns kaffe.", 100)
    # By trigrams PostgreSQL finds a shorter string too, which is outside the lengths that other databases compare.
    assert {suggestion.source for suggestion in less_alike} <= {"Kahvi"}


def test_the_editor_shows_and_judges_a_joined_paragraph_as_one(client, translator, translation, swedish, texts):
    edit = reverse("wagtailadmin_pages:edit", args=[swedish.pk])
    first, second, _third = texts
    save_text(client, translation, first, "Kom i tid 2027 och titta på kartan.")
    save_text(client, translation, second, "", joined=key_of(second))
    rows = client.get(edit).content.decode().split('<li class="localisation-pair"')
    [row] = [row for row in rows if f'value="{key_of(second)}" checked' in row]
    assert ' data-source="Katso &lt;a id=&quot;a1&quot;&gt;kartta&lt;/a&gt;."></textarea>' in row
    assert "localisation-warning" not in row
    [head] = [row for row in rows if f'data-string="{key_of(first)}"' in row]
    assert "Luvut poikkeavat:" in head
    assert "+2027" in head
    assert 'name="joined"' not in head


def test_a_text_that_was_said_by_a_paragraph_which_is_gone_has_to_be_translated(
    client, translator, talk, translation, swedish, texts, commit
):
    """Nothing is lost: the live page keeps its text until the translation is published again."""
    _first, second, third = texts
    save_text(client, translation, second, "Titta och drick.")
    save_text(client, translation, third, "", joined=key_of(third))
    publish(translation, commit)
    before = live(swedish)
    assert before == "<p>sv Tule ajoissa.</p><p>Titta och drick.</p>"
    write(talk, SOURCE.replace("ajoissa", "pian"), commit)
    assert stored(third) == CONTINUES
    write(talk, "<p>Tule pian.</p><p>Kahvia on.</p>", commit)
    assert (stored(third), live(swedish), state(swedish).state) == (None, before, "outdated")
    assert StringVersion.objects.filter(string=third.string).values_list("text", flat=True)[0] == CONTINUES


def test_a_text_of_its_own_stays_translated_when_the_one_above_is_gone(
    client, translator, talk, translation, swedish, texts, commit
):
    third = texts[2]
    save_text(client, translation, third, "Det finns kaffe.", joined=key_of(third))
    publish(translation, commit)
    write(talk, "<p>Kahvia on.</p>", commit)
    assert (stored(third), state(swedish).state) == (f"{CONTINUES}Det finns kaffe.", "up_to_date")
    assert live(swedish) == "<p>Det finns kaffe.</p>"


def test_a_text_that_is_joined_no_more_is_to_be_translated(client, translator, translation, texts):
    third = texts[2]
    save_text(client, translation, third, "", joined=key_of(third))
    assert stored(third) == CONTINUES
    assert not StringTranslation.objects.filter(translation_type="machine").exists()
    save_text(client, translation, third, "")
    assert stored(third) is None


def test_the_first_paragraph_cannot_be_joined(client, translator, translation, texts):
    first = texts[0]
    answer = save_text(client, translation, first, "Kom.", joined=key_of(first))
    assert answer.status_code == 422
    assert "ei voi yhdistää edelliseen" in answer.content.decode()
    assert stored(first) == "sv Tule ajoissa."
    row = StringTranslation.objects.get(translation_of=first.string, context=first.context)
    row.data = f"{CONTINUES}Kom."
    row.save()
    assert row.has_error


def test_an_untouched_form_changes_no_joined_text(client, translator, translation, swedish, texts):
    save_text(client, translation, texts[1], "Titta.", joined=key_of(texts[1]))
    times = dict(StringTranslation.objects.values_list("pk", "updated_at"))
    data = {field_of(translation, segment): (stored(segment) or "").removeprefix(CONTINUES) for segment in texts}
    client.post(
        reverse("wagtailadmin_pages:edit", args=[swedish.pk]), {**data, "joined": key_of(texts[1]), "action": "save"}
    )
    assert dict(StringTranslation.objects.values_list("pk", "updated_at")) == times


def test_a_version_with_other_paragraphs_becomes_the_original_without_losing_text(
    client, translator, talk, translation, swedish, texts, commit
):
    first, _second, third = texts
    save_text(client, translation, first, "Kom i tid.\nDörren stängs.")
    save_text(client, translation, third, "Det finns kaffe.", joined=key_of(third))
    publish(translation, commit)
    with commit():
        source = make_original(TalkPage.objects.get(pk=swedish.pk))
    found = source.stringsegment_set.filter(context__path="text").order_by("order").annotate_translation(talk.locale)
    assert list(found.values_list("string__data", "translation")) == [
        ("Kom i tid.", "Tule ajoissa."),
        ("Dörren stängs.", CONTINUES),
        ('sv Katso <a id="a1">kartta</a>. Det finns kaffe.', 'Katso <a id="a1">kartta</a>.\n\nKahvia on.'),
    ]
    [back] = Translation.objects.filter(source=source, target_locale=talk.locale)
    assert unsaved_translation(source, back.target_locale).text == SOURCE
