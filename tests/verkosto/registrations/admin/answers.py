"""What the tests of the admin read from its answers."""

from django.urls import reverse

NO_ACCESS = "sinulla ei ole pääsyä tähän osioon"


def is_not_found(response):
    """404, or LocaleMiddleware's redirect of a 404 to the same path under a language, which does not exist either."""
    return response.status_code == 404 or response.headers.get("Location", "").startswith("/fi/admin/")


def is_refused(client, response):
    """Whether Wagtail sent the user to the admin's home page, and says there that they have no access."""
    if getattr(response, "url", "") != reverse("wagtailadmin_home"):
        return False
    return NO_ACCESS in client.get(response.url).content.decode()
