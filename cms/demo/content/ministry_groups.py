"""The small groups and programmes of the ministry."""

from typing import Any

from cms.demo.content.blocks import organisers, paragraphs, person, sentences, topics
from cms.demo.declarations import Node, Picture, Ref, Text, rich, t

PRINCIPLES = sentences(
    t(
        "Vapaaehtoista vertaistukea ilman valmista asialistaa",
        "Frivilligt kollegialt stöd utan färdig dagordning",
        "Voluntary peer support without a set agenda",
    ),
    t(
        "Ryhmä päättää työtavastaan ja teemoistaan",
        "Gruppen bestämmer sitt arbetssätt och sina teman",
        "The group decides its way of working and its themes",
    ),
    t(
        "Jäsenet edustavat eri vastuualueita",
        "Medlemmarna företräder olika ansvarsområden",
        "Members represent different areas of responsibility",
    ),
)


def _group(
    number: int, members: int, founded: int | None, title: Text, slug: Text, summary: Text, status: str
) -> Node:
    return Node(
        f"group.{number}",
        "verkosto_networks.SmallGroupPage",
        {
            "title": title,
            "slug": slug,
            "summary": summary,
            "status": status,
            "size_from": 8,
            "size_to": 10,
            "member_count": members,
            "founded": founded,
            "principles": PRINCIPLES,
            "convener": Ref("person.network.coordinator"),
        },
        parent="network.management-forum",
        rows={"topic_links": topics("peer-support")},
    )


GROUPS = (
    _group(
        1,
        10,
        2016,
        t("Pienryhmä 1: muutoksen johtaminen", "Smågrupp 1: att leda förändring", "Small group 1: leading change"),
        t("pienryhma-1", "smagrupp-1", "small-group-1"),
        t(
            "Ryhmässä pohditaan, miten suurta muutosta johdetaan ihmisiä uuvuttamatta.",
            "I gruppen begrundar man hur en stor förändring leds utan att människor slits ut.",
            "The group considers how to lead a large change without wearing people out.",
        ),
        "full",
    ),
    _group(
        2,
        10,
        2017,
        t("Pienryhmä 2: johtajan jaksaminen", "Smågrupp 2: att orka som chef", "Small group 2: a manager's stamina"),
        t("pienryhma-2", "smagrupp-2", "small-group-2"),
        t(
            "Luottamuksellinen ryhmä johtajan omasta työhyvinvoinnista.",
            "En förtrolig grupp om chefens eget välbefinnande i arbetet.",
            "A confidential group on a manager's own well-being at work.",
        ),
        "active",
    ),
    _group(
        3,
        10,
        2018,
        t(
            "Pienryhmä 3: johtaminen verkostoissa",
            "Smågrupp 3: att leda i nätverk",
            "Small group 3: leading in networks",
        ),
        t("pienryhma-3", "smagrupp-3", "small-group-3"),
        t(
            "Miten johdetaan työtä, jossa kukaan ei ole toisen esimies?",
            "Hur leder man arbete där ingen är den andras chef?",
            "How does one lead work in which nobody is anybody's superior?",
        ),
        "active",
    ),
    _group(
        4,
        10,
        2019,
        t(
            "Pienryhmä 4: asiantuntijoiden johtaminen",
            "Smågrupp 4: att leda experter",
            "Small group 4: leading experts",
        ),
        t("pienryhma-4", "smagrupp-4", "small-group-4"),
        t(
            "Miten johdetaan ihmisiä, jotka tietävät asiasta enemmän kuin johtaja?",
            "Hur leder man människor som kan mer om saken än chefen själv?",
            "How does one lead people who know more about the matter than their manager?",
        ),
        "active",
    ),
    _group(
        5,
        5,
        None,
        t("Pienryhmä 5: uudet johtajat", "Smågrupp 5: nya chefer", "Small group 5: new managers"),
        t("pienryhma-5", "smagrupp-5", "small-group-5"),
        t(
            "Ryhmä on tarkoitettu hiljattain aloittaneille johtajille, ja siihen mahtuu vielä jäseniä.",
            "Gruppen är avsedd för chefer som nyligen har börjat, och det finns plats för fler.",
            "The group is for managers who have recently started, and there is room for more.",
        ),
        "forming",
    ),
)


def _programme(key: str, title: Text, slug: Text, summary: Text, body: Text, **facts: Any) -> Node:
    return Node(
        f"programme.{key}",
        "verkosto_networks.ProgrammePage",
        {
            "title": title,
            "slug": slug,
            "summary": summary,
            "body": (paragraphs(body),),
            "contacts": (person("programme.secretary"),),
            **facts,
        },
        parent="home",
        rows={
            "topic_links": topics("leadership"),
            "organisers": organisers("ministry"),
        },
    )


PROGRAMMES = (
    _programme(
        "leadership-path",
        t("Johtamisen polku", "Ledarskapets väg", "Leadership Path"),
        t("johtamisen-polku", "ledarskapets-vag", "leadership-path"),
        t(
            "Kymmenen vuotta valtion ylintä johtoa valmentanut ohjelma, joka päättyi vuonna 2018.",
            "Programmet som utbildade statens högsta ledning i tio år och avslutades 2018.",
            "The programme that trained the top management of the state for ten years and closed in 2018.",
        ),
        rich(
            "Ohjelmaan osallistui vuosina 2008–2018 johtajia kaikilta hallinnonaloilta. Sen kurssit jatkavat "
            "alumniryhminä, joita kutsutaan aiheen mukaan myös teemapäivään.",
            "I programmet deltog 2008–2018 chefer från alla förvaltningsområden. Kurserna lever vidare som "
            "alumngrupper, "
            "som beroende på ämnet också bjuds in till temadagen.",
            "Managers from every branch of government took part in 2008–2018. Its courses live on as alumni groups, "
            "which are also invited to the theme day when the topic suits.",
        ),
        listing_image=Picture("path"),
        listing_image_alt=t(
            "Piirros: portaittain nouseva polku",
            "Teckning: en stig som stiger trappvis",
            "Drawing: a path rising in steps",
        ),
        first_year=2008,
        last_year=2018,
        is_closed=True,
    ),
    _programme(
        "future-leaders",
        t("Tulevaisuuden johtajat", "Framtidens ledare", "Future Leaders"),
        t("tulevaisuuden-johtajat", "framtidens-ledare", "future-leaders"),
        t(
            "Valmennusohjelma niille, jotka harkitsevat johtamisuraa valtionhallinnossa.",
            "Ett utbildningsprogram för dem som överväger en chefskarriär inom statsförvaltningen.",
            "A training programme for those who consider a career in management in the central government.",
        ),
        rich(
            "Ohjelma kestää vuoden ja koostuu neljästä lähijaksosta, työparityöskentelystä ja mentoroinnista.",
            "Programmet pågår i ett år och består av fyra närstudieperioder, arbete i par och mentorskap.",
            "The programme lasts a year and consists of four residential modules, work in pairs and mentoring.",
        ),
        first_year=2016,
    ),
    _programme(
        "new-manager",
        t("Uuden johtajan ensimmäinen vuosi", "Den nya chefens första år", "A New Manager's First Year"),
        t("uuden-johtajan-ensimmainen-vuosi", "den-nya-chefens-forsta-ar", "new-managers-first-year"),
        t(
            "Perehdytysohjelma, joka tukee uutta johtajaa ensimmäisten kuukausien ratkaisuissa.",
            "Ett introduktionsprogram som stöder nya chefer i de första månadernas avgöranden.",
            "An induction programme that supports new managers in the decisions of their first months.",
        ),
        rich(
            "Uusi johtaja saa vertaisekseen kokeneen kollegan ja osallistuu kolmeen tapaamiseen vuoden aikana.",
            "Den nya chefen får en erfaren kollega vid sin sida och deltar i tre träffar under året.",
            "Each new manager is paired with an experienced colleague and attends three meetings during the year.",
        ),
        first_year=2017,
    ),
)

NODES = (*GROUPS, *PROGRAMMES)
