"""The manage pages of a registration, as a browser that followed its personal link gets them."""

from bs4 import BeautifulSoup

from verkosto.registrations.models import Registration
from verkosto.registrations.tokens import issue_token


def address(registration, page="", language="fi"):
    return f"/{language}/registrations/manage/{registration.reference}/{page}"


def open_link(client, registration):
    return client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def heading(answer):
    """Return the main heading of a page, without the places where its long words may break."""
    return soup(answer).h1.get_text().replace("\N{SOFT HYPHEN}", "")


def kept_form(answer):
    """What the form of a page would send."""
    (form,) = soup(answer).select("main form")
    assert not form.get("action")
    return {field["name"]: field["value"] for field in form.select("input")}


def stored(*registrations):
    return list(Registration.objects.filter(pk__in=[each.pk for each in registrations]).order_by("pk").values())
