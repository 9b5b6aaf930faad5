"""Upcoming events, with dates relative to the day of loading: one for each state of registration."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cms.demo.content import blocks
from cms.demo.content.questions import LUNCH_QUESTIONS, SHORT_QUESTIONS
from cms.demo.declarations import FromNow, Language, Node, Picture, Ref, Text, rich, t

MORNING, NINE, NOON, ONE, THREE, FOUR = (dt.time(hour) for hour in (8, 9, 12, 13, 15, 16))


def event(
    key: str,
    title: Text,
    slug: Text,
    summary: Text,
    body: Text,
    *,
    day: int,
    hours: tuple[dt.time, dt.time],
    original: Language = "fi",
    rows: Mapping[str, tuple[Mapping[str, object], ...]] | None = None,
    **fields: Any,
) -> Node:
    return Node(
        f"event.{key}",
        "verkosto_events.EventPage",
        {
            "title": title,
            "slug": slug,
            "summary": summary,
            "body": (blocks.paragraphs(body),),
            "date_precision": "exact",
            "starts_at": FromNow(day, hours[0]),
            "ends_at": FromNow(day, hours[1]),
            "attendance": "on_site",
            "event_languages": [original],
            "audience": t("Kaikki kiinnostuneet", "Alla intresserade", "Everyone interested"),
            "contacts": (blocks.person("registrar"),),
            "registration_enabled": True,
            "registration_opens_at": FromNow(-14, NINE),
            "registration_closes_at": FromNow(day - 7, FOUR),
            "privacy_notice": Ref("privacy.events"),
            **fields,
        },
        original=original,
        parent="events",
        rows={"organisers": blocks.organisers("ministry"), **(rows or {})},
    )


OPEN = event(
    "theme-day",
    t("Johtamisen teemapäivä", "Temadag om ledarskap", "Theme day on leadership"),
    t("johtamisen-teemapaiva", "temadag-om-ledarskap", "theme-day-on-leadership"),
    t(
        "Päivä epävarmuuden johtamisesta: puheenvuoroja, kaksi työpajaa ja runsaasti aikaa keskustelulle.",
        "En dag om att leda i osäkerhet: anföranden, två workshoppar och gott om tid för samtal.",
        "A day on leading through uncertainty: talks, two workshops and plenty of time to talk.",
    ),
    rich(
        "Teemapäivään ovat tervetulleita kaikki johtamisesta kiinnostuneet. Valitse työpaja ilmoittautuessasi; "
        "paikat täytetään ilmoittautumisjärjestyksessä.",
        "Alla som är intresserade av ledarskap är välkomna till temadagen. Välj workshop när du anmäler dig; "
        "platserna "
        "fylls i anmälningsordning.",
        "Everyone interested in leadership is welcome to the theme day. Choose a workshop when you register; places "
        "are given in order of registration.",
    ),
    day=30,
    hours=(NINE, FOUR),
    kind="theme_day",
    event_languages=["fi", "sv"],
    venue=Ref("venue.spruce-house"),
    room=t("Juhlasali", "Festsalen", "Main hall"),
    capacity=80,
    questions=LUNCH_QUESTIONS,
    limit_per_organisation=6,
    subject_to_change=True,
    listing_image=Picture("autumn"),
    listing_image_alt=t(
        "Piirros: matala aurinko aaltoilevan maiseman yllä",
        "Teckning: en låg sol över ett böljande landskap",
        "Drawing: a low sun over rolling land",
    ),
    text_before=rich(
        "Päivä on maksuton. Tarjoamme lounaan.",
        "Dagen är avgiftsfri. Vi bjuder på lunch.",
        "The day is free of charge. We serve lunch.",
    ),
    text_after=rich(
        "Kiitos, nähdään Kuusitalossa!",
        "Tack, vi ses i Granhuset!",
        "Thank you, see you at Spruce House!",
    ),
    text_in_mail=t(
        "Ovet avataan klo 8.30. Tulethan ajoissa, niin ehdit kahville.",
        "Dörrarna öppnas kl. 8.30. Kom gärna i tid, så hinner du dricka kaffe.",
        "Doors open at 8.30. Come early to have time for coffee.",
    ),
    rows={
        "topic_links": blocks.topics("leadership"),
        "network_links": blocks.networks("management-forum"),
        "agenda_items": (
            {
                "kind": "point",
                "starts_at": NINE,
                "title": t("Avaus", "Öppning", "Opening"),
                "speakers": blocks.speakers("director.general"),
            },
            {
                "starts_at": dt.time(9, 20),
                "title": t(
                    "Johtaja, joka sanoo: en tiedä",
                    "Chefen som säger: jag vet inte",
                    "The manager who says: I do not know",
                ),
                "abstract": rich(
                    "Luottamus kasvaa, kun johtaja kertoo, mitä ei vielä tiedä ja milloin tietää enemmän.",
                    "Förtroendet växer när chefen berättar vad som ännu är oklart och när mer är känt.",
                    "Trust grows when a manager tells what is not known yet, and when more will be known.",
                ),
                "speakers": blocks.speakers("trust.professor"),
            },
            {"kind": "break", "starts_at": NOON, "ends_at": ONE, "title": t("Lounas", "Lunch", "Lunch")},
            {
                "starts_at": ONE,
                "ends_at": dt.time(14, 30),
                "title": t(
                    "Työpaja A: päätöksiä puutteellisin tiedoin",
                    "Workshop A: beslut med bristfällig kunskap",
                    "Workshop A: deciding with too little knowledge",
                ),
                "room": t("Juhlasali", "Festsalen", "Main hall"),
                "option": "A: päätöksiä puutteellisin tiedoin",
            },
            {
                "placement": "part",
                "title": t("Kolme tapausta", "Tre fall", "Three cases"),
                "speakers": blocks.speakers("crisis.researcher", "security.director"),
            },
            {
                "placement": "part",
                "title": t("Harjoitus pareittain", "Övning i par", "Exercise in pairs"),
                "speakers": blocks.speakers("head.hr"),
            },
            {
                "placement": "parallel",
                "title": t(
                    "Työpaja B: vaikea keskustelu",
                    "Workshop B: det svåra samtalet",
                    "Workshop B: the difficult conversation",
                ),
                "room": t("Pirtti", "Stugan", "The Cabin"),
                "option": "B: vaikea keskustelu",
                "speakers": blocks.speakers("dialogue.specialist"),
            },
            {"kind": "point", "starts_at": FOUR, "title": t("Päivä päättyy", "Dagen avslutas", "End of the day")},
        ),
    },
)

ALMOST_FULL = event(
    "management-day",
    t(
        "Johtamispäivä: strategiasta arkeen",
        "Ledarskapsdag: från strategi till vardag",
        "Management day: from strategy to everyday work",
    ),
    t("johtamispaiva", "ledarskapsdag", "management-day"),
    t(
        "Johdon foorumin puolen päivän tilaisuus. Muutama paikka on vielä vapaana.",
        "Ledningsforumets halvdag. Några platser är ännu lediga.",
        "The management forum's half-day. A few places are still free.",
    ),
    rich(
        "Johtamispäivässä kolme virastoa kertoo, mikä strategiassa jäi elämään ja mikä unohtui.",
        "Under ledarskapsdagen berättar tre ämbetsverk vad i strategin som levde vidare och vad som glömdes bort.",
        "At the management day three agencies tell what in their strategy stayed alive and what was forgotten.",
    ),
    day=21,
    hours=(NINE, NOON),
    kind="seminar",
    venue=Ref("venue.birch-hall"),
    capacity=10,
    questions=SHORT_QUESTIONS,
    rows={"network_links": blocks.networks("management-forum"), "topic_links": blocks.topics("leadership")},
)

FULL = event(
    "dialogue-workshop",
    t("Vuoropuhelun työpaja", "Dialogverkstad", "Dialogue workshop"),
    t("vuoropuhelun-tyopaja", "dialogverkstad", "dialogue-workshop"),
    t(
        "Harjoittelemme kuuntelemista pienessä ryhmässä. Paikat ovat täynnä, mutta voit jonottaa.",
        "Vi övar oss i att lyssna i en liten grupp. Platserna är fyllda, men du kan ställa dig i kö.",
        "We practise listening in a small group. The places are taken, but you can join the waiting list.",
    ),
    rich(
        "Työpajassa harjoitellaan vuoropuhelua, jossa kukaan ei yritä voittaa. Työskentelemme ruotsiksi.",
        "I workshoppen övar vi oss i en dialog där ingen försöker vinna. Vi arbetar på svenska.",
        "The workshop practises a dialogue that nobody tries to win. We work in Swedish.",
    ),
    day=18,
    hours=(ONE, FOUR),
    original="sv",
    kind="workshop",
    venue=Ref("venue.spruce-house"),
    room=t("Pirtti", "Stugan", "The Cabin"),
    capacity=6,
    waiting_list=True,
    waiting_list_length=10,
    questions=SHORT_QUESTIONS,
    listing_image=Picture("workshop"),
    listing_image_alt=t(
        "Piirros: pisteitä, joista yksi hehkuu",
        "Teckning: punkter, av vilka en glöder",
        "Drawing: dots, one of which glows",
    ),
    rows={"topic_links": blocks.topics("languages")},
)

NOT_YET = event(
    "hr-seminar",
    t("Henkilöstöjohdon vuosiseminaari", "Personalledningens årsseminarium", "Annual seminar of HR management"),
    t("henkilostojohdon-vuosiseminaari", "personalledningens-arsseminarium", "hr-annual-seminar"),
    t(
        "Foorumin vuosiseminaari käsittelee osaajien pysyvyyttä. Ilmoittautuminen avataan myöhemmin.",
        "Forumets årsseminarium handlar om hur kompetensen stannar kvar. Anmälan öppnas senare.",
        "The forum's annual seminar is about keeping skilled people. Registration opens later.",
    ),
    rich(
        "Työvaliokunta valmistelee ohjelmaa. Seminaari on tarkoitettu virastojen henkilöstöjohtajille.",
        "Arbetsutskottet förbereder programmet. Seminariet är avsett för ämbetsverkens personalchefer.",
        "The working committee is preparing the programme. The seminar is for the heads of HR of the agencies.",
    ),
    day=75,
    hours=(NINE, FOUR),
    kind="seminar",
    venue=Ref("venue.birch-hall"),
    capacity=60,
    audience=t("Virastojen henkilöstöjohtajat", "Ämbetsverkens personalchefer", "Heads of HR of the agencies"),
    registration_opens_at=FromNow(20, NINE),
    needs_approval=True,
    rows={"network_links": blocks.networks("hr-forum"), "topic_links": blocks.topics("human-resources")},
)

CLOSED = event(
    "morning-coffee",
    t(
        "Aamukahvit: tekoäly johtajan arjessa",
        "Morgonkaffe: AI i chefens vardag",
        "Morning coffee: AI in a manager's day",
    ),
    t("aamukahvit-tekoaly", "morgonkaffe-ai", "morning-coffee-ai"),
    t(
        "Puolitoista tuntia kokemuksia tekoälystä. Ilmoittautuminen on päättynyt.",
        "En och en halv timme om erfarenheter av AI. Anmälningstiden har gått ut.",
        "An hour and a half of experience with AI. Registration has closed.",
    ),
    rich(
        "Kahvin lomassa kuulemme, mihin tekoäly on kelvannut ja mihin ei.",
        "Över kaffet får vi höra vad AI har dugt till och vad den inte har dugt till.",
        "Over coffee we hear what AI has been good for, and what not.",
    ),
    day=4,
    hours=(MORNING, dt.time(9, 30)),
    kind="morning_coffee",
    attendance="hybrid",
    venue=Ref("venue.spruce-house"),
    joining_url="https://webinar.example.fi/aamukahvit",
    joining_visible_from=FromNow(3, NOON, any_day=True),
    capacity=40,
    registration_closes_at=FromNow(-1, FOUR),
    rows={"topic_links": blocks.topics("digitalisation", "leadership")},
)

NODES = (OPEN, ALMOST_FULL, FULL, NOT_YET, CLOSED)
