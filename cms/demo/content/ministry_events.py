"""The ministry's theme day, first held in 2019 and again in February 2020."""

import datetime as dt
from typing import Any

from cms.demo.content.blocks import networks, organisers, paragraphs, person, topics
from cms.demo.declarations import Node, Text, rich, t

SERIES = Node(
    "series.theme-days",
    "verkosto_events.EventSeriesPage",
    {
        "title": t(
            "Julkisen johtamisen teemapäivät",
            "Temadagarna om offentligt ledarskap",
            "Theme days on public leadership",
        ),
        "slug": t("teemapaivat", "temadagarna", "theme-days"),
        "summary": t(
            "Johdon foorumin teemapäivä järjestettiin ensimmäisen kerran vuonna 2019.",
            "Ledningsforumets temadag ordnades för första gången 2019.",
            "The management forum's theme day was first held in 2019.",
        ),
        "kind": "series",
        "first_year": 2019,
        "last_year": 2020,
        "audience": t(
            "Johdon foorumin jäsenet, kuntajohtajat ja aiheen mukaan koulutusohjelman alumnit",
            "Ledningsforumets medlemmar, kommundirektörer och, beroende på ämnet, ett utbildningsprograms alumner",
            "Members of the management forum, municipal managers and, by topic, alumni of a programme",
        ),
        "contacts": (person("network.coordinator"),),
    },
    parent="network.management-forum",
    rows={"topic_links": topics("leadership"), "organisers": organisers("ministry")},
)


def _theme_day(year: int, title: Text, slug: Text, summary: Text, body: Text, **facts: Any) -> Node:
    return Node(
        f"event.theme-day-{year}",
        "verkosto_events.EventPage",
        {
            "title": title,
            "slug": slug,
            "summary": summary,
            "body": (paragraphs(body),),
            "kind": "theme_day",
            "event_languages": ["fi"],
            **facts,
        },
        parent="series.theme-days",
        rows={
            "topic_links": topics("leadership"),
            "organisers": organisers("ministry"),
            "network_links": networks("management-forum"),
        },
    )


DAYS = (
    _theme_day(
        2019,
        t("Teemapäivä 2019", "Temadagen 2019", "Theme day 2019"),
        t("teemapaiva-2019", "temadagen-2019", "theme-day-2019"),
        t(
            "Ensimmäinen julkisen johtamisen teemapäivä.",
            "Den första temadagen om offentligt ledarskap.",
            "The first theme day on public leadership.",
        ),
        rich(
            "Päivä kokosi ensimmäistä kertaa valtion ja kuntien johtajat saman aiheen ääreen.",
            "Dagen samlade för första gången statens och kommunernas chefer kring samma ämne.",
            "For the first time the day gathered state and municipal managers around one topic.",
        ),
        date_precision="date",
        starts_on=dt.date(2019, 2, 7),
    ),
    _theme_day(
        2020,
        t("Teemapäivä 2020", "Temadagen 2020", "Theme day 2020"),
        t("teemapaiva-2020", "temadagen-2020", "theme-day-2020"),
        t(
            "Teemapäivään kutsuttiin myös kuntajohtajat ja koulutusohjelman alumnit.",
            "Till temadagen bjöds också kommundirektörer och alumner från ett utbildningsprogram.",
            "Municipal managers and alumni of a programme were invited too.",
        ),
        rich(
            "Toinen teemapäivä pidettiin helmikuussa 2020.",
            "Den andra temadagen hölls i februari 2020.",
            "The second theme day was held in February 2020.",
        ),
        date_precision="date",
        starts_on=dt.date(2020, 2, 13),
    ),
)

NODES = (SERIES, *DAYS)
