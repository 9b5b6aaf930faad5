"""What the tests of the admin read from its answers."""

from django.urls import reverse

NO_ACCESS = "sinulla ei ole pääsyä tähän osioon"


def is_not_found(response):
    """404, and no redirect to the same path under a language."""
    return response.status_code == 404


def is_refused(client, response):
    """Whether Wagtail sent the user to the admin's home page, and says there that they have no access."""
    if getattr(response, "url", "") != reverse("wagtailadmin_home"):
        return False
    return NO_ACCESS in client.get(response.url).content.decode()
