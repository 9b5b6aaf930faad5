"""The page of the admin about the links to a draft, and the page that such a link opens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from verkosto.core.draft_links import MAX_DAYS, find_link, share, valid_links, withdraw
from verkosto.core.users import AnyUser


class ShareForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        min_value=1,
        max_value=MAX_DAYS,
        initial=14,
        help_text=gettext_lazy("The link stops working after this many days, or when you withdraw it."),
    )


class DraftLinksView(WagtailAdminTemplateMixin, View):
    """The links to the draft of a page, for those who may edit it: make one, withdraw one."""

    page_title = gettext_lazy("Share the draft")
    header_icon = "link"
    template_name = "verkosto_core/admin/draft_links.html"
    page: Page

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(Page, pk=kwargs["page_pk"]).specific
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied

    def get(self, request: HttpRequest, page_pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=ShareForm()))

    def post(self, request: HttpRequest, page_pk: int) -> HttpResponse:
        here = redirect("draft_links", page_pk)
        if "withdraw" in request.POST:
            links = self.page.draft_links.all()
            pk = request.POST["withdraw"]
            link = links.filter(pk=pk).first() if pk.isdecimal() else None
            if link is not None:
                withdraw(link, user=request.user)
            messages.success(request, _("The link no longer works."))
            return here
        form = ShareForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        share(self.page, days=form.cleaned_data["days"], user=request.user)
        messages.success(request, _("The link is ready. Copy it and send it."))
        return here

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.get_page_subtitle()}
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, edit, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        links = valid_links().filter(page=self.page)
        rows = [{"link": link, "url": self.request.build_absolute_uri(link.path)} for link in links]
        return {**super().get_context_data(**kwargs), "rows": rows}


@require_safe
def shared_draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show the latest draft of a page to whoever has a valid link. Search engines and caches do not keep it."""
    link = find_link(token)
    if link is None:
        response = render(request, "verkosto_core/draft_link_invalid.html", status=404)
    else:
        draft = link.page.specific.get_latest_revision_as_object()
        with override(link.page.locale.language_code):
            response = draft.make_preview_request(
                original_request=request,
                preview_mode=draft.default_preview_mode,
                extra_request_attrs={"is_shared_draft": True},
            )
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def draft_link_buttons(
    page: Page, user: AnyUser, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Yield the button of the editor that leads to the links of a draft. For ``register_page_header_buttons``."""
    if view_name == "edit" and not page.is_root() and page.permissions_for_user(user).can_edit():
        yield Button(_("Share the draft"), reverse("draft_links", args=[page.pk]), icon_name="link", priority=65)
