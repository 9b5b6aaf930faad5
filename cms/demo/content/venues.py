"""Venues, topics and privacy notices."""

import datetime as dt

from cms.demo.declarations import Node, Ref, Text, rich, t


def _venue(key: str, name: Text, street: Text, postal: str, city: Text, country: str, access: Text) -> Node:
    fields = {
        "name": name,
        "street_address": street,
        "postal_code": postal,
        "city": city,
        "country": country,
        "accessibility": access,
    }
    return Node(f"venue.{key}", "verkosto_directory.Venue", fields)


def _topic(key: str, name: Text) -> Node:
    return Node(f"topic.{key}", "verkosto_directory.Topic", {"name": name, "slug": key})


VENUES = (
    _venue(
        "spruce-house",
        t("Kuusitalo", "Granhuset", "Spruce House"),
        t("Esimerkkikatu 1", "Exempelgatan 1", "Esimerkkikatu 1"),
        "00100",
        t("Helsinki", "Helsingfors", "Helsinki"),
        "FI",
        rich(
            "Esteetön sisäänkäynti on pihan puolella. Salissa on induktiosilmukka, ja hissi vie joka kerrokseen.",
            "Den tillgängliga ingången finns på gårdssidan. Salen har hörselslinga och hissen går till alla våningar.",
            "The step-free entrance is on the courtyard side. The hall has an induction loop and a lift serves every "
            "floor.",
        ),
    ),
    _venue(
        "birch-hall",
        t("Koivusali", "Björksalen", "Birch Hall"),
        t("Mallikatu 7", "Modellgatan 7", "Mallikatu 7"),
        "33100",
        t("Tampere", "Tammerfors", "Tampere"),
        "FI",
        rich(
            "Salissa on 120 paikkaa, joista neljä pyörätuolin käyttäjille. Avustajakoirat ovat tervetulleita.",
            "Salen har 120 platser, av vilka fyra är avsedda för rullstolsburna. Assistanshundar är välkomna.",
            "The hall seats 120, with four places for wheelchair users. Assistance dogs are welcome.",
        ),
    ),
    _venue(
        "stream-house",
        t("Konferenssitalo Strömmen", "Konferenshuset Strömmen", "Strömmen Conference House"),
        t("Exempelgatan 12", "Exempelgatan 12", "Exempelgatan 12"),
        "111 11",
        t("Tukholma", "Stockholm", "Stockholm"),
        "SE",
        rich(
            "Aivan Tukholman keskustassa, viiden minuutin kävelymatkan päässä keskusasemalta. Sisäänkäynnissä ei ole "
            "portaita.",
            "Mitt i centrala Stockholm, fem minuters promenad från Centralstationen. Entrén är utan trappsteg.",
            "In the centre of Stockholm, a five-minute walk from the Central Station. The entrance has no steps.",
        ),
    ),
)

TOPICS = (
    _topic("leadership", t("Johtaminen", "Ledarskap", "Leadership")),
    _topic("human-resources", t("Henkilöstö", "Personal", "Human resources")),
    _topic("peer-support", t("Vertaistuki", "Kollegialt stöd", "Peer support")),
    _topic("digitalisation", t("Digitalisaatio", "Digitalisering", "Digitalisation")),
    _topic("languages", t("Kielet ja vuoropuhelu", "Språk och dialog", "Languages and dialogue")),
    _topic("crisis", t("Kriisijohtaminen", "Krisledning", "Crisis management")),
)

PRIVACY = (
    Node(
        "privacy.events",
        "verkosto_directory.PrivacyNotice",
        {
            "title": t(
                "Tapahtumiin ilmoittautuneiden tiedot",
                "Uppgifter om anmälda till evenemang",
                "Data of people registered for events",
            ),
            "controller": Ref("organisation.ministry"),
            "version": "1.0",
            "valid_from": dt.date(2020, 1, 1),
            "contact_email": "tietosuoja@example.fi",
            "purpose": t(
                "Käytämme tietojasi tapahtuman järjestämiseen: paikan varaamiseen, viesteihin ja "
                "osallistujaluetteloon.",
                "Vi använder dina uppgifter för att ordna evenemanget: för att boka din plats, skicka meddelanden och "
                "föra deltagarlista.",
                "We use your data to run the event: to book your place, send you messages and keep a list of "
                "participants.",
            ),
            "legal_basis": "public_task",
            "recipients": rich(
                "Tietoja käsittelevät järjestäjän ilmoittautumisista vastaavat henkilöt. Emme luovuta niitä muille.",
                "Uppgifterna behandlas av de hos arrangören som ansvarar för anmälningarna. Vi lämnar dem inte "
                "vidare.",
                "The data is handled by the organiser's registration staff. We do not pass it on.",
            ),
            "retention": t(
                "Poistamme tiedot, kun tapahtuman säilytysaika on kulunut, tavallisesti puolen vuoden kuluttua.",
                "Vi raderar uppgifterna när evenemangets lagringstid har löpt ut, vanligen efter ett halvår.",
                "We erase the data when the event's retention time has passed, usually after six months.",
            ),
            "rights": rich(
                "Voit tarkistaa, korjata ja poistaa tietosi vahvistusviestin linkistä tai ottamalla yhteyttä meihin.",
                "Du kan se, rätta och radera dina uppgifter via länken i bekräftelsen eller genom att kontakta oss.",
                "You can see, correct and erase your data through the link in your confirmation, or by contacting us.",
            ),
        },
    ),
    Node(
        "privacy.networks",
        "verkosto_directory.PrivacyNotice",
        {
            "title": t(
                "Verkostojen jäsenten tiedot",
                "Uppgifter om nätverkens medlemmar",
                "Data of network members",
            ),
            "controller": Ref("organisation.ministry"),
            "version": "1.0",
            "valid_from": dt.date(2020, 1, 1),
            "contact_email": "tietosuoja@example.fi",
            "purpose": t(
                "Käytämme tietojasi kutsujen lähettämiseen ja pienryhmien kokoamiseen.",
                "Vi använder dina uppgifter för att skicka inbjudningar och sätta samman smågrupper.",
                "We use your data to send invitations and to put small groups together.",
            ),
            "legal_basis": "consent",
            "recipients": rich(
                "Tietoja käsittelee verkoston koordinaattori.",
                "Uppgifterna behandlas av nätverkets koordinator.",
                "The data is handled by the network's coordinator.",
            ),
            "retention": t(
                "Säilytämme tietoja niin kauan kuin olet jäsen.",
                "Vi sparar uppgifterna så länge du är medlem.",
                "We keep the data for as long as you are a member.",
            ),
            "rights": rich(
                "Voit erota verkostosta milloin tahansa; silloin poistamme tietosi.",
                "Du kan lämna nätverket när som helst; då raderar vi dina uppgifter.",
                "You can leave the network at any time; we then erase your data.",
            ),
        },
    ),
)

NODES = (*VENUES, *TOPICS, *PRIVACY)
