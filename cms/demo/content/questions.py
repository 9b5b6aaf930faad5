"""Questions of registration forms."""

from typing import Any

from cms.demo.declarations import Block, Items, Ref, Text, t

NO_CONDITION = {"question": "", "answers": ""}


def _question(
    key: str, kind: str, label: Text, *, help_text: Text | str = "", reason: Text | str = "", **extra: Any
) -> Block:
    value = {"label": label, "help_text": help_text, "reason": reason, "required": False, "shown_if": NO_CONDITION}
    return Block(kind, {**value, **extra}, name=key)


def _choices(*rows: tuple[Text, int | None]) -> Items:
    return Items(tuple({"label": label, "capacity": capacity} for label, capacity in rows))


ORGANISATION = _question(
    "organisation",
    "organisation",
    t("Organisaatio", "Organisation", "Organisation"),
    help_text=t(
        "Kirjoita organisaatiosi virallinen nimi.",
        "Skriv din organisations officiella namn.",
        "Write the official name of your organisation.",
    ),
    required=True,
)

SHORT_QUESTIONS = (
    ORGANISATION,
    _question(
        "expectations",
        "long_text",
        t("Mitä toivot tilaisuudelta?", "Vad önskar du av evenemanget?", "What do you hope for from the event?"),
    ),
)

VENUE_QUESTIONS = (
    ORGANISATION,
    _question(
        "venue",
        "venue",
        t("Missä osallistut?", "Var deltar du?", "Where will you take part?"),
        required=True,
        choices=Items(
            (
                {
                    "label": t("Helsinki", "Helsingfors", "Helsinki"),
                    "venue": Ref("venue.spruce-house"),
                    "capacity": 40,
                },
                {"label": t("Tampere", "Tammerfors", "Tampere"), "venue": Ref("venue.birch-hall"), "capacity": 20},
                {"label": t("Oulu", "Uleåborg", "Oulu"), "venue": None, "capacity": 20},
            )
        ),
    ),
)

LUNCH_QUESTIONS = (
    ORGANISATION,
    _question("title", "text", t("Tehtävänimike", "Titel", "Job title")),
    _question(
        "workshop",
        "choice",
        t("Työpaja", "Workshop", "Workshop"),
        required=True,
        choices=_choices(
            (
                t(
                    "A: päätöksiä puutteellisin tiedoin",
                    "A: beslut med bristfällig kunskap",
                    "A: deciding with too little knowledge",
                ),
                20,
            ),
            (t("B: vaikea keskustelu", "B: det svåra samtalet", "B: the difficult conversation"), 12),
            (t("En osallistu työpajaan", "Jag deltar inte i någon workshop", "I shall not attend a workshop"), None),
        ),
    ),
    _question(
        "lunch",
        "yes_no",
        t("Osallistutko lounaalle?", "Deltar du i lunchen?", "Will you have lunch with us?"),
        required=True,
    ),
    _question(
        "diet",
        "dietary_needs",
        t("Ruokavalio ja allergiat", "Specialkost och allergier", "Diet and allergies"),
        reason=t(
            "Kerromme tiedot keittiölle ilman nimiä ja poistamme ne kahden viikon kuluttua.",
            "Vi ger uppgifterna till köket utan namn och raderar dem efter två veckor.",
            "We tell the kitchen without names, and erase the answers after two weeks.",
        ),
    ),
    _question(
        "access",
        "access_needs",
        t("Esteettömyys ja tulkkaus", "Tillgänglighet och tolkning", "Access and interpreting"),
        help_text=t(
            "Esimerkiksi induktiosilmukka, viittomakielen tulkki tai tila pyörätuolille.",
            "Till exempel hörselslinga, teckenspråkstolk eller plats för rullstol.",
            "Such as an induction loop, a sign language interpreter or room for a wheelchair.",
        ),
    ),
    _question(
        "themes",
        "several_choices",
        t("Mistä haluaisit keskustella?", "Vad vill du diskutera?", "What would you like to discuss?"),
        choices=_choices(
            (t("muutoksesta", "förändring", "change"), None),
            (t("palautteesta", "respons", "feedback"), None),
            (t("jaksamisesta", "hur man orkar", "stamina"), None),
        ),
    ),
)


def _feedback(key: str, kind: str, label: Text, *, required: bool = False, **extra: Any) -> Block:
    value = {"label": label, "help_text": "", "required": required, "shown_if": NO_CONDITION}
    return Block(kind, {**value, **extra}, name=key)


FEEDBACK_QUESTIONS = (
    _feedback(
        "rating",
        "choice",
        t("Mitä pidit tilaisuudesta?", "Vad tyckte du om evenemanget?", "What did you think of the event?"),
        required=True,
        choices=Items(
            tuple(
                {"label": label}
                for label in (
                    t("Erittäin hyvä", "Mycket bra", "Very good"),
                    t("Hyvä", "Bra", "Good"),
                    t("Kohtalainen", "Ganska bra", "Fair"),
                    t("Huono", "Dåligt", "Poor"),
                )
            )
        ),
    ),
    _feedback(
        "change",
        "long_text",
        t("Mitä tekisit toisin?", "Vad skulle du göra annorlunda?", "What would you do differently?"),
    ),
)
