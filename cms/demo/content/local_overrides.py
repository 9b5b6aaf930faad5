"""Fields of the ministry's pages that are different on purpose in Swedish and English."""

from cms.demo.content.blocks import fact_box, link, page_links, paragraphs, person, principles
from cms.demo.declarations import LocalOverride, rich, t

NETWORKS_IN_SWEDISH = LocalOverride(
    "sv",
    {
        "related_projects": (
            link(
                t("", "Projekt: ett ledarskap som håller", ""),
                "https://projekt.example.fi/ledarskap",
            ),
            link(
                t("", "Arbetsgruppen för chefernas villkor", ""),
                "https://projekt.example.fi/chefsvillkor",
            ),
        ),
        "related": (link(t("", "Statens utbildningscenter", ""), "https://koulutus.example.fi/sv/"),),
    },
)

NETWORKS_IN_ENGLISH = LocalOverride(
    "en",
    {
        "body": (
            paragraphs(
                rich(
                    "",
                    "",
                    "<p>The Ministry of Administration supports managers through networks and small groups. This page "
                    "tells colleagues abroad how the work is organised; more detail is available in Finnish and "
                    "Swedish.</p>",
                )
            ),
            fact_box(
                t("", "", "Small groups of managers in 2019"),
                facts=((t("", "", "Groups"), t("", "", "4")), (t("", "", "Managers"), t("", "", "40"))),
            ),
            principles(
                t("", "", "How a small group works"),
                t("", "", "It is voluntary peer support without a set agenda."),
                t("", "", "The group decides its own way of working and its own themes."),
                t("", "", "Existing groups go on, and are completed with new members as needed."),
                t("", "", "New groups of 8–10 members are founded as needed."),
                t("", "", "Members represent different areas of responsibility as widely as possible."),
                t("", "", "The Ministry takes part and brings topical themes; its experts support on request."),
            ),
            page_links(
                t("", "", "Programmes"),
                ("programme.leadership-path", t("", "", "2008–2018, closed")),
                ("programme.new-manager", t("", "", "Induction for managers in their first year")),
                ("programme.strategic", t("", "", "Run jointly by two agencies")),
            ),
        ),
        "related": (link(t("", "", "Leadership knowledge bank"), "https://tietopankki.example.fi/en/"),),
        "contacts": (person("network.coordinator"), person("international.adviser")),
    },
)

FORUM_IN_ENGLISH = LocalOverride(
    "en",
    {"contacts": (person("network.coordinator"), person("international.adviser"))},
)
