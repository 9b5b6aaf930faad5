"""Registrations for the demo's events. Registrants are named by their roles: no real person is in the demo."""

from dataclasses import dataclass

from cms.demo.declarations import LANGUAGES, Language, t

ROLES = (
    t("Suunnittelija", "Planerare", "Planner"),
    t("Osastopäällikkö", "Avdelningschef", "Head of Department"),
    t("Kehittämispäällikkö", "Utvecklingschef", "Development Manager"),
    t("Hallintojohtaja", "Förvaltningsdirektör", "Administrative Director"),
    t("Viestintäpäällikkö", "Kommunikationschef", "Communications Manager"),
    t("Asiantuntija", "Sakkunnig", "Specialist"),
    t("Palvelujohtaja", "Servicedirektör", "Director of Services"),
)

ORGANISATIONS = (
    t("Vakuutusvirasto", "Försäkringsverket", "Insurance Agency"),
    t("Liikennevirasto", "Trafikstyrelsen", "Transport Administration"),
    t("Kulttuurineuvosto", "Kulturrådet för regionerna", "Council for Regional Culture"),
    t("Mallilan kunta", "Modellby kommun", "Municipality of Mallila"),
    t("Esimerkkilän kaupunki", "Exempelstad", "Town of Esimerkkilä"),
)


@dataclass(frozen=True, slots=True)
class Registrant:
    name: str
    email: str
    organisation: str
    language: Language


@dataclass(frozen=True, slots=True)
class Batch:
    """A number of registrations for a page, with the languages in turn."""

    page: str
    size: int
    languages: tuple[Language, ...] = LANGUAGES

    def registrant(self, number: int) -> Registrant:
        """Return the registrant with a number, from 1."""
        language = self.languages[number % len(self.languages)]
        return Registrant(
            name=f"{ROLES[number % len(ROLES)][language]} {number}",
            email=f"{self.page.rpartition('.')[2]}.{number}@example.fi",
            organisation=ORGANISATIONS[number % len(ORGANISATIONS)][language],
            language=language,
        )


BATCHES = (
    Batch("event.theme-day", 14),
    Batch("event.management-day", 9),
    Batch("event.dialogue-workshop", 10, ("sv", "sv", "fi", "en")),
    Batch("event.morning-coffee", 12, ("fi", "sv")),
    Batch("event.evaluation-webinar", 7),
    Batch("event.treasury-morning", 5, ("fi", "fi", "sv")),
    Batch("event.webinar", 31, ("sv",)),
)
