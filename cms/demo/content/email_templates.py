"""Editors' own text for an email: an invitation with a greeting and a signature."""

from dataclasses import dataclass

from cms.demo.declarations import Text, t


@dataclass(frozen=True, kw_only=True)
class OwnEmailText:
    """The own text of one kind of email at the desk of a page, in three languages."""

    page: str
    kind: str
    subject: Text
    greeting: Text
    body: Text
    signature: Text
    postscript: Text


EMAIL_TEMPLATES = (
    OwnEmailText(
        page="event.hr-seminar",
        kind="invitation",
        subject=t("Kutsu: {title}", "Inbjudan: {title}", "Invitation: {title}"),
        greeting=t("Hyvä {name}", "Bästa {name}", "Dear {name},"),
        body=t(
            "Henkilöstöjohdon foorumi kokoontuu vuosiseminaariin, ja toivomme sinut mukaan.\n\nKoodisi on {code}.",
            "Personalledningens forum samlas till sitt årsseminarium, och vi hoppas att du kommer.\n\nDin kod är {code}.",
            "The forum of HR management meets for its annual seminar. We hope that you will come.\n\nYour code is {code}.",
        ),
        signature=t(
            "Työvaliokunnan puheenjohtaja\nHenkilöstöjohdon foorumi",
            "Arbetsutskottets ordförande\nPersonalledningens forum",
            "Chair of the working committee\nForum of HR management",
        ),
        postscript=t(
            "Edellisen illan ohjelma on vapaaehtoinen, mutta moni on kiittänyt siitä.",
            "Kvällen före är frivillig, men många har tackat för den.",
            "The evening before is optional, but many have thanked us for it.",
        ),
    ),
)
