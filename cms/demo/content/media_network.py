"""A membership network of a media house and its season of five meetings, written in Swedish."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cms.demo.content import blocks
from cms.demo.content.blocks import mailbox, organisers, paragraphs, topics
from cms.demo.declarations import Node, Picture, Ref, Text, rich, t

MAILBOX = mailbox(
    t("Verkoston postilaatikko", "Nätverkets brevlåda", "The network's mailbox"),
    "natverk@example.fi",
    "+358 295 00 0300",
)

NETWORK = Node(
    "network.difficult-decisions",
    "verkosto_networks.NetworkPage",
    {
        "title": t("Vaikeat päätökset", "Svåra beslut", "Difficult Decisions"),
        "slug": t("vaikeat-paatokset", "svara-beslut", "difficult-decisions"),
        "summary": t(
            "Jäsenverkosto valtion, alueiden ja kuntien johtajille, jotka haluavat pohtia rauhassa ja yhdessä.",
            "Ett medlemsnätverk för chefer i stat, regioner och kommuner som vill tänka i lugn och ro tillsammans.",
            "A membership network for state, regional and municipal managers who want to think in peace, together.",
        ),
        "listing_image": Picture("decisions"),
        "listing_image_alt": t(
            "Piirros: haarautuva tie kuusten välissä",
            "Teckning: en väg som delar sig mellan granar",
            "Drawing: a road that forks between spruces",
        ),
        "kind": "professional",
        "purpose": rich(
            "Verkosto antaa johtajalle paikan, jossa vaikeita päätöksiä voi punnita luottamuksella ennen kuin ne "
            "on tehty.",
            "Nätverket ger chefen en plats där svåra beslut kan vägas i förtroende innan de är fattade.",
            "The network gives managers a place where difficult decisions can be weighed in confidence before they "
            "are "
            "made.",
        ),
        "who_belongs": t(
            "Valtion, alueiden ja kuntien johtajat. Verkosto on tarkoitettu vain jäsenille.",
            "Chefer på statlig, regional och kommunal nivå. Nätverket är öppet bara för medlemmar.",
            "Managers at state, regional and municipal level. The network is for members only.",
        ),
        "joining": "application",
        "joining_note": t(
            "Kun sinut on hyväksytty jäseneksi, kuulut verkostoon koko kauden.",
            "När du har antagits som medlem hör du till nätverket hela säsongen.",
            "Once you are a member, you belong to the network for the whole season.",
        ),
        "rhythm": t(
            "Viisi aamupäivää kaudessa klo 9.30–12.30 Tukholman keskustassa.",
            "Fem förmiddagar per säsong kl. 9.30–12.30 i centrala Stockholm.",
            "Five mornings a season, 9.30–12.30, in central Stockholm.",
        ),
        "facilitator": Ref("person.season.facilitator"),
        "lead_questions": blocks.sentences(
            t(
                "Miten päätetään, kun tietoa on liian vähän?",
                "Hur beslutar man när man vet för lite?",
                "How does one decide when too little is known?",
            ),
            t(
                "Kenelle johtaja on velkaa selityksen?",
                "Vem är chefen skyldig en förklaring?",
                "To whom does a manager owe an explanation?",
            ),
            t(
                "Milloin päätöstä pitää muuttaa, ja kuka sen sanoo ääneen?",
                "När måste ett beslut ändras, och vem säger det högt?",
                "When must a decision be changed, and who says so aloud?",
            ),
        ),
        "contacts": (MAILBOX,),
    },
    original="sv",
    parent="networks",
    rows={
        "topic_links": topics("leadership", "crisis"),
        "hosts": organisers("media-house"),
    },
)

SEASON = Node(
    "series.season",
    "verkosto_events.EventSeriesPage",
    {
        "title": t("Kausi 2020", "Säsongen 2020", "Season 2020"),
        "slug": t("kausi-2020", "sasongen-2020", "season-2020"),
        "summary": t(
            "Kauden viisi tapaamista. Kauden päätyttyä alkaa uusi.",
            "Säsongens fem möten. När säsongen är slut börjar en ny.",
            "The five meetings of the season. When it ends, a new one begins.",
        ),
        "kind": "season",
        "first_year": 2020,
        "last_year": 2020,
        "facilitator": Ref("person.season.facilitator"),
        "subject_to_change": True,
        "notice": rich(
            "<p>Huolehdimme kaikkien terveydestä: pidämme etäisyyttä ja tarjoilemme istuville. Jää kotiin, jos tunnet "
            "itsesi sairaaksi.</p>"
            "<p>Jos emme voi kokoontua, tapaamme verkossa. Kerromme siitä jäsenille hyvissä ajoin.</p>",
            "<p>Vi värnar om allas hälsa: vi håller avstånd och serverar vid sittande bord. Stanna hemma om du känner "
            "dig sjuk.</p>"
            "<p>Om vi inte kan samlas möts vi i stället digitalt. Medlemmarna får besked i god tid.</p>",
            "<p>We look after everyone's health: we keep our distance and serve at the table. Stay at home if you "
            "feel "
            "ill.</p>"
            "<p>If we cannot meet in person, we shall meet online instead. Members will be told in good time.</p>",
        ),
        "body": (
            paragraphs(
                rich(
                    "Tapaamiset pidetään aamupäivisin Tukholman keskustan konferenssitiloissa.",
                    "Mötena hålls på förmiddagen i konferenslokaler i centrala Stockholm.",
                    "The meetings are held in the forenoon at conference venues in central Stockholm.",
                )
            ),
        ),
        "contacts": (MAILBOX,),
    },
    original="sv",
    parent="network.difficult-decisions",
    rows={"organisers": organisers("media-house")},
)


def _meeting(
    number: int,
    title: Text,
    slug: Text,
    summary: Text,
    rows: Mapping[str, tuple[Mapping[str, object], ...]],
    **facts: Any,
) -> Node:
    return Node(
        f"meeting.{number}",
        "verkosto_events.EventPage",
        {
            "title": title,
            "slug": slug,
            "summary": summary,
            "kind": "meeting",
            "number": number,
            "subject_to_change": True,
            "event_languages": ["sv"],
            "audience": t("Verkoston jäsenet", "Nätverkets medlemmar", "Members of the network"),
            "timezone": "Europe/Stockholm",
            "contacts": (MAILBOX,),
            **facts,
        },
        original="sv",
        parent="series.season",
        rows={
            "organisers": organisers("media-house"),
            "network_links": blocks.networks("difficult-decisions"),
            **rows,
        },
    )


def _session(title: Text, abstract: Text, *speakers: str) -> Mapping[str, object]:
    return {"title": title, "abstract": abstract, "speakers": blocks.speakers(*speakers)}


MEETINGS = (
    _meeting(
        1,
        t("Kun kriisi koittaa", "När krisen kommer", "When the crisis comes"),
        t("tapaaminen-1", "mote-1", "meeting-1"),
        t(
            "Kaksi puheenvuoroa johtajan päätöksistä kriisissä. Tapaaminen on siirretty toistaiseksi.",
            "Två föredrag om chefens beslut i en kris. Mötet är framflyttat tills vidare.",
            "Two talks on a manager's decisions in a crisis. The meeting is postponed until further notice.",
        ),
        {
            "agenda_items": (
                _session(
                    t("Päätöksiä sumussa", "Beslut i dimma", "Decisions in fog"),
                    rich(
                        "Mitä tutkimus kertoo johtajista, joiden on päätettävä ennen kuin tilanteesta on kuva?",
                        "Vad säger forskningen om chefer som måste besluta innan lägesbilden är klar?",
                        "What does research say about managers who must decide before the situation is clear?",
                    ),
                    "crisis.researcher",
                ),
                _session(
                    t("Yö johtokeskuksessa", "En natt i ledningscentralen", "A night in the command centre"),
                    rich(
                        "Myöhemmin samassa tapaamisessa turvallisuusjohtaja kertoo yhden yön päätöksistä ja siitä, mitä hän "
                        "tekisi nyt toisin.",
                        "Senare på samma möte berättar en säkerhetsdirektör om en natts beslut och om vad som i dag skulle "
                        "göras annorlunda.",
                        "Later at the same meeting a security director tells of the decisions of one night, and of what "
                        "should now be done differently.",
                    ),
                    "security.director",
                ),
            )
        },
        date_precision="unannounced",
        status="postponed",
        status_note=t(
            "Tapaaminen on siirretty toistaiseksi. Lisätietoja tulee.",
            "Mötet är framflyttat tills vidare. Mer information kommer.",
            "The meeting is postponed until further notice. More information will come.",
        ),
        venue=Ref("venue.stream-house"),
    ),
    _meeting(
        2,
        t("Luottamus valuuttana", "Förtroende som valuta", "Trust as a currency"),
        t("tapaaminen-2", "mote-2", "meeting-2"),
        t(
            "Miten luottamus syntyy, ja mitä se maksaa, kun se on menetetty?",
            "Hur uppstår förtroende, och vad kostar det när det är förlorat?",
            "How does trust come about, and what does it cost once lost?",
        ),
        {"speakers": blocks.speakers("trust.professor")},
        date_precision="exact",
        starts_at=dt.datetime(2020, 5, 5, 9, 30),
        ends_at=dt.datetime(2020, 5, 5, 12, 30),
        venue=Ref("venue.stream-house"),
    ),
    _meeting(
        3,
        t("Kieltäytymisen taito", "Konsten att säga nej", "The art of saying no"),
        t("tapaaminen-3", "mote-3", "meeting-3"),
        t(
            "Aluejohtaja kertoo hankkeesta, jonka hän pysäytti.",
            "En regiondirektör berättar om ett projekt som stoppades.",
            "A regional director tells of a project that was stopped.",
        ),
        {"speakers": blocks.speakers("region.director")},
        date_precision="exact",
        starts_at=dt.datetime(2020, 5, 15, 9, 30),
        ends_at=dt.datetime(2020, 5, 15, 12, 30),
        venue=Ref("venue.stream-house"),
    ),
    _meeting(
        4,
        t("Perintö seuraajalle", "Arvet till efterträdaren", "What we leave our successors"),
        t("tapaaminen-4", "mote-4", "meeting-4"),
        t(
            "Kesäkuu 2020. Lisätietoja ja päivämäärä tulossa pian.",
            "Juni 2020. Mer information och datum kommer snart.",
            "June 2020. More information and the date will follow soon.",
        ),
        {},
        date_precision="month",
        starts_on=dt.date(2020, 6, 1),
    ),
    _meeting(
        5,
        t("Viides tapaaminen", "Femte mötet", "Fifth meeting"),
        t("tapaaminen-5", "mote-5", "meeting-5"),
        t(
            "Ohjelma ja ajankohta julkaistaan myöhemmin.",
            "Program och tid offentliggörs senare.",
            "The programme and the date will be announced later.",
        ),
        {},
        date_precision="unannounced",
    ),
)

NODES = (NETWORK, SEASON, *MEETINGS)
