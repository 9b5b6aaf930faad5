"""Who has registered for what. Visitors are called by their roles; no real person stands in the demo."""

from dataclasses import dataclass

from cms.demo.declare import LANGUAGES, Language, t

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
class Visitor:
    name: str
    email: str
    organisation: str
    language: Language


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people at the desk of a page; their languages take turns."""

    page: str
    size: int
    languages: tuple[Language, ...] = LANGUAGES

    def visitor(self, number: int) -> Visitor:
        """The person of this number, from 1."""
        language = self.languages[number % len(self.languages)]
        return Visitor(
            name=f"{ROLES[number % len(ROLES)][language]} {number}",
            email=f"{self.page.rpartition('.')[2]}.{number}@example.fi",
            organisation=ORGANISATIONS[number % len(ORGANISATIONS)][language],
            language=language,
        )


CROWDS = (
    Crowd("event.theme-day", 14),
    Crowd("event.management-day", 9),
    Crowd("event.dialogue-workshop", 10, ("sv", "sv", "fi", "en")),
    Crowd("event.morning-coffee", 12, ("fi", "sv")),
    Crowd("event.evaluation-webinar", 7),
    Crowd("event.treasury-morning", 5, ("fi", "fi", "sv")),
    Crowd("event.webinar", 31, ("sv",)),
)
