"""A ministry's networks and small groups, written in Finnish."""

from cms.demo.content.blocks import fact_box, heading, link, page_links, paragraphs, person, principles, topics
from cms.demo.content.local_overrides import NETWORKS_IN_ENGLISH, NETWORKS_IN_SWEDISH
from cms.demo.declarations import Node, Picture, rich, t

INDEX = Node(
    "networks",
    "verkosto_networks.NetworkIndexPage",
    {
        "title": t("Verkostot ja pienryhmät", "Nätverk och smågrupper", "Networks and small groups"),
        "slug": t("verkostot", "natverk", "networks"),
        "summary": t(
            "Johtajien ja kehittäjien verkostoissa jaetaan kokemuksia, ratkotaan yhteisiä kysymyksiä ja tuetaan "
            "kollegaa.",
            "I chefernas och utvecklarnas nätverk delar man erfarenheter, löser gemensamma frågor och stöder "
            "kollegor.",
            "In networks of managers and developers, colleagues share experience, solve common questions and support "
            "one another.",
        ),
        "listing_image": Picture("networks"),
        "listing_image_alt": t(
            "Piirros: pisteitä, joita ohuet viivat yhdistävät toisiinsa",
            "Teckning: punkter som förenas av tunna linjer",
            "Drawing: dots joined by thin lines",
        ),
        "body": (
            heading(t("Verkosto vai pienryhmä?", "Nätverk eller smågrupp?", "A network or a small group?")),
            paragraphs(
                rich(
                    "<p>Julkisen hallinnon johtamista kehitetään yhdessä. Ministeriö kutsuu koolle johdon foorumin ja "
                    "henkilöstöjohdon foorumin, ja niiden rinnalla toimii joukko kehittäjien omia verkostoja.</p>"
                    "<p>Verkosto sopii sinulle, jos haluat peilata omaa työtäsi muiden kokemuksiin. Pienryhmässä "
                    "pääset vielä lähemmäs: sama joukko tapaa säännöllisesti ja luottamuksella.</p>",
                    "<p>Ledarskapet inom den offentliga förvaltningen utvecklas tillsammans. Ministeriet sammankallar "
                    "ledningsforumet och personalledningens forum, och vid sidan av dem verkar flera nätverk för "
                    "utvecklare.</p>"
                    "<p>Ett nätverk passar dig som vill spegla ditt arbete i andras erfarenheter. I en smågrupp "
                    "kommer "
                    "du ännu närmare: samma krets träffas regelbundet och i förtroende.</p>",
                    "<p>Leadership in public administration is developed together. The Ministry convenes the "
                    "management forum and the HR management forum, and developers run several networks of their "
                    "own beside them.</p>"
                    "<p>A network suits you if you want to compare your work with the experience of others. A small "
                    "group takes you closer still: the same people meet regularly and in confidence.</p>",
                )
            ),
            fact_box(
                t("Pienryhmät vuonna 2019", "Smågrupperna 2019", "Small groups in 2019"),
                facts=(
                    (t("Ryhmiä", "Grupper", "Groups"), t("4", "4", "4")),
                    (t("Johtajia", "Chefer", "Managers"), t("40", "40", "40")),
                ),
            ),
            principles(
                t("Näin pienryhmä toimii", "Så arbetar en smågrupp", "How a small group works"),
                t(
                    "Ryhmä on vapaaehtoista vertaistukea ilman ennalta päätettyä asialistaa.",
                    "Gruppen är frivilligt kollegialt stöd utan fastställd dagordning.",
                    "The group is voluntary peer support without a set agenda.",
                ),
                t(
                    "Ryhmä päättää itse työtavastaan ja teemoistaan.",
                    "Gruppen bestämmer själv sitt arbetssätt och sina teman.",
                    "The group decides its own way of working and its own themes.",
                ),
                t(
                    "Nykyiset ryhmät jatkavat, ja niitä täydennetään uusilla jäsenillä tarpeen mukaan.",
                    "De nuvarande grupperna fortsätter och kompletteras med nya medlemmar vid behov.",
                    "Existing groups continue and are completed with new members as needed.",
                ),
                t(
                    "Uusia 8–10 hengen ryhmiä perustetaan, kun niille on tarvetta.",
                    "Nya grupper med 8–10 medlemmar bildas när det finns behov.",
                    "New groups of 8–10 members are founded as needed.",
                ),
                t(
                    "Jäsenet edustavat mahdollisimman laajasti eri vastuualueita.",
                    "Medlemmarna företräder olika ansvarsområden i så stor utsträckning som möjligt.",
                    "Members represent different areas of responsibility as widely as possible.",
                ),
                t(
                    "Ministeriö on mukana ja tuo keskusteluun ajankohtaisia teemoja; sen asiantuntijat tukevat "
                    "ryhmiä pyynnöstä.",
                    "Ministeriet deltar och för in aktuella teman; dess sakkunniga stöder grupperna på begäran.",
                    "The Ministry takes part and brings topical themes; its experts support the groups on request.",
                ),
            ),
            page_links(
                t("Koulutusohjelmat", "Utbildningsprogram", "Training programmes"),
                (
                    "programme.leadership-path",
                    t("2008–2018, päättynyt", "2008–2018, avslutat", "2008–2018, closed"),
                ),
                (
                    "programme.future-leaders",
                    t(
                        "Johtamisuraa harkitseville",
                        "För dem som överväger en chefskarriär",
                        "For those who consider a career in management",
                    ),
                ),
                (
                    "programme.new-manager",
                    t("Juuri aloittaneille johtajille", "För nyblivna chefer", "For managers who have just started"),
                ),
            ),
        ),
        "contacts": (person("network.coordinator"), person("head.hr"), person("programme.secretary")),
        "related": (
            link(
                t("Johtamisen tietopankki", "Kunskapsbank om ledarskap", "Leadership knowledge bank"),
                "https://tietopankki.example.fi/",
            ),
        ),
        "search_description": t(
            "Julkisen hallinnon johtajien ja kehittäjien verkostot, pienryhmät ja ohjelmat.",
            "Nätverk, smågrupper och program för chefer och utvecklare inom den offentliga förvaltningen.",
            "Networks, small groups and programmes for managers and developers in public administration.",
        ),
    },
    parent="home",
    rows={"topic_links": topics("leadership", "peer-support")},
    local_overrides=(NETWORKS_IN_SWEDISH, NETWORKS_IN_ENGLISH),
)
