"""The networks of the ministry."""

from typing import Any

from cms.demo.content.blocks import heading, link, mailbox, organisers, paragraphs, person, topics
from cms.demo.content.local_overrides import FORUM_IN_ENGLISH
from cms.demo.declarations import Node, Picture, Ref, Text, rich, t

FORUM = Node(
    "network.management-forum",
    "verkosto_networks.NetworkPage",
    {
        "title": t("Johdon foorumi", "Ledningsforumet", "Management forum"),
        "slug": t("johdon-foorumi", "ledningsforumet", "management-forum"),
        "summary": t(
            "Valtionhallinnon ylimpien virkamiesten foorumi, joka kokoaa johdon saman pöydän ääreen.",
            "Ett forum för statsförvaltningens högsta tjänstemän som samlar ledningen kring samma bord.",
            "A forum of the most senior civil servants that brings top management around one table.",
        ),
        "listing_image": Picture("forum"),
        "listing_image_alt": t(
            "Piirros: suuri kaari, jonka alla on rivi pisteitä",
            "Teckning: en stor båge över en rad punkter",
            "Drawing: a wide arc above a row of dots",
        ),
        "kind": "forum",
        "purpose": rich(
            "Foorumi vahvistaa yhteistä johtamista yli hallinnonalojen ja antaa ylimmälle johdolle paikan ajatella "
            "ääneen.",
            "Forumet stärker det gemensamma ledarskapet över förvaltningsområdenas gränser och ger den högsta "
            "ledningen en plats att tänka högt.",
            "The forum strengthens shared leadership across branches of government and gives top management a place "
            "to think aloud.",
        ),
        "who_belongs": t(
            "Valtionhallinnon ylimmät virkamiehet.",
            "Statsförvaltningens högsta tjänstemän.",
            "The most senior civil servants of the central government.",
        ),
        "joining": "position",
        "joining_note": t(
            "Erillistä hakemusta ei tarvita.",
            "Ingen ansökan behövs.",
            "No application is needed.",
        ),
        "rhythm": t(
            "Foorumi kokoontuu säännöllisesti. Lisäksi järjestetään kerran tai kaksi vuodessa puolen päivän "
            "johtamispäivä ja muutaman kerran vuodessa aamukahvit.",
            "Forumet möts regelbundet. Därtill ordnas en eller två gånger om året en ledarskapsdag "
            "på en halv dag och några gånger om året morgonkaffe.",
            "The forum meets regularly. A half-day management day is held once or twice a year, and morning coffees "
            "a few times a year.",
        ),
        "body": (
            heading(t("Johtamisen teemapäivä", "Temadagen om ledarskap", "Theme day on public leadership")),
            paragraphs(
                rich(
                    "Julkisen johtamisen teemapäivä järjestettiin ensimmäisen kerran vuonna 2019 ja uudelleen "
                    "helmikuussa 2020. Päivään kutsutaan myös kuntajohtajia ja aiheen mukaan koulutusohjelman "
                    "alumneja.",
                    "Temadagen om offentligt ledarskap ordnades för första gången 2019 och på nytt i februari 2020. "
                    "Till dagen inbjuds också kommundirektörer och, beroende på ämnet, alumner från ett "
                    "utbildningsprogram.",
                    "The theme day on public leadership was first held in 2019, and again in February 2020. Municipal "
                    "managers are invited too and, depending on the topic, alumni of a training programme.",
                )
            ),
        ),
        "contacts": (person("network.coordinator"),),
    },
    parent="networks",
    rows={
        "topic_links": topics("leadership"),
        "hosts": organisers("ministry"),
    },
    local_overrides=(FORUM_IN_ENGLISH,),
)

HR_FORUM = Node(
    "network.hr-forum",
    "verkosto_networks.NetworkPage",
    {
        "title": t("Henkilöstöjohdon foorumi", "Personalledningens forum", "HR management forum"),
        "slug": t("henkilostojohdon-foorumi", "personalledningens-forum", "hr-management-forum"),
        "summary": t(
            "Kaikkien virastojen henkilöstöjohtajien yhteinen foorumi kokoontuu kahdesti vuodessa.",
            "Personalcheferna vid alla ämbetsverk möts i ett gemensamt forum två gånger om året.",
            "The heads of human resources of all agencies meet in one forum twice a year.",
        ),
        "listing_image": Picture("hr"),
        "listing_image_alt": t(
            "Piirros: kaksi rinnakkaista pisteriviä",
            "Teckning: två parallella rader av punkter",
            "Drawing: two parallel rows of dots",
        ),
        "kind": "forum",
        "purpose": rich(
            "Foorumi yhtenäistää henkilöstöpolitiikkaa ja levittää virastoissa toimiviksi todettuja käytäntöjä.",
            "Forumet gör personalpolitiken enhetligare och sprider arbetssätt som har fungerat vid ämbetsverken.",
            "The forum makes personnel policy more consistent and spreads practices that have worked in agencies.",
        ),
        "who_belongs": t(
            "Kaikkien virastojen henkilöstöjohtajat.",
            "Personalcheferna vid alla ämbetsverk.",
            "The heads of human resources of all agencies.",
        ),
        "joining": "position",
        "joining_note": t(
            "Uusi henkilöstöjohtaja kutsutaan mukaan, kun hän aloittaa tehtävässään.",
            "Nya personalchefer bjuds in när de tillträder.",
            "New heads of human resources are invited when they take up their post.",
        ),
        "rhythm": t(
            "Kaksi kokousta ja yksi vuosiseminaari vuodessa. Seminaarin valmistelee työvaliokunta.",
            "Två möten och ett årsseminarium om året. Seminariet förbereds av arbetsutskottet.",
            "Two meetings a year and an annual seminar, which the working committee prepares.",
        ),
        "contacts": (person("head.hr"),),
    },
    parent="networks",
    rows={
        "topic_links": topics("human-resources", "leadership"),
        "hosts": organisers("ministry"),
        "committee": (
            {"person": Ref("person.head.hr"), "role": t("puheenjohtaja", "ordförande", "Chair")},
            {
                "role": t(
                    "virastojen henkilöstöjohtajien edustajat",
                    "företrädare för ämbetsverkens personalchefer",
                    "Representatives of the agencies' heads of HR",
                )
            },
        ),
    },
)


def _small_network(
    key: str,
    kind: str,
    title: Text,
    slug: Text,
    summary: Text,
    belongs: Text,
    joining: str,
    hosts: tuple[str, ...] = (),
    **extra: Any,
) -> Node:
    fields = {
        "title": title,
        "slug": slug,
        "summary": summary,
        "kind": kind,
        "who_belongs": belongs,
        "joining": joining,
        **extra,
    }
    return Node(
        f"network.{key}",
        "verkosto_networks.NetworkPage",
        fields,
        parent="networks",
        rows={"hosts": organisers(*hosts)} if hosts else {},
    )


OTHERS = (
    _small_network(
        "heads-of-development",
        "professional",
        t(
            "Ministeriöiden kehittämisjohtajat",
            "Ministeriernas utvecklingschefer",
            "Heads of development of the ministries",
        ),
        t("kehittamisjohtajat", "utvecklingscheferna", "heads-of-development"),
        t(
            "Ministeriöiden kehittämisjohtajien verkosto sovittaa yhteen ministeriöiden kehittämistyötä.",
            "Ministeriernas utvecklingschefer samordnar utvecklingsarbetet vid ministerierna.",
            "The heads of development of the ministries coordinate the ministries' development work.",
        ),
        t(
            "Ministeriöiden kehittämisjohtajat.",
            "Ministeriernas utvecklingschefer.",
            "Heads of development of the ministries.",
        ),
        "position",
    ),
    _small_network(
        "heads-of-training",
        "professional",
        t("Virastojen koulutuspäälliköt", "Ämbetsverkens utbildningschefer", "Heads of training of the agencies"),
        t("koulutuspaallikot", "utbildningscheferna", "heads-of-training"),
        t(
            "Virastojen koulutuspäälliköt suunnittelevat yhdessä henkilöstön osaamisen kehittämistä.",
            "Ämbetsverkens utbildningschefer planerar tillsammans hur personalens kompetens utvecklas.",
            "The heads of training of the agencies plan together how the skills of staff are developed.",
        ),
        t("Virastojen koulutuspäälliköt.", "Ämbetsverkens utbildningschefer.", "Heads of training of the agencies."),
        "position",
    ),
    _small_network(
        "workplace-development",
        "professional",
        t("Työelämän kehittäjät", "Arbetslivets utvecklare", "Workplace-development network"),
        t("tyoelaman-kehittajat", "arbetslivets-utvecklare", "workplace-development"),
        t(
            "Valtiokonttorin koordinoima verkosto työyhteisöjen kehittäjille.",
            "Ett nätverk för dem som utvecklar arbetsplatser, samordnat av Statskontoret.",
            "A network for workplace developers, coordinated by the State Treasury.",
        ),
        t(
            "Työyhteisöjen kehittämisestä kiinnostuneet valtion työntekijät.",
            "Statsanställda som är intresserade av att utveckla arbetsplatser.",
            "State employees who take an interest in developing workplaces.",
        ),
        "open",
        hosts=("treasury",),
        contacts=(
            mailbox(
                t(
                    "Valtiokonttori, verkoston postilaatikko",
                    "Statskontoret, nätverkets brevlåda",
                    "State Treasury, the network's mailbox",
                ),
                "tyoelama@example.fi",
                "+358 295 00 0050",
            ),
        ),
    ),
    _small_network(
        "alumni",
        "alumni",
        t(
            "Koulutusohjelmien alumniryhmät",
            "Utbildningsprogrammens alumngrupper",
            "Alumni groups of training programmes",
        ),
        t("alumniryhmat", "alumngrupper", "alumni-groups"),
        t(
            "Koulutusohjelman päättyessä osallistujat voivat jatkaa alumniryhmänä.",
            "När ett utbildningsprogram tar slut kan deltagarna fortsätta som alumngrupp.",
            "When a training programme ends, its participants can go on as an alumni group.",
        ),
        t(
            "Ministeriön koulutusohjelmien entiset osallistujat.",
            "Tidigare deltagare i ministeriets utbildningsprogram.",
            "Former participants of the Ministry's training programmes.",
        ),
        "invitation",
        hosts=("ministry",),
    ),
    _small_network(
        "online",
        "online",
        t("Verkkoyhteisöt", "Nätgemenskaper", "Online networks"),
        t("verkkoyhteisot", "natgemenskaper", "online-networks"),
        t(
            "Keskustelu jatkuu sosiaalisessa mediassa: ryhmät ovat avoimia kaikille kiinnostuneille.",
            "Samtalet fortsätter i sociala medier: grupperna är öppna för alla intresserade.",
            "The conversation goes on in social media: the groups are open to everyone interested.",
        ),
        t("Kaikki aiheesta kiinnostuneet.", "Alla som är intresserade av ämnet.", "Everyone interested in the topic."),
        "open",
        online_links=(
            link(
                t(
                    "Johtamisen keskusteluryhmä sosiaalisessa mediassa",
                    "Diskussionsgruppen om ledarskap i sociala medier",
                    "Leadership discussion group on social media",
                ),
                "https://social.example.fi/johtaminen",
            ),
        ),
    ),
)

NODES = (FORUM, HR_FORUM, *OTHERS)
