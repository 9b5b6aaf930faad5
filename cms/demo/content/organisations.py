"""Organisations. All of them are fictional."""

from cms.demo.declarations import Node, Text, rich, t


def _organisation(key: str, name: Text, website: str, short: Text | None = None, about: Text | None = None) -> Node:
    fields: dict[str, object] = {"name": name, "website": website}
    if short:
        fields["abbreviation"] = short
    if about:
        fields["about"] = about
    return Node(f"organisation.{key}", "verkosto_directory.Organisation", fields)


NODES = (
    _organisation(
        "ministry",
        t("Hallintoministeriö", "Förvaltningsministeriet", "Ministry of Administration"),
        "https://ministerio.example.fi/",
        t("HALM", "FÖRM", "MOA"),
    ),
    _organisation(
        "treasury",
        t("Valtiokonttori", "Statskontoret", "State Treasury"),
        "https://konttori.example.fi/",
    ),
    _organisation(
        "training-centre",
        t("Valtion koulutuskeskus", "Statens utbildningscenter", "State Training Centre"),
        "https://koulutus.example.fi/",
    ),
    _organisation(
        "municipal-association",
        t("Kuntien yhdistys", "Kommunernas förening", "Association of Municipalities"),
        "https://kunnat.example.fi/",
    ),
    _organisation(
        "justice-ministry",
        t("Oikeusasiain ministeriö", "Ministeriet för rättsfrågor", "Ministry of Legal Affairs"),
        "https://oikeus.example.fi/",
    ),
    _organisation(
        "bridge",
        t("Kielisiltasäätiö", "Stiftelsen Språkbron", "Language Bridge Foundation"),
        "https://silta.example.fi/",
    ),
    _organisation(
        "development-agency",
        t("Hallinnon kehittämisvirasto", "Förvaltningens utvecklingsverk", "Agency for Administrative Development"),
        "https://utveckling.example.fi/",
    ),
    _organisation(
        "steering-agency",
        t("Valtion ohjausvirasto", "Statens styrningsverk", "Agency for State Governance"),
        "https://styrning.example.fi/",
    ),
    _organisation(
        "insurance",
        t("Vakuutusvirasto", "Försäkringsverket", "Insurance Agency"),
        "https://forsakring.example.fi/",
    ),
    _organisation(
        "traffic",
        t("Liikennevirasto", "Trafikstyrelsen", "Transport Administration"),
        "https://trafik.example.fi/",
    ),
    _organisation(
        "inspectorate",
        t("Tietoaineistojen tarkastusvirasto", "Inspektionen för datamaterial", "Data Inspectorate"),
        "https://inspektion.example.fi/",
    ),
    _organisation(
        "council",
        t("Kulttuurineuvosto", "Kulturrådet för regionerna", "Council for Regional Culture"),
        "https://radet.example.fi/",
    ),
    _organisation(
        "coast-guard",
        t("Rannikkovartiosto", "Kustvakten", "Coast Guard"),
        "https://kust.example.fi/",
    ),
    _organisation(
        "county-board",
        t("Saariston lääninhallitus", "Länsstyrelsen i Skärgårdslän", "Archipelago County Board"),
        "https://lansstyrelsen.example.fi/",
    ),
    _organisation(
        "media-house",
        t("Mediatalo Agora", "Mediehuset Agora", "Agora Media House"),
        "https://agora.example.fi/",
        about=rich(
            "Mediatalo Agora seuraa julkista sektoria ja kokoaa sen johtajat verkostoihin, joissa kokemukset "
            "vaihtuvat "
            "luottamuksella. Jokaisella verkostolla on pysyvä vetäjä ja kauden mittainen ohjelma.",
            "Mediehuset Agora bevakar den offentliga sektorn och samlar dess chefer i nätverk där erfarenheter utbyts "
            "i "
            "förtroende. Varje nätverk har en fast ledare och ett program som sträcker sig över en säsong.",
            "Agora Media House covers the public sector and brings its managers together in networks where experience "
            "is shared in confidence. Each network has a permanent facilitator and a programme for the season.",
        ),
    ),
    _organisation(
        "leadership-school",
        t("Johtamisen korkeakoulu", "Ledarhögskolan", "School of Leadership"),
        "https://ledarskap.example.fi/",
    ),
)
