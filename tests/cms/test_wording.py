"""Wordings that the reading of the Finnish, Swedish and English interface corrected, and the ones they became."""

import re
from functools import cache

import polib
import pytest
from django.conf import settings

from cms import catalogues

# Expressions that stand in no text, by language.
WRONG = {
    "fi": (
        "Olet kutsuttu",
        "ilmoittautumisesi on ratkaistu",
        "lepää",
        "merkintä on vioittunut",
        "mistä irrottaa",
        "Ei sanaston mukaan",
        "Ota tämä käännös",
        r"^Laji\b",
        "Pidetäänkö suunnitellusti",
        r"^Minkä sivun$",
        r"^Jäseniä (enintään|vähintään)",
        "sivu(a)? löytyi",
        "Kuka ja mihin mennessä",
        "ei täydenny",
        r"/ %\(\w+\)s tapahtumat",
        r"%\(\w+\)s henkilöt",
        "liittymislink",
        "[Pp]rosessi",
        "[Jj]ohtokysymy",
        r"^Ilmoittautuminen avautuu",
        "kertoo olevansa vanha",
    ),
    "sv": (
        "[Ii]ntegritetsmeddelande",
        r"^Anmälan (öppnar|stänger)",
        "[Aa]vbok",
        "blankett",
        "anslutningslänk",
        r"[Ll]edande frågor",
        r"^Avböj",
        "[Hh]åll(a|er)? lediga platser",
        r"^Öppnar",
        "texterna vilar",
        "Framsteg",
        "bland en medlems",
        "Visningar av",
        "Fullgörandestatus",
        "[Ff]acilitator",
        "[Ss]ammankallare",
    ),
    "en": (
        "You find it in",
        "for those who can declare",
        "had been open for too long",
        "Preview beside the original",
        r"\bmend\b",
        r"Who (is moved by hand|left the round|has no account)",
    ),
}
# (language, English text) → the text that came instead.
RIGHT = {
    ("fi", "The original version cannot be detached."): "Alkuperäistä versiota ei voi irrottaa.",
    ("fi", "The glossary has another term:"): "Sanastossa on toinen termi:",
    ("fi", "Assign to me"): "Ota käännös tehtäväksesi",
    ("fi", "Assign and set deadline"): "Kääntäjä ja määräaika",
    ("fi", "Events under page"): "Minkä sivun tapahtumat",
    ("fi", "The placeholder %(unknown)s is unknown. Check the spelling."): (
        "Muuttujaa %(unknown)s ei tunneta. Tarkista kirjoitusasu."
    ),
    ("fi", "In moderation"): "Odottaa hyväksyntää",
    ("fi", "Awaiting approval"): "Odottaa hyväksyntää",
    ("sv", "Up to date"): "Aktuell",
    ("sv", "Progress"): "Förlopp",
    ("sv", "Event views"): "Visa evenemangen som",
    ("sv", "Compliance status"): "Status för fullgörande av kraven",
    ("sv", "Registration closed"): "Anmälningstiden har gått ut",
    ("sv", "Facilitator"): "Processledare",
    ("sv", "Convener"): "Sammankallande",
    ("en", "Make this version the original"): "Make this version the original",
}


@cache
def entries(language: str) -> list[polib.POEntry]:
    """The entries of the project's catalogues in a language."""
    paths = [path for path in catalogues.catalogues(settings.BASE_DIR) if f"/{language}/" in path.as_posix()]
    return [entry for path in paths for entry in polib.pofile(str(path)) if not entry.obsolete]


def texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr, *entry.msgstr_plural.values()]


@pytest.mark.parametrize("language", WRONG)
def test_corrected_wordings_do_not_come_back(language: str) -> None:
    wrong = re.compile("|".join(WRONG[language]))
    found = [text for entry in entries(language) for text in texts(entry) if wrong.search(text)]
    assert found == []


def test_corrected_wordings_are_the_right_ones() -> None:
    found = {
        (language, entry.msgid): entry.msgstr
        for language in WRONG
        for entry in entries(language)
        if (language, entry.msgid) in RIGHT
    }
    assert found == RIGHT
