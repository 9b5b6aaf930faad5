"""A development programme of two agencies, its third round, and a story about it; written in Swedish."""

import datetime as dt

from cms.demo.content.blocks import heading, mailbox, organisers, paragraphs, person, quotation, topics
from cms.demo.declarations import Node, Picture, Ref, rich, t

PROGRAMME = Node(
    "programme.strategic",
    "verkosto_networks.ProgrammePage",
    {
        "title": t("Strateginen kehittäminen", "Strategisk utveckling", "Strategic Development"),
        "slug": t("strateginen-kehittaminen", "strategisk-utveckling", "strategic-development"),
        "summary": t(
            "Kehittämisohjelma, jossa virastot ratkovat yhteistä kysymystä oppimispareina.",
            "Ett utvecklingsprogram där myndigheter arbetar i lärpar med en gemensam fråga.",
            "A development programme in which agencies work in learning pairs on one shared question.",
        ),
        "listing_image": Picture("programme"),
        "listing_image_alt": t(
            "Piirros: kolme pisteparia, joita kutakin yhdistää viiva",
            "Teckning: tre par av punkter, vart och ett förenat av en linje",
            "Drawing: three pairs of dots, each joined by a line",
        ),
        "first_year": 2016,
        "is_closed": False,
        "body": (
            paragraphs(
                rich(
                    "<p>Hallinnon kehittämisvirasto ja Valtion ohjausvirasto vetävät ohjelmaa yhdessä. Jokainen "
                    "kierros kokoaa virastot oppimispareiksi: pari valitsee yhteisen teeman, vierailee toistensa "
                    "luona "
                    "ja raportoi lopuksi, mitä opittiin.</p>"
                    "<p>Kolmas kierros on juuri päättynyt.</p>",
                    "<p>Förvaltningens utvecklingsverk och Statens styrningsverk driver programmet tillsammans. I "
                    "varje "
                    "omgång bildar myndigheterna lärpar: paret väljer ett gemensamt tema, besöker varandra och "
                    "rapporterar till slut vad det har lärt sig.</p>"
                    "<p>Den tredje omgången har just avslutats.</p>",
                    "<p>The Agency for Administrative Development and the Agency for State Governance run the "
                    "programme "
                    "together. In each round agencies form learning pairs: a pair chooses a shared theme, its members "
                    "visit each other, and at the end they report what they have learned.</p>"
                    "<p>The third round has just ended.</p>",
                )
            ),
        ),
        "contacts": (
            person("round.leader"),
            person("steering.analyst"),
            mailbox(
                t("Ohjelman postilaatikko", "Programmets brevlåda", "Programme mailbox"),
                "strategisk.utveckling@example.fi",
                "+358 295 00 0200",
            ),
        ),
    },
    original="sv",
    parent="home",
    rows={
        "topic_links": topics("leadership", "digitalisation"),
        "organisers": organisers("development-agency", "steering-agency"),
    },
)

ROUND = Node(
    "round.3",
    "verkosto_networks.ProgrammeRoundPage",
    {
        "title": t("Kolmas kierros", "Omgång 3", "Round 3"),
        "slug": t("kolmas-kierros", "omgang-3", "round-3"),
        "summary": t(
            "Kolmannella kierroksella kuusi virastoa työskenteli kolmena oppimisparina.",
            "I den tredje omgången arbetade sex myndigheter i tre lärpar.",
            "In the third round six agencies worked in three learning pairs.",
        ),
        "number": 3,
        "starts_on": dt.date(2019, 3, 1),
        "ends_on": dt.date(2020, 3, 31),
        "body": (
            paragraphs(
                rich(
                    "Kierros alkoi yhteisellä lähtöseminaarilla ja päättyi siihen, että jokainen pari esitteli "
                    "tuloksensa.",
                    "Omgången inleddes med ett gemensamt startseminarium och avslutades med att varje par "
                    "presenterade "
                    "sina resultat.",
                    "The round opened with a joint seminar and closed with each pair presenting its results.",
                )
            ),
        ),
        "contacts": (person("round.leader"),),
    },
    original="sv",
    parent="programme.strategic",
    rows={
        "story_links": ({"story": Ref("story.round-3")},),
        "learning_pairs": (
            {
                "theme": t(
                    "Keskinäinen riippuvuus ja yhteenkuuluvuuden tunne talon sisällä",
                    "Inre beroenden och känslan av samhörighet",
                    "Internal dependence and the feeling of belonging",
                ),
                "members": organisers("insurance", "traffic"),
            },
            {
                "theme": t("Digitalisaatio", "Digitalisering", "Digitalisation"),
                "members": organisers("inspectorate", "council"),
            },
            {
                "theme": t(
                    "Houkutteleva virasto on houkutteleva työnantaja",
                    "En attraktiv myndighet är en attraktiv arbetsgivare",
                    "An attractive agency is an attractive employer",
                ),
                "members": organisers("coast-guard", "county-board"),
            },
        ),
        "participants": organisers("insurance", "traffic", "inspectorate", "council", "coast-guard", "county-board"),
        "organisers": organisers("development-agency", "steering-agency"),
    },
)

STORY = Node(
    "story.round-3",
    "home.NewsPage",
    {
        "title": t(
            "Yhtäkkiä jonkun muun kysymys olikin meidän",
            "Plötsligt var någon annans fråga vår egen",
            "Suddenly somebody else’s question was our own",
        ),
        "slug": t("jonkun-muun-kysymys", "nagon-annans-fraga", "somebody-elses-question"),
        "lead": t(
            "Rannikkovartiosto ja lääninhallitus lähtivät etsimään keinoja rekrytoida ja löysivät syyn jäädä. "
            "Strategisen kehittämisen kolmas kierros on päättynyt.",
            "Kustvakten och länsstyrelsen gav sig ut för att hitta sätt att rekrytera och fann skäl att stanna. Den "
            "tredje omgången av Strategisk utveckling är avslutad.",
            "The Coast Guard and the county board set out to find ways to recruit, and found reasons to stay. The "
            "third "
            "round of Strategic Development has ended.",
        ),
        "summary": t(
            "Strategisen kehittämisen kolmas kierros opetti kuusi virastoa kysymään toisiltaan.",
            "Den tredje omgången av Strategisk utveckling lärde sex myndigheter att fråga varandra.",
            "The third round of Strategic Development taught six agencies to ask each other.",
        ),
        "kind": "story",
        "headline_is_quotation": True,
        "published_on": dt.date(2020, 4, 2),
        "listing_image": Picture("story"),
        "listing_image_alt": t(
            "Piirros: kaksi käyrää, jotka kohtaavat horisontissa",
            "Teckning: två kurvor som möts vid horisonten",
            "Drawing: two curves that meet on the horizon",
        ),
        "body": (
            paragraphs(
                rich(
                    "<p>Kun parit esittelivät tuloksensa, salissa naurettiin enemmän kuin kukaan oli odottanut. "
                    "Vuoden "
                    "aikana kuusi virastoa oli oppinut puhumaan toisilleen myös siitä, mikä ei onnistunut.</p>"
                    "<p>Kaksi suurta virastoa tutki, miksi yksiköt tarvitsevat toisiaan mutta tuntevat harvoin "
                    "kuuluvansa yhteen.</p>",
                    "<p>När paren presenterade sina resultat skrattades det mer i salen än någon hade väntat sig. "
                    "Under "
                    "året hade sex myndigheter lärt sig att tala med varandra också om det som inte lyckades.</p>"
                    "<p>Två stora myndigheter undersökte varför enheterna behöver varandra men så sällan känner att "
                    "de "
                    "hör ihop.</p>",
                    "<p>When the pairs presented their results there was more laughter in the hall than anyone had "
                    "expected. In the course of the year six agencies had learned to talk to each other about "
                    "failures "
                    "too.</p>"
                    "<p>Two large agencies looked into why their units need one another and yet so rarely feel that "
                    "they "
                    "belong together.</p>",
                )
            ),
            quotation(
                t(
                    "Luulimme lähtevämme neuvomaan. Tulimme kotiin pitkän kysymyslistan kanssa.",
                    "Vi trodde att vi for ut för att ge råd. Vi kom hem med en lång lista med frågor.",
                    "We thought that we were going out to give advice. We came home with a long list of questions.",
                ),
                t("osastopäällikkö", "avdelningschef", "Head of Department"),
                t("Vakuutusvirasto", "Försäkringsverket", "Insurance Agency"),
            ),
            heading(
                t("Pieni virasto digitalisoituu", "En liten myndighet digitaliseras", "A small agency goes digital")
            ),
            paragraphs(
                rich(
                    "Pienellä tarkastusvirastolla ja neuvostolla ei ole omaa tietohallintoa. Ne laativat yhdessä "
                    "listan "
                    "palveluista, jotka kannattaa ostaa, ja tavoista, joista kannattaa luopua.",
                    "En liten inspektion och ett råd har ingen egen it-avdelning. Tillsammans gjorde de en lista över "
                    "tjänster som det lönar sig att köpa och vanor som det lönar sig att överge.",
                    "A small inspectorate and a council have no IT department of their own. Together they drew up a "
                    "list "
                    "of services worth buying and of habits worth giving up.",
                )
            ),
            quotation(
                t(
                    "Houkutteleva työnantaja on virasto, joka tietää, mitä varten se on olemassa.",
                    "En attraktiv arbetsgivare är en myndighet som vet varför den finns.",
                    "An attractive employer is an agency that knows what it is for.",
                ),
                t("henkilöstöjohtaja", "personaldirektör", "Director of Human Resources"),
                t("Rannikkovartiosto", "Kustvakten", "Coast Guard"),
            ),
        ),
        "read_more": Ref("programme.strategic"),
    },
    original="sv",
    parent="programme.strategic",
    rows={"topic_links": topics("leadership")},
)

NODES = (PROGRAMME, STORY, ROUND)
