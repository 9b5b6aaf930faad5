"""News pages; one of them contains an event's registration form."""

from cms.demo.content.blocks import paragraphs, quotation, registration_form, topics
from cms.demo.declarations import FromNow, Node, Picture, Ref, rich, t

INVITATION = Node(
    "news.theme-day",
    "home.NewsPage",
    {
        "title": t(
            "Ilmoittautuminen teemapäivään on alkanut",
            "Anmälan till temadagen har öppnat",
            "Registration for the theme day is open",
        ),
        "slug": t("ilmoittautuminen-teemapaivaan", "anmalan-till-temadagen", "registration-for-the-theme-day"),
        "summary": t(
            "Johtamisen teemapäivä kokoaa johtajat pohtimaan, miten epävarmuutta johdetaan. Voit ilmoittautua tällä "
            "sivulla.",
            "Temadagen om ledarskap samlar chefer för att begrunda hur man leder i osäkerhet. Du kan anmäla dig på "
            "den "
            "här sidan.",
            "The theme day on leadership gathers managers to consider how to lead through uncertainty. You can "
            "register "
            "on this page.",
        ),
        "published_on": FromNow(-7),
        "listing_image": Picture("lake"),
        "listing_image_alt": t(
            "Piirros: viiva kulkee pisteestä pisteeseen",
            "Teckning: en linje går från punkt till punkt",
            "Drawing: a line runs from dot to dot",
        ),
        "body": (
            paragraphs(
                rich(
                    "Teemapäivässä on kaksi työpajaa, joihin mahtuu rajallinen määrä osallistujia. Ilmoittaudu "
                    "ajoissa.",
                    "Temadagen har två workshoppar med ett begränsat antal platser. Anmäl dig i god tid.",
                    "The theme day has two workshops with a limited number of places. Register in good time.",
                )
            ),
            registration_form("event.theme-day"),
        ),
        "read_more": Ref("event.theme-day"),
    },
    parent="news",
    rows={"topic_links": topics("leadership")},
)

GROUPS = Node(
    "news.small-groups",
    "home.NewsPage",
    {
        "title": t(
            "Uusi pienryhmä kokoaa aloittavat johtajat",
            "En ny smågrupp samlar nya chefer",
            "A new small group brings new managers together",
        ),
        "slug": t("uusi-pienryhma", "ny-smagrupp", "a-new-small-group"),
        "summary": t(
            "Viides pienryhmä on tarkoitettu johtajille, joiden ensimmäinen vuosi on vielä kesken.",
            "Den femte smågruppen är avsedd för chefer som ännu är inne på sitt första år.",
            "The fifth small group is meant for managers still in their first year.",
        ),
        "published_on": FromNow(-20),
        "body": (
            paragraphs(
                rich(
                    "Ryhmä aloittaa, kun siihen on saatu kahdeksan jäsentä. Se päättää itse, mistä se puhuu.",
                    "Gruppen börjar när den har fått åtta medlemmar. Den bestämmer själv vad den talar om.",
                    "The group starts when it has eight members. It decides for itself what to talk about.",
                )
            ),
            quotation(
                t(
                    "Ensimmäisenä vuonna kysymyksiä on enemmän kuin ihmisiä, joilta kysyä.",
                    "Det första året finns det fler frågor än människor att fråga.",
                    "In the first year there are more questions than people to ask.",
                ),
                t("osastopäällikkö", "avdelningschef", "Head of Department"),
                t("Hallintoministeriö", "Förvaltningsministeriet", "Ministry of Administration"),
            ),
        ),
        "read_more": Ref("group.5"),
    },
    parent="news",
    rows={"topic_links": topics("peer-support")},
    later={
        "summary": "Viides pienryhmä on tarkoitettu johtajille, joiden ensimmäinen vuosi on vielä kesken. "
        "Ryhmä kokoontuu ensimmäisen kerran keväällä.",
    },
)

EVALUATION = Node(
    "news.evaluation",
    "home.NewsPage",
    {
        "title": t(
            "Verkostojen vaikutuksista kerättiin palautetta",
            "Respons samlades in om nätverkens betydelse",
            "Feedback was gathered on what the networks achieve",
        ),
        "slug": t("verkostojen-vaikutukset", "natverkens-betydelse", "what-the-networks-achieve"),
        "summary": t(
            "Vastaajat arvostavat eniten luottamusta ja sitä, että asialistaa ei ole.",
            "Det som uppskattas mest är förtroendet och att det inte finns någon dagordning.",
            "What respondents value most is trust, and that there is no agenda.",
        ),
        "published_on": FromNow(-40),
        "body": (
            paragraphs(
                rich(
                    "<p>Kyselyyn vastasi yli puolet jäsenistä.</p>"
                    "<p>Moni toivoi lisää tapaamisia muualla kuin Helsingissä.</p>"
                    "<p>Tulokset käsitellään foorumin seuraavassa kokouksessa.</p>",
                    "<p>Mer än hälften av medlemmarna svarade på enkäten.</p>"
                    "<p>Många önskade fler träffar på andra orter än Helsingfors.</p>"
                    "<p>Resultaten behandlas vid forumets nästa möte.</p>",
                    "<p>More than half of the members answered the survey.</p>"
                    "<p>Many wished for more meetings outside Helsinki.</p>"
                    "<p>The results will be discussed at the forum's next meeting.</p>",
                )
            ),
        ),
    },
    parent="news",
    unfinished={"sv": 0.6},
    missing=frozenset({"en"}),
)

NODES = (INVITATION, GROUPS, EVALUATION)
