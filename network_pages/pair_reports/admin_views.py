"""The reports of learning pairs in the admin, for those who may see the members of the round."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from network_pages.member_pages import page_choices
from network_pages.member_views import MembersAdminView
from network_pages.models import PairReport
from network_pages.pair_reports.reports import names_of, pairs_by_key
from network_pages.permissions import Permission

PAGE_SIZE = 30


class RoundForm(forms.Form):
    """Whose reports are shown: those of one round, or of all."""

    page = forms.TypedChoiceField(label=_("Round"), required=False, coerce=UUID, empty_value=None)


class PairReportsView(MembersAdminView):
    """What members report of their learning pairs, the latest first. Each view of it is logged."""

    permission = Permission.SEE
    page_title = _("Reports of learning pairs")
    header_icon = "doc-full"
    template_name = "verkosto_networks/admin/pair_reports.html"

    @cached_property
    def titles(self) -> dict[UUID, str]:
        """The titles of the rounds from which there are reports that the user may see."""
        rows = PairReport.objects.visible_to(self.request.user).order_by()
        keys = set(rows.values_list("membership__translation_key", flat=True))
        return {key: title for key, title in page_choices(self.request.user) if key in keys}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RoundForm(request.GET)
        field: Any = form.fields["page"]
        field.choices = [("", _("All")), *self.titles.items()]
        chosen = form.cleaned_data["page"] if form.is_valid() else None
        reports = PairReport.objects.visible_to(request.user).select_related("membership")
        if chosen:
            reports = reports.filter(membership__translation_key=chosen)
        page = Paginator(reports, PAGE_SIZE).get_page(request.GET.get("p"))
        pairs = pairs_by_key(report.pair_key for report in page)
        rows = [
            {
                "report": report,
                "round": self.titles.get(report.membership.translation_key, ""),
                "pair": pairs.get(report.pair_key),
                "names": names_of(pairs[report.pair_key]) if report.pair_key in pairs else "",
            }
            for report in page
        ]
        if rows:
            log(request.user, "network_pages.see_members", user=request.user, title="", data={"count": len(rows)})
        return self.render_to_response(self.get_context_data(form=form, rows=rows, page_obj=page))
