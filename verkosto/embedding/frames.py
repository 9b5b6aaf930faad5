"""What of the site can be shown in a frame, where, and how another site includes it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override
from wagtail.models import Page, Site

from verkosto.core.models import BasePage
from verkosto.core.page_urls import absolute_url, path_of, site_of
from verkosto.core.view_restrictions import is_private
from verkosto.embedding.models import EmbeddingSettings
from verkosto.registrations.models import RegistrablePageMixin

RESIZE_SCRIPT = "verkosto_embedding/js/resize.js"
WIDTH, HEIGHT = 800, 900  # CSS pixels of a frame, until the script sets its height


@dataclass(frozen=True)
class Frame:
    """A page, or its form alone, as a frame on another site."""

    page: Page
    form_only: bool = False

    @property
    def url(self) -> str:
        """The absolute address of what the frame shows."""
        path = path_of(self.page)
        with override(self.page.locale.language_code):
            home = reverse("wagtail_serve", args=[""])
            name = "form" if self.form_only else "page"
            own = reverse(f"verkosto_embedding:{name}", args=[path.removeprefix(home)])
        return absolute_url(own, site_of(self.page))

    def html(self, *, width: str = "100%", height: int = HEIGHT) -> SafeString:
        """Return the element of the frame. It works without a script."""
        return format_html(
            '<iframe src="{}" title="{}" lang="{}" width="{}" height="{}" style="border:0" loading="lazy"></iframe>',
            *(self.url, self.page.title, self.page.locale.language_code, width, height),
        )

    @property
    def snippet(self) -> SafeString:
        """The frame with the script that sets its height, to be copied to another site."""
        # The file's own name: one with a hash would be gone after the next update.
        script = absolute_url(f"{settings.STATIC_URL}{RESIZE_SCRIPT}", site_of(self.page))
        return format_html('{}\n<script src="{}" async></script>', self.html(), script)


def can_be_embedded(page: Page) -> bool:
    """Return whether a page is one for frames, published and public."""
    return isinstance(page, BasePage) and page.is_embeddable and page.live and not is_private(page)


def has_form(page: Page) -> bool:
    """Return whether a page shows a registration form."""
    return isinstance(page, RegistrablePageMixin) and page.registration_enabled


def allow_frames(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the sites that the settings name show the response in a frame (CSP Level 3 §6.4.2), and nobody else. Return it.

    Our own site may always: the admin shows a preview.
    """
    origins = ["'self'", *EmbeddingSettings.origins_of(Site.find_for_request(request))]
    response.xframe_options_exempt = True  # of Django; it knows no list of sites
    if "csp" in settings.INSTALLED_APPS:
        response._csp_replace = {"frame-ancestors": origins}  # type: ignore[attr-defined]  # of django-csp
    else:
        response["Content-Security-Policy"] = f"frame-ancestors {' '.join(origins)}"
    response["X-Robots-Tag"] = "noindex"
    return response
