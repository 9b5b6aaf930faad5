from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests.verkosto.localisation.editing import save_text
from verkosto.core.trigrams import has_trigrams
from verkosto.localisation.admin.string_rows import string_rows
from verkosto.localisation.admin.text_diff import marked
from verkosto.localisation.glossary import glossary_warnings, mentions
from verkosto.localisation.memory import suggest
from verkosto.localisation.models import GlossaryTerm


def test_similar_strings_are_suggested_best_first(swedish, locales, admin_user):
    found = suggest("Johdanto", source_locale_id=locales["fi"].pk, locale_id=locales["sv"].pk, user=admin_user)
    assert (found[0].text, found[0].percent) == ("sv Johdanto", 100)
    assert (
        suggest(
            "Aivan muuta kuin mikään", source_locale_id=locales["fi"].pk, locale_id=locales["sv"].pk, user=admin_user
        )
        == []
    )


@pytest.mark.postgresql
def test_postgresql_finds_similar_strings_by_trigrams(swedish, locales, admin_user):
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    assert has_trigrams()
    with CaptureQueriesContext(connection) as asked:
        found = suggest("Johdannot", source_locale_id=locales["fi"].pk, locale_id=locales["sv"].pk, user=admin_user)
    assert [one.text for one in found] == ["sv Johdanto"]
    (extension, similar) = (query["sql"] for query in asked.captured_queries)
    assert "pg_extension" in extension
    assert "similarity" in similar


def test_terms_bend():
    assert mentions("Verkostojen tapaaminen", "verkosto")
    assert mentions("Nätverkens möte", "nätverk")
    assert not mentions("Tapaaminen", "verkosto")


def test_a_term_that_is_not_followed_warns(locales):
    term = GlossaryTerm(
        source_locale=locales["fi"], source="verkosto", locale=locales["sv"], target="nätverk", note="!"
    )
    assert [warning.target for warning in glossary_warnings("Verkoston työ", "Gruppens arbete", [term])] == ["nätverk"]
    assert glossary_warnings("Verkoston työ", "Nätverkets arbete", [term]) == []


def test_differences_are_marked_and_escaped():
    html = marked("Alkaa klo <b>12</b>", "Alkaa klo <b>14</b>")
    assert '<del class="localisation-diff">12</del><ins class="localisation-diff">14</ins>' in html
    assert "&lt;b&gt;" in html


def test_differences_are_aligned_by_words():
    html = marked("Tämä on vanha lause. Toinen jää.", "Tämä on aivan uusi lause. Kolmas tulee. Toinen jää.")
    assert html == (
        'Tämä on <del class="localisation-diff">vanha</del><ins class="localisation-diff">aivan uusi</ins> lause. '
        '<ins class="localisation-diff">Kolmas tulee. </ins>Toinen jää.'
    )


def test_a_text_that_repeats_a_word_costs_little():
    """The same kind as the finding about hostile text: of 500 equal words the comparison took four seconds."""
    text = "– " * 5_000
    start = process_time()
    html = marked(text, f"{text}uusi")
    assert marked(text, text) == text
    assert process_time() - start < 2
    assert html == f'<del class="localisation-diff">{text}</del><ins class="localisation-diff">{text}uusi</ins>'


def test_the_editor_offers_earlier_words_and_the_glossary_warns(
    client, make_user, talk, swedish, translation, locales
):
    terms = {"source_locale": locales["fi"], "source": "johdanto", "locale": locales["sv"]}
    GlossaryTerm.objects.create(target="inledning", note="Aina näin", **terms)
    talk.intro = "Johdantoa"
    talk.save_revision().publish()
    client.force_login(make_user("sv", "change_page"))
    edit = reverse("wagtailadmin_pages:edit", args=[swedish.pk])
    html = client.get(edit).content.decode()
    assert '<span lang="sv">sv Johdanto</span>' in html
    assert 'lang="fi">johdanto</span> → <b lang="sv">inledning</b>' in html
    segment = translation.source.stringsegment_set.get(string__data="Johdantoa")
    html = save_text(client, translation, segment, "Öppning", follow=True).content.decode()
    assert '<q lang="sv">johdanto → inledning</q>' in html
    response = save_text(client, translation, segment, "En inledning", follow=True)
    assert [told.level_tag for told in response.context["messages"]] == ["success"]
    assert "johdanto → inledning" not in response.content.decode()


def test_the_structure_of_the_text_is_told(talk, translation, admin_user):
    talk.text = "<h2>Otsake</h2><p>Leipä</p><ul><li>Kohta <b>yksi</b></li></ul>"
    first, second = talk.items.all()
    second.note = "Huomautus"
    talk.items = [first, second]
    talk.body = [("paragraph", "<h3>Väliotsikko</h3>")]
    talk.save_revision().publish()
    with override("en"):
        told = {row.source: row.location for row in string_rows(translation, admin_user) if row.is_open}
    assert told == {
        "Otsake": "Text › Heading",
        "Leipä": "Text",
        "Kohta <b>yksi</b>": "Text › List item",
        "Huomautus": "Talk items › Note",
        "Väliotsikko": "Body › Paragraph › Heading",
    }
