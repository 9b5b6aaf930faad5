"""Contact persons, speakers and hosts. They are named by their roles: no real person is in the demo."""

from cms.demo.declarations import Node, Picture, Ref, Text, rich, t

PORTRAIT_ALT = t(
    "Piirretty muotokuva: pyöreä hahmo lämpimällä pohjalla",
    "Tecknat porträtt: en rund gestalt mot varm botten",
    "Drawn portrait: a round figure on a warm ground",
)

#: Where the role that stands as a name says it all.
NO_TITLE = t("", "", "")


def _person(
    key: str,
    name: Text,
    title: Text,
    organisation: str,
    number: int,
    biography: Text | None = None,
    speciality: Text | None = None,
    picture: str = "",
) -> Node:
    fields: dict[str, object] = {
        "name": name,
        "title": title,
        "organisation": Ref(f"organisation.{organisation}"),
        "email": f"{key}@example.fi",
        "phone": f"+358 295 00 {number:04d}",
    }
    if biography:
        fields["biography"] = biography
    if speciality:
        fields["speciality"] = speciality
    if picture:
        fields["picture"] = Picture(picture)
        fields["picture_alt"] = PORTRAIT_ALT
    return Node(f"person.{key}", "verkosto_directory.Person", fields)


NODES = (
    _person(
        "network.coordinator",
        t("Verkostojen koordinaattori", "Nätverkskoordinator", "Network Coordinator"),
        t("erityisasiantuntija", "specialsakkunnig", "Senior Specialist"),
        "ministry",
        1,
        rich(
            "Vastaa johdon foorumin kokouksista ja pienryhmien alkuun saattamisesta.",
            "Ansvarar för ledningsforumets möten och hjälper smågrupperna i gång.",
            "Runs the meetings of the management forum and helps small groups get started.",
        ),
    ),
    _person(
        "head.hr",
        t(
            "Henkilöstöjohdon foorumin yhteyshenkilö",
            "Kontaktperson för personalledningens forum",
            "Contact for the HR management forum",
        ),
        t("yksikön päällikkö", "enhetschef", "Head of Unit"),
        "ministry",
        2,
    ),
    _person(
        "international.adviser",
        t("Kansainvälisten asioiden neuvonantaja", "Rådgivare i internationella frågor", "International Adviser"),
        t("neuvotteleva virkamies", "konsultativ tjänsteman", "Ministerial Adviser"),
        "ministry",
        3,
    ),
    _person(
        "programme.secretary",
        t("Koulutusohjelmien sihteeri", "Programsekreterare", "Programme Secretary"),
        t("osastosihteeri", "avdelningssekreterare", "Department Secretary"),
        "ministry",
        4,
    ),
    _person(
        "director.general",
        t("Ylijohtaja", "Överdirektör", "Director General"),
        NO_TITLE,
        "ministry",
        5,
    ),
    _person(
        "municipal.planner",
        t(
            "Kuntien yhdistyksen yhteyshenkilö",
            "Kontaktperson vid Kommunernas förening",
            "Contact at the Association of Municipalities",
        ),
        t("suunnittelija", "planerare", "Planning Officer"),
        "municipal-association",
        10,
    ),
    _person(
        "dialogue.specialist",
        t("Vuoropuhelun asiantuntija", "Sakkunnig i dialogfrågor", "Dialogue Specialist"),
        t("projektipäällikkö", "projektchef", "Project Manager"),
        "ministry",
        11,
    ),
    _person(
        "language.counsel",
        t("Kielilain asiantuntija", "Expert på språklagen", "Language Law Expert"),
        t("lainsäädäntöneuvos", "lagstiftningsråd", "Legislative Counsellor"),
        "justice-ministry",
        12,
    ),
    _person(
        "bridge.facilitator",
        t("Vuoropuhelun ohjaaja", "Dialogledare", "Dialogue Facilitator"),
        t("toiminnanjohtaja", "verksamhetsledare", "Executive Director"),
        "bridge",
        13,
    ),
    _person(
        "round.leader",
        t("Ohjelman vetäjä", "Ansvarig för programmet", "Programme Leader"),
        t("kehittämispäällikkö", "utvecklingschef", "Head of Development"),
        "development-agency",
        20,
    ),
    _person(
        "steering.analyst",
        t("Ohjauksen analyytikko", "Styrningsanalytiker", "Governance Analyst"),
        t("johtava analyytikko", "ledande analytiker", "Lead Analyst"),
        "steering-agency",
        21,
    ),
    _person(
        "season.facilitator",
        t("Verkoston vetäjä", "Nätverksledare", "Network Facilitator"),
        t("johtamisvalmentaja", "ledarskapsutvecklare", "Leadership Coach"),
        "leadership-school",
        30,
        rich(
            "Valmentanut julkisen sektorin johtajia yli kaksikymmentä vuotta. Auttaa johtajaa ottamaan puheeksi sen, "
            "mistä kaikki vaikenevat.",
            "Har handlett chefer i offentlig sektor i mer än tjugo år. Hjälper chefen att ta upp det som alla tiger om.",
            "Has coached public-sector managers for more than twenty years. Helps them to raise what everybody else "
            "leaves unsaid.",
        ),
        t("vaikeat keskustelut", "svåra samtal", "difficult conversations"),
        "portrait",
    ),
    _person(
        "crisis.researcher",
        t("Kriisijohtamisen tutkija", "Forskare i krisledning", "Crisis Management Researcher"),
        t("valtio-opin dosentti", "docent i statsvetenskap", "Associate Professor of Political Science"),
        "leadership-school",
        31,
    ),
    _person(
        "security.director",
        t("Turvallisuusjohtaja", "Säkerhetsdirektör", "Security Director"),
        NO_TITLE,
        "county-board",
        32,
    ),
    _person(
        "trust.professor",
        t("Luottamuksen tutkija", "Förtroendeforskare", "Trust Researcher"),
        t(
            "organisaatiopsykologian professori",
            "professor i organisationspsykologi",
            "Professor of Organisational Psychology",
        ),
        "leadership-school",
        33,
    ),
    _person(
        "region.director",
        t("Aluejohtaja", "Regiondirektör", "Regional Director"),
        NO_TITLE,
        "county-board",
        34,
    ),
    _person(
        "registrar",
        t("Tapahtumasihteeri", "Evenemangssekreterare", "Events Secretary"),
        NO_TITLE,
        "ministry",
        40,
    ),
)
