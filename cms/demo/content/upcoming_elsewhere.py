"""An event that another organisation holds: its price by time, the rooms reserved for it, and the way to its website."""

from cms.demo.content import blocks
from cms.demo.content.upcoming import FOUR, NINE, event
from cms.demo.declarations import FromNow, Ref, rich, t

ACADEMY = event(
    "autumn-academy",
    t("Johtajien kaksi päivää: rohkeus päättää", "Två dagar för chefer: modet att besluta", "Two days for managers"),
    t("johtajien-kaksi-paivaa", "tva-dagar-for-chefer", "two-days-for-managers"),
    t(
        "Esimerkkiopiston koulutus päätöksenteosta. Ilmoittaudut opiston omalla sivustolla.",
        "Exempelinstitutets utbildning i beslutsfattande. Du anmäler dig på institutets egen webbplats.",
        "A course of the Example Institute on making decisions. You register on the institute’s own website.",
    ),
    rich(
        "Koulutus ei ole meidän järjestämämme, mutta suosittelemme sitä verkostojemme jäsenille.",
        "Utbildningen ordnas inte av oss, men vi rekommenderar den för medlemmarna i våra nätverk.",
        "The course is not ours, but we recommend it to the members of our networks.",
    ),
    day=64,
    hours=(NINE, FOUR),
    kind="training",
    venue=Ref("venue.birch-hall"),
    registration_enabled=False,
    registration_opens_at=None,
    registration_closes_at=None,
    provider_name=t("Esimerkkiopisto", "Exempelinstitutet", "Example Institute"),
    provider_url="https://opisto.example.fi/",
    external_registration_url="https://opisto.example.fi/ilmoittaudu/",
    price=t("420 € + alv", "420 € + moms", "€420 + VAT"),
    early_price=t("360 € + alv", "360 € + moms", "€360 + VAT"),
    early_price_until=FromNow(30),
    late_price=t("480 € + alv", "480 € + moms", "€480 + VAT"),
    late_price_from=FromNow(50),
    price_details=t(
        "Hinta sisältää lounaat ja aineistot. Lasku lähetetään koulutuksen jälkeen.",
        "I priset ingår luncher och material. Fakturan skickas efter utbildningen.",
        "The price includes lunches and materials. The invoice is sent after the course.",
    ),
    accommodation=t(
        "Hotelli Esimerkki on varannut osallistujille huoneita hintaan 118 € yöltä. Tunnus: AKATEMIA.",
        "Hotell Exempel har reserverat rum för deltagarna för 118 € per natt. Kod: AKATEMIA.",
        "Hotel Example has reserved rooms for participants at €118 a night. Code: AKATEMIA.",
    ),
    accommodation_until=FromNow(40),
    rows={"organisers": (), "topic_links": blocks.topics("leadership")},
)

NODES = (ACADEMY,)
