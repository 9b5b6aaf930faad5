"""The home page, the index pages and the statutory pages."""

import datetime as dt

from cms.demo.content.blocks import NO_TARGET, heading, mailbox, paragraphs, person
from cms.demo.declarations import Block, Items, Node, Picture, Ref, rich, t

HOME = Node(
    "home",
    "home.HomePage",
    {
        "title": t("Verkosto", "Verkosto", "Verkosto"),
        "slug": t("verkosto-fi", "verkosto-sv", "verkosto-en"),
        "seo_title": t(
            "Verkosto: johtajien ja kehittäjien verkostot",
            "Verkosto: nätverk för chefer och utvecklare",
            "Verkosto: networks of managers and developers",
        ),
        "summary": t(
            "Täällä julkisen hallinnon johtajat ja kehittäjät löytävät toisensa: verkostot, pienryhmät, ohjelmat ja "
            "tapahtumat.",
            "Här hittar den offentliga förvaltningens chefer och utvecklare varandra: nätverk, smågrupper, program "
            "och "
            "evenemang.",
            "Where managers and developers in public administration find one another: networks, small groups, "
            "programmes and events.",
        ),
        "listing_image": Picture("home"),
        "listing_image_alt": t(
            "Piirros: aurinko nousee vihreiden harjujen takaa",
            "Teckning: solen går upp bakom gröna åsar",
            "Drawing: the sun rises behind green ridges",
        ),
        "body": (
            paragraphs(
                rich(
                    "Kukaan ei johda yksin. Verkostossa saat kollegan, jolle voi soittaa, ja pienryhmässä paikan, "
                    "jossa voi sanoa ääneen keskeneräisen ajatuksen.",
                    "Ingen leder ensam. I ett nätverk får du en kollega att ringa till, och i en smågrupp en plats "
                    "där "
                    "du kan säga en halvfärdig tanke högt.",
                    "Nobody leads alone. A network gives you a colleague to call, and a small group a place where a "
                    "half-finished thought can be said aloud.",
                )
            ),
        ),
    },
)

LISTS = (
    Node(
        "events",
        "verkosto_events.EventIndexPage",
        {
            "title": t("Tapahtumat", "Evenemang", "Events"),
            "slug": t("tapahtumat", "evenemang", "events"),
            "summary": t(
                "Kokoukset, webinaarit ja aamukahvit, joihin voit tulla mukaan.",
                "Möten, webbinarier och morgonkaffe som du kan komma till.",
                "Meetings, webinars and morning coffees that you can join.",
            ),
            "show_in_menus": True,
        },
        parent="home",
    ),
    Node(
        "news",
        "home.NewsIndexPage",
        {
            "title": t("Ajankohtaista", "Aktuellt", "News"),
            "slug": t("ajankohtaista", "aktuellt", "news"),
            "summary": t(
                "Uutisia ja tarinoita verkostoista, ohjelmista ja tapahtumista.",
                "Nyheter och berättelser från nätverk, program och evenemang.",
                "News and stories from networks, programmes and events.",
            ),
            "show_in_menus": True,
        },
        parent="home",
    ),
)

ACCESSIBILITY = Node(
    "accessibility",
    "home.AccessibilityPage",
    {
        "title": t("Saavutettavuusseloste", "Tillgänglighetsutlåtande", "Accessibility statement"),
        "slug": t("saavutettavuus", "tillganglighet", "accessibility"),
        "summary": t(
            "Kerromme, miten palvelu täyttää saavutettavuuden vaatimukset ja miten voit antaa palautetta.",
            "Vi berättar hur tjänsten uppfyller tillgänglighetskraven och hur du kan ge respons.",
            "How this service meets the accessibility requirements, and how you can give feedback.",
        ),
        "organisation": t("Esimerkkivirasto", "Exempelämbetsverket", "The Example Agency"),
        "law": t(
            "digitaalisten palvelujen tarjoamisesta annetun lain (306/2019)",
            "lagen om tillhandahållande av digitala tjänster (306/2019)",
            "the Act on the Provision of Digital Services (306/2019)",
        ),
        "scope": t("verkkosivustoa verkosto.example.fi", "webbplatsen verkosto.example.fi", "verkosto.example.fi"),
        "status": "partial",
        "non_compliance": rich(
            "Vuoden 2025 kutsuista osa on PDF-tiedostoja, joita ei ole merkitty ruudunlukijaa varten (WCAG 1.3.1). "
            "Lähetämme sisällön pyynnöstä tekstinä.",
            "En del av inbjudningarna från 2025 är PDF-filer utan taggar för skärmläsare (WCAG 1.3.1). Vi skickar "
            "innehållet som text på begäran.",
            "Some invitations of 2025 are PDF files without tags for screen readers (WCAG 1.3.1). We send their content "
            "as text on request.",
        ),
        "disproportionate_burden": rich(
            "Kolmen tunnin tapaamistallenteista ei tehdä kuvailutulkkausta: sen kustannus olisi kohtuuton niiden "
            "katselumäärään nähden (WCAG 1.2.5). Kuvaamme diojen sisällön aineistoissa.",
            "Inspelningarna av tre timmar långa möten syntolkas inte: kostnaden vore oskälig i förhållande till hur få "
            "som ser dem (WCAG 1.2.5). Bildernas innehåll beskrivs i materialet.",
            "Recordings of three-hour meetings have no audio description: its cost would be disproportionate to how "
            "few people watch them (WCAG 1.2.5). The materials describe what the slides show.",
        ),
        "outside_scope": rich(
            "Ennen 23.9.2018 julkaistuja asiakirjoja ei ole muutettu saavutettaviksi.",
            "Dokument som publicerats före den 23 september 2018 har inte gjorts tillgängliga.",
            "Documents published before 23 September 2018 have not been made accessible.",
        ),
        "method": "self",
        "assessment": t(
            "Arvioimme palvelun näppäimistöllä, ruudunlukijalla ja automaattisilla testeillä.",
            "Vi bedömde tjänsten med tangentbord, skärmläsare och automatiska test.",
            "We assessed the service with a keyboard, a screen reader and automatic tests.",
        ),
        "prepared_on": dt.date(2026, 1, 15),
        "reviewed_on": dt.date(2026, 9, 1),
        "feedback": rich(
            "Voit antaa palautetta lomakkeella tai sähköpostilla.",
            "Du kan ge respons med formuläret eller per e-post.",
            "You can give feedback with the form or by email.",
        ),
        "feedback_email": "saavutettavuus@example.fi",
        "enforcement": rich(
            "Jos et ole tyytyväinen vastaukseemme tai et saa sitä 14 päivän kuluessa, voit tehdä saavutettavuuskantelun "
            "valvovalle viranomaiselle. Esimerkkivalvonta, Saavutettavuuden valvonnan yksikkö, "
            "puhelinvaihde 0295 00 1234.",
            "Om du inte är nöjd med vårt svar, eller inte får det inom 14 dagar, kan du anföra klagomål hos "
            "tillsynsmyndigheten. Exempeltillsynen, Enheten för tillgänglighetstillsyn, "
            "telefonväxel 0295 00 1234.",
            "If you are not satisfied with our answer, or do not get one within 14 days, you can complain to the "
            "supervisory authority. The Example Supervisory Agency, Accessibility Supervision Unit, "
            "switchboard 0295 00 1234.",
        ),
        "enforcement_url": "https://valvonta.example.fi/",
    },
    parent="home",
)

PRIVACY = Node(
    "privacy",
    "home.StandardPage",
    {
        "title": t("Tietosuoja", "Dataskydd", "Privacy"),
        "slug": t("tietosuoja", "dataskydd", "privacy"),
        "summary": t(
            "Mitä tietoja keräämme, miksi, kuinka kauan ne säilyvät ja mitä oikeuksia sinulla on.",
            "Vilka uppgifter vi samlar in, varför, hur länge de sparas och vilka rättigheter du har.",
            "What data we collect, why, how long it is kept, and what your rights are.",
        ),
        "body": (
            heading(t("Kun selaat sivuja", "När du besöker sidorna", "When you read these pages")),
            paragraphs(
                rich(
                    "Julkiset sivut eivät aseta evästeitä eivätkä seuraa sinua.",
                    "De offentliga sidorna använder inga kakor och följer dig inte.",
                    "The public pages set no cookies and do not track you.",
                )
            ),
            heading(t("Kun ilmoittaudut", "När du anmäler dig", "When you register")),
            paragraphs(
                rich(
                    "<p>Kysymme vain sen, mitä tapahtuman järjestäminen edellyttää. Jokaisen lomakkeen yhteydessä "
                    "kerrotaan, mihin tietoja käytetään ja milloin ne poistetaan.</p>"
                    "<p>Ruokavaliota ja esteettömyyttä koskevat vastaukset säilytetään erikseen ja poistetaan "
                    "ensin.</p>",
                    "<p>Vi frågar bara efter det som behövs för att ordna evenemanget. Vid varje formulär berättar vi "
                    "vad "
                    "uppgifterna används till och när de raderas.</p>"
                    "<p>Svar om specialkost och tillgänglighet förvaras skilt och raderas först.</p>",
                    "<p>We ask only for what is needed to run the event. Each form tells you what the data is used "
                    "for "
                    "and when it is erased.</p>"
                    "<p>Answers about diet and access needs are kept apart and erased first.</p>",
                )
            ),
        ),
    },
    parent="home",
)

CONTACT = Node(
    "contact",
    "home.StandardPage",
    {
        "title": t("Yhteystiedot", "Kontakt", "Contact"),
        "slug": t("yhteystiedot", "kontakt", "contact"),
        "summary": t(
            "Kysy meiltä verkostoista, ilmoittautumisesta tai sivustosta.",
            "Fråga oss om nätverken, anmälan eller webbplatsen.",
            "Ask us about the networks, registration or the site.",
        ),
        "body": (
            paragraphs(
                rich(
                    "Vastaamme arkisin klo 9–15.",
                    "Vi svarar vardagar kl. 9–15.",
                    "We answer on weekdays from 9 to 15.",
                )
            ),
        ),
        "contacts": (
            person("network.coordinator"),
            person("registrar"),
            mailbox(
                t("Verkoston toimitus", "Verkostos redaktion", "The editors of Verkosto"),
                "toimitus@example.fi",
                "+358 295 00 0000",
            ),
        ),
    },
    parent="home",
)


def _page_link(key: str) -> Block:
    return Block("link", {**NO_TARGET, "title": "", "page": Ref(key)}, name=key)


SETTINGS = Node(
    "settings",
    "home.SiteSettings",
    {
        "name": t("Verkosto", "Verkosto", "Verkosto"),
        "tagline": t(
            "Johtajien ja kehittäjien verkostot",
            "Nätverk för chefer och utvecklare",
            "Networks of managers and developers",
        ),
        "header_links": tuple(_page_link(key) for key in ("networks", "events", "programme.strategic", "news")),
        "footer_columns": (
            Block(
                "column",
                {
                    "title": t("Verkosto", "Verkosto", "Verkosto"),
                    "text": rich(
                        "Verkosto on esittelysivusto. Sen organisaatiot, henkilöt ja tapahtumat ovat keksittyjä.",
                        "Verkosto är en demonstrationswebbplats. Organisationerna, personerna och evenemangen är "
                        "påhittade.",
                        "Verkosto is a demonstration site. Its organisations, people and events are invented.",
                    ),
                    "links": Items(tuple(_page_link(key).value for key in ("contact",))),
                },
            ),
        ),
        "social_links": (
            Block(
                "link",
                {
                    "label": t("Verkosto Mastodonissa", "Verkosto på Mastodon", "Verkosto on Mastodon"),
                    "url": "https://social.example.fi/@verkosto",
                },
            ),
        ),
        "contact_email": "toimitus@example.fi",
        "contact_phone": "+358 295 00 0000",
        "accessibility_page": Ref("accessibility"),
        "privacy_page": Ref("privacy"),
    },
)

NODES = (HOME, *LISTS, ACCESSIBILITY, PRIVACY, CONTACT)
