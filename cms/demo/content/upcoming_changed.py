"""Upcoming events that were cancelled, moved online or postponed."""

from cms.demo.content import blocks
from cms.demo.content.upcoming import MORNING, NINE, NOON, ONE, THREE, event
from cms.demo.declarations import FromNow, Ref, rich, t

CANCELLED = event(
    "study-visit",
    t("Opintokäynti rannikkovartiostoon", "Studiebesök hos kustvakten", "Study visit to the Coast Guard"),
    t("opintokaynti", "studiebesok", "study-visit"),
    t(
        "Opintokäynti on peruttu. Tarjoamme uutta ajankohtaa keväällä.",
        "Studiebesöket är inställt. Vi erbjuder en ny tidpunkt i vår.",
        "The study visit is cancelled. We shall offer a new date in the spring.",
    ),
    rich(
        "Käynnillä oli määrä tutustua siihen, miten rannikkovartiosto johtaa ympärivuorokautista työtä.",
        "Avsikten var att se hur kustvakten leder arbete som pågår dygnet runt.",
        "The visit was to show how the Coast Guard leads work that goes on around the clock.",
    ),
    day=25,
    hours=(ONE, THREE),
    original="sv",
    kind="meeting",
    status="cancelled",
    status_note=t(
        "Isäntä on joutunut perumaan käynnin. Ilmoittautuneille on lähetetty viesti.",
        "Värden har varit tvungen att ställa in besöket. De anmälda har fått ett meddelande.",
        "The host has had to cancel the visit. Those registered have been told by e-mail.",
    ),
    venue=Ref("venue.spruce-house"),
    capacity=20,
)

MOVED_ONLINE = event(
    "evaluation-webinar",
    t("Vaikuttavuuden arviointi", "Att utvärdera genomslaget", "Evaluating impact"),
    t("vaikuttavuuden-arviointi", "att-utvardera-genomslaget", "evaluating-impact"),
    t(
        "Miten tiedämme, että kehittäminen kannatti? Tilaisuus on siirretty verkkoon.",
        "Hur vet vi att utvecklingen lönade sig? Evenemanget är flyttat till nätet.",
        "How do we know that development paid off? The event has moved online.",
    ),
    rich(
        "Kaksi virastoa esittelee mittarinsa ja kertoo, mistä mittarista luovuttiin.",
        "Två ämbetsverk visar sina indikatorer och berättar vilken de slopade.",
        "Two agencies present their indicators and tell which one they gave up.",
    ),
    day=14,
    hours=(NINE, NOON),
    kind="seminar",
    status="moved_online",
    status_note=t(
        "Sali jouduttiin varaamaan muuhun käyttöön. Osallistumislinkki lähetetään ilmoittautuneille.",
        "Salen behövdes för annat bruk. Länken skickas till de anmälda.",
        "The hall was needed for other use. The link will be sent to those registered.",
    ),
    attendance="online",
    joining_url="https://webinar.example.fi/vaikuttavuus",
    joining_visible_from=FromNow(13, NOON, any_day=True),
    capacity=200,
    confirm_email=True,
    rows={"topic_links": blocks.topics("digitalisation")},
)

POSTPONED = event(
    "treasury-morning",
    t("Työelämän kehittäjien aamu", "Arbetslivsutvecklarnas morgon", "Workplace developers' morning"),
    t("tyoelaman-kehittajien-aamu", "arbetslivsutvecklarnas-morgon", "workplace-developers-morning"),
    t(
        "Aamutilaisuus hyvistä kokouksista on siirretty myöhemmäksi.",
        "Morgonträffen om goda möten är framflyttad.",
        "The morning on good meetings has been postponed.",
    ),
    rich(
        "Mikä tekee kokouksesta sellaisen, että siitä lähtee virkeämpänä kuin tuli?",
        "Vad gör ett möte sådant att man går därifrån piggare än när man kom?",
        "What makes a meeting one that people leave fresher than they came?",
    ),
    day=12,
    hours=(MORNING, NINE),
    kind="morning_coffee",
    status="postponed",
    postponed_until=FromNow(54),
    status_note=t(
        "Puhuja on estynyt. Ilmoittautumiset ovat voimassa.",
        "Talaren har fått förhinder. Anmälningarna gäller fortfarande.",
        "The speaker is unable to come. Registrations remain valid.",
    ),
    venue=Ref("venue.birch-hall"),
    capacity=30,
    registration_closes_at=FromNow(40, NOON),
    rows={"network_links": blocks.networks("workplace-development")},
)

NODES = (CANCELLED, MOVED_ONLINE, POSTPONED)
