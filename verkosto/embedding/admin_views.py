"""The page of the admin with the code that another site copies to embed a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from verkosto.core.users import AnyUser
from verkosto.embedding.frames import Frame, can_be_embedded, has_form
from verkosto.embedding.models import EmbeddingSettings


class SnippetView(WagtailAdminTemplateMixin, View):
    """The code to copy, with a preview, for those who may edit the page."""

    page_title = gettext_lazy("Embed on another site")
    header_icon = "code"
    template_name = "verkosto_embedding/admin/snippet.html"
    http_method_names = ["get", "head"]
    page: Page

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(Page, pk=kwargs["page_pk"]).specific
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        if not can_be_embedded(self.page):
            raise Http404

    def get(self, request: HttpRequest, page_pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.get_page_subtitle()}
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, edit, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        frames = [(_("The page"), Frame(self.page))]
        if has_form(self.page):
            frames.append((_("The registration form alone"), Frame(self.page, form_only=True)))
        origins = EmbeddingSettings.origins_of(self.page.get_site())
        return {**super().get_context_data(**kwargs), "frames": frames, "origins": origins}


def snippet_buttons(
    page: Page, user: AnyUser, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Yield the button of the editor that leads to the code. For ``register_page_header_buttons``."""
    if view_name == "edit" and page.permissions_for_user(user).can_edit() and can_be_embedded(page.specific):
        url = reverse("embedding_snippet", args=[page.pk])
        yield Button(_("Embed on another site"), url, icon_name="code", priority=66)
