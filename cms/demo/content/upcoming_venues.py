"""A morning that is held at three venues at once: people choose one of them when they register."""

import datetime as dt

from cms.demo.content import blocks
from cms.demo.content.questions import VENUE_QUESTIONS
from cms.demo.content.upcoming import NINE, event
from cms.demo.declarations import rich, t

REGIONAL_MORNING = event(
    "regional-morning",
    t(
        "Aluetyön aamupäivä kolmessa kaupungissa",
        "Förmiddag om regionerna i tre städer",
        "Regional morning in three towns",
    ),
    t("aluetyon-aamupaiva", "formiddag-om-regionerna", "regional-morning"),
    t(
        "Sama ohjelma Helsingissä, Tampereella ja Oulussa yhtä aikaa. Valitse, missä osallistut.",
        "Samma program i Helsingfors, Tammerfors och Uleåborg på samma gång. Välj var du deltar.",
        "The same programme in Helsinki, Tampere and Oulu at the same time. Choose where you take part.",
    ),
    rich(
        "Jokaisella paikkakunnalla kuullaan yksi alueen johtaja, ja keskustelua jatketaan yhteisellä videoyhteydellä.",
        "På varje ort talar en chef från regionen, och samtalet fortsätter över en gemensam videolänk.",
        "In each town a manager of the region speaks, and the discussion goes on over a shared video link.",
    ),
    day=44,
    hours=(NINE, dt.time(11, 30)),
    kind="seminar",
    room=t("Helsinki, Tampere ja Oulu", "Helsingfors, Tammerfors och Uleåborg", "Helsinki, Tampere and Oulu"),
    capacity=80,
    questions=VENUE_QUESTIONS,
    rows={"topic_links": blocks.topics("leadership")},
)

NODES = (REGIONAL_MORNING,)
