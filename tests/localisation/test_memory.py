from localisation.differences import marked
from localisation.glossary import mentions, warnings
from localisation.memory import suggest
from localisation.models import Term


def test_similar_strings_are_suggested_best_first(swedish, locales):
    found = suggest("Johdanto", source_locale_id=locales["fi"].pk, locale_id=locales["sv"].pk)
    assert (found[0].text, found[0].percent) == ("sv Johdanto", 100)
    assert suggest("Aivan muuta kuin mikään", source_locale_id=locales["fi"].pk, locale_id=locales["sv"].pk) == []


def test_terms_bend():
    assert mentions("Verkostojen tapaaminen", "verkosto")
    assert mentions("Nätverkens möte", "nätverk")
    assert not mentions("Tapaaminen", "verkosto")


def test_a_term_that_is_not_followed_warns(locales):
    term = Term(source_locale=locales["fi"], source="verkosto", locale=locales["sv"], target="nätverk", note="!")
    assert [warning.target for warning in warnings("Verkoston työ", "Gruppens arbete", [term])] == ["nätverk"]
    assert warnings("Verkoston työ", "Nätverkets arbete", [term]) == []


def test_differences_are_marked_and_escaped():
    html = marked("Alkaa klo <b>12</b>", "Alkaa klo <b>14</b>")
    assert '<del class="localisation-diff">12</del><ins class="localisation-diff">14</ins>' in html
    assert "&lt;b&gt;" in html
