"""The dialogue tour's webinar, held again. Registration is limited to a target group, which registrants confirm."""

import datetime as dt

from cms.demo.content import blocks
from cms.demo.content.questions import SHORT_QUESTIONS
from cms.demo.content.upcoming import NOON, ONE, event
from cms.demo.declarations import FromNow, Picture, rich, t

WEBINAR = event(
    "webinar-again",
    t("Kuka kuuntelee nyt?", "Vem lyssnar nu?", "Who is listening now?"),
    t("kuka-kuuntelee-nyt", "vem-lyssnar-nu", "who-is-listening-now"),
    t(
        "Mitä vuoropuhelukiertueen jälkeen on tapahtunut? Palaamme webinaarissa siihen, mitä asukkaat silloin toivoivat.",
        "Vad har hänt sedan dialogturnén? Under webbinariet återvänder vi till det som invånarna då önskade.",
        "What has happened since the Dialogue Tour? The webinar returns to what residents asked for at the time.",
    ),
    rich(
        "<p>Vuoden 2020 keskusteluista tehtiin yhteenvedot. Nyt kysymme, mitkä toiveet ovat toteutuneet ja mitkä "
        "odottavat yhä.</p><p>Webinaari pidetään ruotsiksi.</p>",
        "<p>Samtalen 2020 sammanfattades. Nu frågar vi vilka önskemål som har blivit verklighet och vilka som ännu "
        "väntar.</p><p>Webbinariet hålls på svenska.</p>",
        "<p>The discussions of 2020 were summarised. Now we ask which wishes have come true and which are still "
        "waiting.</p><p>The webinar is held in Swedish.</p>",
    ),
    day=16,
    hours=(ONE, dt.time(15, 45)),
    original="sv",
    kind="webinar",
    attendance="online",
    joining_url="https://webinar.example.fi/dialog-nu",
    joining_visible_from=FromNow(15, NOON, any_day=True),
    subtitle=t(
        "Webinaari ruotsinkielisestä vuoropuhelusta hallinnon ja asukkaiden välillä",
        "Webbinarium om dialogen på svenska mellan förvaltning och invånare",
        "A webinar on dialogue in Swedish between the administration and residents",
    ),
    audience=t(
        "Kuntien ja valtion viranomaisten ruotsinkieliset edustajat",
        "Svenskspråkiga företrädare för kommuner och statliga myndigheter",
        "Swedish-speaking representatives of municipalities and state agencies",
    ),
    capacity=50,
    eligibility="declared",
    audience_declaration=t(
        "Edustan kuntaa tai valtion viranomaista ja osallistun ruotsiksi.",
        "Jag företräder en kommun eller en statlig myndighet och deltar på svenska.",
        "I represent a municipality or a state agency and take part in Swedish.",
    ),
    questions=SHORT_QUESTIONS,
    listing_image=Picture("webinar"),
    listing_image_alt=t(
        "Piirros: kaksi sisäkkäistä puhekuplaa",
        "Teckning: två pratbubblor som går in i varandra",
        "Drawing: two overlapping speech bubbles",
    ),
    contacts=(blocks.person("dialogue.specialist"), blocks.person("municipal.planner")),
    related=(blocks.page("event.webinar"),),
    rows={
        "topic_links": blocks.topics("languages"),
        "organisers": blocks.organisers("ministry", "municipal-association"),
        "agenda_items": (
            {
                "kind": "point",
                "starts_at": ONE,
                "title": t("Tervetuloa", "Välkommen", "Welcome"),
                "speakers": blocks.speakers("director.general"),
            },
            {
                "starts_at": dt.time(13, 10),
                "title": t(
                    "Mitä luvattiin, mitä tehtiin?",
                    "Vad lovades, vad gjordes?",
                    "What was promised, what was done?",
                ),
                "speakers": blocks.speakers("dialogue.specialist", "language.counsel"),
            },
            {"kind": "break", "starts_at": dt.time(14, 10), "title": t("Tauko", "Paus", "Break")},
            {
                "starts_at": dt.time(14, 20),
                "title": t("Keskustelu pienryhmissä", "Samtal i smågrupper", "Discussion in small groups"),
                "speakers": blocks.speakers("bridge.facilitator"),
            },
            {
                "kind": "point",
                "starts_at": dt.time(15, 45),
                "title": t("Webinaari päättyy", "Webbinariet avslutas", "End"),
            },
        ),
    },
)

NODES = (WEBINAR,)
