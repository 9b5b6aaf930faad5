"""The page behind a personal link where a member reports of their learning pair. A GET changes nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from network_pages.member_session import member_required
from network_pages.membership_views import membership_page
from network_pages.models import Membership
from network_pages.pair_reports.reports import own_pairs, save_report
from verkosto.core.form_fields import LinesField
from verkosto.core.forms import ErrorSummaryMixin

LONGEST = 5000  # characters


class ReportForm(ErrorSummaryMixin, forms.Form):
    """What a member reports of a pair."""

    text = LinesField(
        label=_("Your report"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "class": "ds-input"}),
        error_messages={"required": _("Enter your report.")},
    )


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, membership: Membership, pair_key: UUID) -> HttpResponse:
    """Write or change one's own report of a pair. 404 for a pair that is not the member's."""
    own = next((each for each in own_pairs(membership) if each.pair.translation_key == pair_key), None)
    if own is None:
        raise Http404
    initial: dict[str, Any] = {"text": own.report.text if own.report else ""}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        save_report(membership=membership, pair=own.pair, text=form.cleaned_data["text"])
        return redirect("verkosto_networks:membership", pk=membership.pk)
    return membership_page(
        request, membership, "report.html", form=form, own=own, status=422 if form.is_bound else 200
    )
