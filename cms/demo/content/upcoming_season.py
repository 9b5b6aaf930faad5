"""The coming season of the media house's network: its members are registered for all three meetings at once."""

import datetime as dt

from cms.demo.content import blocks
from cms.demo.content.media_network import MAILBOX
from cms.demo.declarations import FromNow, Node, Ref, Text, rich, t

MORNING, NOON = dt.time(9, 30), dt.time(12, 30)
SEASON = Node(
    "series.coming-season",
    "verkosto_events.EventSeriesPage",
    {
        "title": t("Kausi: päätöksiä paineessa", "Säsongen: beslut under press", "Season: decisions under pressure"),
        "slug": t("paatoksia-paineessa", "beslut-under-press", "decisions-under-pressure"),
        "summary": t(
            "Kolme aamupäivää päätöksistä, joita ei voi siirtää. Jäsenet on ilmoitettu kaikkiin tapaamisiin.",
            "Tre förmiddagar om beslut som inte kan skjutas upp. Medlemmarna är anmälda till alla möten.",
            "Three mornings on decisions that cannot wait. The members are registered for all meetings.",
        ),
        "kind": "season",
        "facilitator": Ref("person.season.facilitator"),
        "body": (
            blocks.paragraphs(
                rich(
                    "Jos et pääse johonkin tapaamiseen, peru se oman ilmoittautumisesi sivulla. Voit tuoda kollegan.",
                    "Om du inte kan komma till ett möte, avböj det på sidan för din anmälan. Du får ta med en kollega.",
                    "If you cannot come to a meeting, decline it on the page of your registration. You may bring a "
                    "colleague.",
                )
            ),
        ),
        "contacts": (MAILBOX,),
        "registration_scope": "whole",
        "registration_enabled": True,
        "registration_opens_at": FromNow(-14, MORNING),
        "privacy_notice": Ref("privacy.events"),
        "eligibility": "members",
        "capacity": 20,
        "places_per_registration": 2,
        "guest_addresses": True,
        "handover": "with_consent",
    },
    original="sv",
    parent="network.difficult-decisions",
    rows={"organisers": blocks.organisers("media-house")},
)


def _meeting(number: int, day: int, title: Text, summary: Text) -> Node:
    return Node(
        f"coming-meeting.{number}",
        "verkosto_events.EventPage",
        {
            "title": title,
            "slug": t(f"tapaaminen-{number}", f"mote-{number}", f"meeting-{number}"),
            "summary": summary,
            "kind": "meeting",
            "number": number,
            "event_languages": ["sv"],
            "audience": t("Verkoston jäsenet", "Nätverkets medlemmar", "Members of the network"),
            "date_precision": "exact",
            "starts_at": FromNow(day, MORNING),
            "ends_at": FromNow(day, NOON),
            "timezone": "Europe/Stockholm",
            "venue": Ref("venue.stream-house"),
            "contacts": (MAILBOX,),
        },
        original="sv",
        parent="series.coming-season",
        rows={"organisers": blocks.organisers("media-house")},
    )


MEETINGS = (
    _meeting(
        1,
        22,
        t("Kun kaikki odottavat vastausta", "När alla väntar på ett svar", "When everyone waits for an answer"),
        t(
            "Mitä johtaja sanoo, kun päätöstä ei vielä ole?",
            "Vad säger chefen när det ännu inte finns ett beslut?",
            "What does a manager say when there is no decision yet?",
        ),
    ),
    _meeting(
        2,
        50,
        t("Päätös, joka piti perua", "Beslutet som måste rivas upp", "The decision that had to be undone"),
        t(
            "Kunnanjohtaja kertoo, miten perutaan päätös, jonka kaikki ovat jo kuulleet.",
            "En kommundirektör berättar hur man river upp ett beslut som alla redan har hört.",
            "A municipal manager tells how to undo a decision that everyone has heard of.",
        ),
    ),
    _meeting(
        3,
        78,
        t("Rohkeus olla päättämättä", "Modet att inte besluta", "The courage not to decide"),
        t(
            "Milloin odottaminen on johtamista, ja milloin se on pakenemista?",
            "När är det ledarskap att vänta, och när är det flykt?",
            "When is it leadership to wait, and when is it evasion?",
        ),
    ),
)

NODES = (SEASON, *MEETINGS)
