"""The accessibility statement of the demo has every part of the model in Implementing Decision (EU) 2018/1523, annex."""

import re

import pytest
from bs4 import BeautifulSoup, Tag

from tests.instance import Instance
from tests.journeys.conftest import Web

pytestmark = pytest.mark.journey
#: The headings of the model, in its order; before the first stand the commitment and the scope.
HEADINGS = {
    "fi": [
        ("Vaatimustenmukaisuuden tila", []),
        (
            "Ei-saavutettava sisältö",
            [
                "Lainsäädännön vaatimusten vastainen sisältö",
                "Kohtuuton rasite",
                "Sisältö, johon lainsäädäntöä ei sovelleta",
            ],
        ),
        ("Tämän saavutettavuusselosteen laatiminen", []),
        ("Palaute ja yhteystiedot", []),
        ("Täytäntöönpanomenettely", []),
    ],
    "sv": [
        ("Status för fullgörande av kraven", []),
        (
            "Innehåll som inte är tillgängligt",
            [
                "Bristande förenlighet med lagstiftningen",
                "Oproportionell börda",
                "Innehåll som inte omfattas av lagstiftningen",
            ],
        ),
        ("Utarbetande av detta tillgänglighetsutlåtande", []),
        ("Respons och kontaktinformation", []),
        ("Tillsynsförfarande", []),
    ],
    "en": [
        ("Compliance status", []),
        (
            "Non-accessible content",
            ["Non-compliance with the law", "Disproportionate burden", "Content outside the scope of the law"],
        ),
        ("Preparation of this accessibility statement", []),
        ("Feedback and contact information", []),
        ("Enforcement procedure", []),
    ],
}
#: What each part has to say, in this order: commitment with law, scope, status, reasons, preparation, feedback, enforcement.
WORDING = {
    "fi": [
        r"^Esimerkkivirasto on sitoutunut saattamaan tämän verkkosivuston saavutettavaksi digitaalisten palvelujen "
        r"tarjoamisesta annetun lain \(306/2019\) mukaisesti\. "
        r"Tämä saavutettavuusseloste koskee verkkosivustoa verkosto\.example\.fi\.$",
        r"^Täyttää vaatimukset osittain\. Tämä verkkosivusto täyttää vaatimukset \(WCAG 2\.2 AA, EN 301 549\) osittain "
        r"jäljempänä lueteltujen puutteiden ja poikkeusten vuoksi\.$",
        r"^Jäljempänä lueteltu sisältö ei ole saavutettavaa seuraavista syistä:",
        r"^Seloste on laadittu 15\.1\.2026\. Se perustuu itsearviointiin, jonka teki Esimerkkivirasto\. .*"
        r"Seloste on viimeksi tarkistettu 1\.9\.2026\.$",
        r"14 päivän kuluessa.*saavutettavuus@example\.fi",
        r"valvovalle viranomaiselle.*0295 00 1234.*Tee saavutettavuuskantelu",
    ],
    "sv": [
        r"^Exempelämbetsverket har åtagit sig att göra den här webbplatsen tillgänglig i enlighet med lagen om "
        r"tillhandahållande av digitala tjänster \(306/2019\)\. "
        r"Det här tillgänglighetsutlåtandet gäller webbplatsen verkosto\.example\.fi\.$",
        r"^Uppfyller kraven delvis\. Webbplatsen uppfyller kraven \(WCAG 2\.2 AA, EN 301 549\) delvis, på grund av de "
        r"brister och undantag som anges nedan\.$",
        r"^Det innehåll som anges nedan är inte tillgängligt av följande skäl:",
        r"^Utlåtandet upprättades den 15 januari 2026\. Det bygger på en självbedömning av Exempelämbetsverket\. .*"
        r"Utlåtandet granskades senast den 1 september 2026\.$",
        r"inom 14 dagar.*saavutettavuus@example\.fi",
        r"tillsynsmyndigheten.*0295 00 1234.*Anför klagomål om tillgängligheten",
    ],
    "en": [
        r"^The Example Agency is committed to making this website accessible, in accordance with the Act on the "
        r"Provision of Digital Services \(306/2019\)\. "
        r"This accessibility statement applies to verkosto\.example\.fi\.$",
        r"^Partially compliant\. This website is partially compliant with the requirements \(WCAG 2\.2 AA, EN 301 549\), "
        r"due to the non-compliances and exemptions listed below\.$",
        r"^The content listed below is not accessible for the following reasons:",
        r"^This statement was prepared on 15 January 2026\. It is based on a self-assessment by The Example Agency\. .*"
        r"The statement was last reviewed on 1 September 2026\.$",
        r"within 14 days.*saavutettavuus@example\.fi",
        r"supervisory authority.*0295 00 1234.*Submit an accessibility complaint",
    ],
}


def text_of(element: Tag) -> str:
    """Return the text of an element without soft hyphens, with single spaces."""
    text = " ".join(element.get_text(" ").replace("\xad", "").split())
    return re.sub(r" (?=[.,)])|(?<=\() ", "", text)


def parts_of(statement: Tag) -> list[tuple[str, list[str], str]]:
    """Return the heading of each part, the headings in it, and its text; the first part has no heading."""
    parts: list[tuple[str, list[str], str]] = [("", [], "")]
    for child in statement.find_all(recursive=False):
        if child.name == "h2":
            parts.append((text_of(child), [], ""))
            continue
        heading, below, text = parts[-1]
        if child.name == "h3":
            below.append(text_of(child))
        parts[-1] = (heading, below, f"{text} {text_of(child)}".strip())
    return parts


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_statement_has_every_part_of_the_model(instance: Instance, web: Web, language: str) -> None:
    page = BeautifulSoup(web.get(instance.path("accessibility", language)).text, "html.parser")
    statement = page.select_one("main .page-text > .prose")
    assert statement
    parts = parts_of(statement)

    assert [(heading, below) for heading, below, _ in parts] == [("", []), *HEADINGS[language]]
    assert [
        (pattern, text)
        for (*_, text), pattern in zip(parts, WORDING[language], strict=True)
        if not re.search(pattern, text)
    ] == []
    links = {str(link["href"]) for link in statement.select("a[href]")}
    assert "https://valvonta.example.fi/" in links
