"""The machine translator without a network, with a fake of Argos Translate in its place."""

import sys
from types import ModuleType

import pytest
from wagtail.models import Locale
from wagtail_localize.strings import StringValue

from verkosto.localisation.workflow.offline_translator import ArgosTranslator


class Shouting:
    """Translates by writing in capitals."""

    def translate(self, text):
        return text.upper()


@pytest.fixture
def installed(monkeypatch):
    """Argos Translate with one pair of languages; it raises what the real one does for others."""
    module = ModuleType("argostranslate.translate")

    def get_translation_from_codes(source, target):
        if (source, target) != ("fi", "sv"):
            raise AttributeError("'NoneType' object has no attribute 'get_translation'")
        return Shouting()

    module.get_translation_from_codes = get_translation_from_codes
    monkeypatch.setitem(sys.modules, "argostranslate", ModuleType("argostranslate"))
    monkeypatch.setitem(sys.modules, "argostranslate.translate", module)


def locale(code):
    return Locale(language_code=code)


def test_it_offers_the_installed_languages_alone(installed):
    machine = ArgosTranslator({})
    assert machine.can_translate(locale("fi"), locale("sv-fi"))
    assert not machine.can_translate(locale("fi"), locale("en"))


def test_formatting_and_links_stay(installed):
    string = StringValue('Lue <b>ensin</b> <a id="a1">tämä &amp; tuo</a>,<br/> sitten.')
    found = ArgosTranslator({}).translate(locale("fi"), locale("sv"), [string])
    assert found[string].data == 'LUE <b>ENSIN</b> <a id="a1">TÄMÄ &amp; TUO</a>,<br/> SITTEN.'
