"""The forms that change a registration, and what a browser would send of them."""

from bs4 import BeautifulSoup
from django.urls import reverse

from verkosto.registrations.tokens import issue_token


def open_change_form(client, admin_client, who, registration):
    """Return the address of the form that changes a registration: its owner's, from the link, or that of staff."""
    if who == "staff":
        return reverse("verkosto_registrations_admin:change", args=[registration.desk_id, registration.pk])
    client.get(f"/fi/registrations/open/{issue_token(registration=registration)}/")
    return f"/fi/registrations/manage/{registration.reference}/change/"


def values_shown(answer):
    """What a browser would send of the page's form as it is shown."""
    form = answer.context["form"]
    soup, values = BeautifulSoup(answer.content, "html.parser"), {}
    for name in form.fields:
        for field in soup.select(f'[name="{name}"]'):
            if field.name == "textarea":
                values[name] = field.text.removeprefix("\n").removeprefix("\r\n")
            elif field.name == "select":
                values[name] = next((each["value"] for each in field.select("option[selected]")), "")
            elif field.get("type") in ("radio", "checkbox"):
                if field.has_attr("checked"):
                    values.setdefault(name, []).append(field["value"])
            elif field.get("type") != "file":
                values[name] = field.get("value", "")
    return values
