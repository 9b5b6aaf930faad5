"""Members of the demo's networks. They are named by their roles: no real person is in the demo."""

from collections.abc import Mapping
from dataclasses import dataclass

from cms.demo.content.registrations import ORGANISATIONS, ROLES
from cms.demo.declarations import LANGUAGES, t

FORUM = "network.management-forum"
GROUP_SIZE = 10
#: The small groups that go on, and how many newcomers of the forum have none yet.
GROUPS = ("group.1", "group.2", "group.3", "group.4")
NEWCOMERS = 10

AREAS = (
    t("Henkilöstö", "Personal", "HR"),
    t("Talous", "Ekonomi", "Finance"),
    t("Viestintä", "Kommunikation", "Communications"),
    t("Digitaaliset palvelut", "Digitala tjänster", "Digital services"),
    t("Lainsäädäntö", "Lagstiftning", "Legislation"),
    t("Strategia", "Strategi", "Strategy"),
    t("Turvallisuus", "Säkerhet", "Security"),
    t("Tilat ja hankinnat", "Lokaler och upphandling", "Premises and procurement"),
)
REGIONS = (
    t("Uusimaa", "Nyland", "Uusimaa"),
    t("Pohjanmaa", "Österbotten", "Ostrobothnia"),
    t("Pirkanmaa", "Birkaland", "Pirkanmaa"),
    t("Lappi", "Lappland", "Lapland"),
)


@dataclass(frozen=True, slots=True)
class Circle:
    """The members of a page: how many, the first one's number, roles by number, and how many days they still belong."""

    page: str
    first: int
    size: int
    roles: Mapping[int, str]
    days_left: int | None = None

    def members(self) -> list[dict[str, object]]:
        """Return the fields of the memberships, but for the page and the days."""
        return [
            {**member(number), "role": self.roles.get(number, "member")}
            for number in range(self.first, self.first + self.size)
        ]


def member(number: int) -> dict[str, object]:
    """Return the person with a number, from 1: the same in every circle. Every third wants not to be listed."""
    language = LANGUAGES[number % 5 % len(LANGUAGES)]
    # Steps without a common divisor, so that areas and organisations occur in all combinations.
    return {
        "name": f"{ROLES[number % len(ROLES)][language]} {number}",
        "email": f"member.{number}@example.fi",
        "organisation": ORGANISATIONS[number * 3 % len(ORGANISATIONS)][language],
        "area": AREAS[number * 5 % len(AREAS)][language],
        "region": REGIONS[number % len(REGIONS)][language],
        "language": language,
        "is_listed": number % 3 != 0,
    }


CIRCLES = (
    Circle(FORUM, 1, len(GROUPS) * GROUP_SIZE + NEWCOMERS, {1: "chair"}),
    *(Circle(key, 1 + nth * GROUP_SIZE, GROUP_SIZE, {}) for nth, key in enumerate(GROUPS)),
    Circle("network.hr-forum", 101, 18, {101: "chair", 102: "committee", 103: "committee", 104: "committee"}),
    Circle("network.difficult-decisions", 201, 14, {201: "facilitator"}, days_left=210),
)
