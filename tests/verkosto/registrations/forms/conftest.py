import pytest

from tests.verkosto.registrations.forms.change_forms import open_change_form, values_shown


@pytest.fixture(params=["own", "staff"])
def sent(request, client, admin_client):
    """Send the form that changes a registration: what it shows of it, with some fields typed anew."""

    def send(registration, **typed):
        address = open_change_form(client, admin_client, request.param, registration)
        browser = client if request.param == "own" else admin_client
        shown = values_shown(browser.get(address))
        return browser.post(address, {**shown, "name": "Aino Uusi", **typed})

    return send
