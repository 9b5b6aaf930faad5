"""A tour of eight events, one of them a webinar with registration, written in Swedish."""

import datetime as dt

from cms.demo.content.blocks import (
    fact_box,
    mailbox,
    organisers,
    page,
    paragraphs,
    person,
    speakers,
    topics,
)
from cms.demo.content.questions import FEEDBACK_QUESTIONS
from cms.demo.declarations import Document, Node, Picture, Ref, rich, t

TOUR = Node(
    "series.dialogue-tour",
    "verkosto_events.EventSeriesPage",
    {
        "title": t("Vuoropuhelukiertue", "Dialogturnén", "Dialogue Tour"),
        "slug": t("vuoropuhelukiertue", "dialogturnen", "dialogue-tour"),
        "summary": t(
            "Keväällä alkanut kiertue vie keskustelun kahdeksalle paikkakunnalle.",
            "Turnén, som inleddes i våras, för samtalet till åtta orter.",
            "The tour, which began in the spring, takes the conversation to eight places.",
        ),
        "kind": "tour",
        "first_year": 2020,
        "listing_image": Picture("tour"),
        "listing_image_alt": t(
            "Piirros: kahdeksan pistettä mutkittelevalla viivalla",
            "Teckning: åtta punkter längs en slingrande linje",
            "Drawing: eight dots along a winding line",
        ),
        "body": (
            paragraphs(
                rich(
                    "Kiertueella kysytään, miten valtio ja kunnat puhuvat asukkaiden kanssa heidän omalla kielellään. "
                    "Osa tapaamisista on siirretty verkkoon.",
                    "Under turnén frågar vi hur staten och kommunerna för dialog med invånarna på deras eget språk. "
                    "En "
                    "del av träffarna har flyttats till nätet.",
                    "The tour asks how the state and the municipalities talk with residents in their own language. "
                    "Some "
                    "of the meetings have moved online.",
                )
            ),
        ),
        "contacts": (mailbox(t("Vuoropuhelukiertue", "Dialogturnén", "Dialogue Tour"), "dialogi@example.fi"),),
    },
    original="sv",
    parent="events",
    rows={
        "topic_links": topics("languages"),
        "organisers": organisers("ministry", "municipal-association"),
        "stops": (
            {"name": t("Vaasa", "Vasa", "Vaasa")},
            {"name": t("Kokkola", "Karleby", "Kokkola")},
            {"name": t("Porvoo", "Borgå", "Porvoo")},
            {"name": t("Raasepori", "Raseborg", "Raseborg")},
            {"name": t("Turku", "Åbo", "Turku")},
            {"name": t("Parainen", "Pargas", "Pargas")},
            {"name": t("Espoo", "Esbo", "Espoo")},
            {"name": t("Helsinki", "Helsingfors", "Helsinki")},
        ),
    },
)

WEBINAR = Node(
    "event.webinar",
    "verkosto_events.EventPage",
    {
        "title": t("Kuka kuuntelee?", "Vem lyssnar?", "Who is listening?"),
        "slug": t("kuka-kuuntelee", "vem-lyssnar", "who-is-listening"),
        "subtitle": t(
            "Webinaari ruotsinkielisestä vuoropuhelusta hallinnon ja asukkaiden välillä",
            "Webbinarium om dialogen på svenska mellan förvaltning och invånare",
            "A webinar on dialogue in Swedish between the administration and residents",
        ),
        "summary": t(
            "Tervetuloa keskustelemaan siitä, miten hallinto kuulee ruotsinkielisiä asukkaita. Ilmoittaudu "
            "9. syyskuuta 2020 mennessä.",
            "Välkommen att diskutera hur förvaltningen hör de svenskspråkiga invånarna. Anmäl dig senast den "
            "9 september 2020.",
            "Join us to discuss how the administration hears its Swedish-speaking residents. Register by "
            "9 September 2020.",
        ),
        "listing_image": Picture("webinar"),
        "listing_image_alt": t(
            "Piirros: kaksi sisäkkäistä puhekuplaa",
            "Teckning: två pratbubblor som går in i varandra",
            "Drawing: two overlapping speech bubbles",
        ),
        "kind": "webinar",
        "date_precision": "exact",
        "starts_at": dt.datetime(2020, 9, 16, 13, 0),
        "ends_at": dt.datetime(2020, 9, 16, 15, 45),
        "attendance": "online",
        "joining_url": "https://webinar.example.fi/dialog-2020",
        "joining_visible_from": dt.datetime(2020, 9, 15, 12, 0),
        "feedback_enabled": True,
        "feedback_questions": FEEDBACK_QUESTIONS,
        "audience": t(
            "Kuntien ja valtion viranomaisten ruotsinkieliset edustajat",
            "Svenskspråkiga företrädare för kommuner och statliga myndigheter",
            "Swedish-speaking representatives of municipalities and state agencies",
        ),
        "event_languages": ["sv"],
        "body": (
            paragraphs(
                rich(
                    "<p>Hallintoministeriö ja Kuntien yhdistys järjestävät webinaarin yhdessä. Keskustelemme siitä, "
                    "milloin asukas kokee tulleensa kuulluksi ja mitä viranomainen voi tehdä toisin jo huomenna.</p>"
                    "<p>Webinaari on osa kiertuetta, joka alkoi keväällä ja käy kahdeksalla paikkakunnalla.</p>",
                    "<p>Förvaltningsministeriet och Kommunernas förening ordnar webbinariet tillsammans. Vi "
                    "diskuterar "
                    "när en invånare känner sig hörd och vad myndigheten kan göra annorlunda redan i morgon.</p>"
                    "<p>Webbinariet är en del av turnén som inleddes i våras och besöker åtta orter.</p>",
                    "<p>The Ministry of Administration and the Association of Municipalities run the webinar "
                    "together. "
                    "We discuss when residents feel that they have been heard, and what an authority can do "
                    "differently "
                    "as early as tomorrow.</p>"
                    "<p>The webinar is part of the tour that began in the spring and visits eight places.</p>",
                )
            ),
            fact_box(
                t("Mitä keskusteluista seuraa", "Vad samtalen leder till", "What comes of the discussions"),
                rich(
                    "Keskustelujen yhteenvedot lähetetään kaikille osallistujille sekä ministeriön johtoryhmälle ja "
                    "kuntien kieliasiain neuvottelukunnalle. Ne käännetään myös englanniksi.",
                    "Sammandragen av samtalen skickas till alla deltagare samt till ministeriets ledningsgrupp och "
                    "kommunernas delegation för språkfrågor. De översätts också till engelska.",
                    "Summaries of the discussions are sent to all participants, and to the Ministry's management "
                    "group "
                    "and the municipalities' advisory board on languages. They are also translated into English.",
                ),
            ),
        ),
        "contacts": (
            person("dialogue.specialist"),
            person("municipal.planner"),
            mailbox(
                t("Vuoropuhelukiertueen postilaatikko", "Dialogturnéns brevlåda", "The mailbox of the Dialogue Tour"),
                "dialogi@example.fi",
            ),
        ),
        "related": (page("event.coffee-october"),),
        "invitation": Document("invitation"),
        "registration_enabled": True,
        "registration_opens_at": dt.datetime(2020, 8, 17, 9, 0),
        "registration_closes_at": dt.datetime(2020, 9, 9, 23, 59),
        "capacity": 50,
        "eligibility": "declared",
        "audience_declaration": t(
            "Edustan kuntaa tai valtion viranomaista ja osallistun ruotsiksi.",
            "Jag företräder en kommun eller en statlig myndighet och deltar på svenska.",
            "I represent a municipality or a state agency and take part in Swedish.",
        ),
        "privacy_notice": Ref("privacy.events"),
        "retention_days": 180,
        "text_before": rich(
            "Paikkoja on noin 50. Ilmoittautuneet saavat osallistumislinkin ennen tilaisuutta.",
            "Det finns cirka 50 platser. De som anmäler sig får länken före mötet.",
            "There are about 50 places. Those who register get the link before the meeting.",
        ),
    },
    original="sv",
    parent="series.dialogue-tour",
    rows={
        "topic_links": topics("languages"),
        "organisers": organisers("ministry", "municipal-association"),
        "agenda_items": (
            {
                "kind": "point",
                "starts_at": dt.time(13, 0),
                "title": t("Tervetuloa", "Välkommen", "Welcome"),
                "speakers": speakers("director.general"),
            },
            {
                "starts_at": dt.time(13, 10),
                "title": t(
                    "Kieli ei ole lisäpalvelu: vuoropuhelu osana hyvää hallintoa",
                    "Språket är ingen tilläggstjänst: dialogen som en del av god förvaltning",
                    "Language is not an extra: dialogue as part of good administration",
                ),
                "speakers": speakers("dialogue.specialist", "language.counsel"),
            },
            {
                "starts_at": dt.time(14, 0),
                "title": t("Vuoropuhelu ja katse eteenpäin", "Dialog och framtidsutsikter", "Dialogue and outlook"),
                "speakers": speakers("bridge.facilitator"),
            },
            {
                "kind": "point",
                "starts_at": dt.time(15, 45),
                "title": t("Tilaisuus päättyy", "Webbinariet avslutas", "End"),
            },
        ),
    },
)

COFFEE = Node(
    "event.coffee-october",
    "verkosto_events.EventPage",
    {
        "title": t(
            "Aamukahvit: puhutaan kielestä",
            "Morgonkaffe: vi talar om språk",
            "Morning coffee: let us talk about language",
        ),
        "slug": t("aamukahvit-puhutaan-kielesta", "morgonkaffe-vi-talar-om-sprak", "morning-coffee-language"),
        "summary": t(
            "Jatkamme webinaarin keskustelua kahvikupin ääressä 20. lokakuuta.",
            "Vi fortsätter webbinariets samtal över en kopp kaffe den 20 oktober.",
            "We continue the webinar's conversation over a cup of coffee on 20 October.",
        ),
        "kind": "morning_coffee",
        "date_precision": "date",
        "starts_on": dt.date(2020, 10, 20),
        "attendance": "on_site",
        "venue": Ref("venue.spruce-house"),
        "audience": t(
            "Kaikki vuoropuhelukiertueesta kiinnostuneet",
            "Alla som är intresserade av dialogturnén",
            "Everyone interested in the Dialogue Tour",
        ),
        "event_languages": ["sv", "fi"],
        "contacts": (person("dialogue.specialist"),),
    },
    original="sv",
    parent="series.dialogue-tour",
    rows={"topic_links": topics("languages"), "organisers": organisers("ministry")},
)

NODES = (TOUR, COFFEE, WEBINAR)
