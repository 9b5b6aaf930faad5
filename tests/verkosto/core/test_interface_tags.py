"""Texts of the interface in a language into which they are not translated.

Finding of localisation: "the interface stands in English under lang="da" unmarked, half in Django's Danish". Django
translates "Home" and "Search" into Danish; our own texts are English there.
"""

import pytest
from django.template import Context, Template
from django.utils.translation import gettext_lazy, override

from verkosto.core.locales import interface_language


def shown(source: str, language: str = "da", **context: object) -> str:
    with override(language):
        return Template("{% load i18n interface_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('<p>{% translate "Home" %}</p>', '<p><span lang="en">Home</span></p>'),
        ('<p>{% translate "Home" %}{% if 1 %}, x{% endif %}</p>', '<p><span lang="en">Home</span>, x</p>'),
        ('{% translate "Home" %}', '<span lang="en">Home</span>'),
        ('<nav aria-label="{% translate "Home" %}"{% if 1 %} id="a"{% endif %}>', '<nav aria-label="Home" id="a">'),
        ('<title>{% translate "Home" %} – A</title>', "<title>Home – A</title>"),
        ('<option value="a">{% translate "Home" %}</option>', '<option value="a">Home</option>'),
        ('{% translate "Home" as home %}<b title="{{ home }}">', '<b title="Home">'),
        (
            "<p>{% blocktranslate with name=n %}Search {{ name }}{% endblocktranslate %}</p>",
            '<p><span lang="en">Search &lt;b&gt;</span></p>',
        ),
        (
            "{% blocktranslate count number=2 %}one{% plural %}{{ number }} all{% endblocktranslate %}",
            '<span lang="en">2 all</span>',
        ),
        (
            "<nav{% interface_lang_attribute %}><ul{% page_lang_attribute %}></ul></nav>",
            '<nav lang="en"><ul lang="da"></ul></nav>',
        ),
    ],
)
def test_a_text_without_translation_is_english_and_marked_where_an_element_may_stand(source: str, html: str) -> None:
    assert shown(source, n="<b>") == html


@pytest.mark.parametrize(
    ("language", "text"), [("fi", "Etusivu"), ("sv", "Startsida"), ("sv-fi", "Startsida"), ("en", "Home")]
)
def test_a_text_in_the_language_of_the_page_is_not_marked(language: str, text: str) -> None:
    source = '<nav{% interface_lang_attribute %}><a{% page_lang_attribute %}>{% translate "Home" %}</a></nav>'
    assert shown(source, language) == f"<nav><a>{text}</a></nav>"
    assert interface_language(language) == language


@pytest.mark.parametrize(
    ("language", "html"),
    [
        ("da", '<b><span lang="en">Home</span> Hjem &lt; <span lang="en">Meeting</span></b>'),
        ("sv", "<b>Startsida Hjem &lt; Meeting</b>"),
    ],
)
def test_names_of_fields_and_choices_are_marked_and_the_words_of_editors_are_not(language: str, html: str) -> None:
    source = "<b>{{ ours|interface_text }} {{ editors|interface_text }} {{ choice|interface_choice }}</b>"
    assert shown(source, language, ours=gettext_lazy("Home"), editors="Hjem <", choice="Meeting") == html
