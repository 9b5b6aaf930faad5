"""The pages of one membership behind a personal link (see ``member_session``). A GET changes nothing."""

import json
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.coreutils import get_content_languages

from network_pages import membership_terms
from network_pages.group_plans.personal_data import proposals_for
from network_pages.member_columns import term
from network_pages.member_meetings import calendar_for, materials_of, meetings_of, private_document
from network_pages.member_pages import title_of, version_of
from network_pages.member_session import SESSIONS, member_required
from network_pages.members import data_of, erase_membership
from network_pages.models import Membership, NetworkPage
from network_pages.pair_reports.reports import own_pairs, reports_in
from verkosto.core.base_template import base_context
from verkosto.core.downloads import attachment
from verkosto.core.forms import ErrorSummaryMixin
from verkosto.registrations.privacy.erasure import erase_address
from verkosto.registrations.public.link_sessions import LIFETIME
from verkosto.registrations.public.views.responses import message_page

OTHERS_ON_A_PAGE = 100


class OwnMembershipForm(ErrorSummaryMixin, forms.ModelForm):
    """What a person may correct in their own membership. The address stays: the link was sent to it."""

    class Meta:
        model = Membership
        fields = ["name", "organisation", "area", "region", "language", "is_listed"]
        labels = {"is_listed": gettext_lazy("Show my name, organisation and address to the other members")}
        help_texts = {"is_listed": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [*get_content_languages().items()]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of emails"), choices=languages, initial=self.instance.language or languages[0][0]
        )
        for name, field in self.fields.items():
            classes = "ds-input ds-select" if name == "language" else "ds-input"
            field.widget.attrs.update({"class": classes})
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"


@member_required
@require_safe
def overview(request: HttpRequest, membership: Membership) -> HttpResponse:
    """One's membership: what is known, and for current members the dates, the materials and who agreed to be shown."""
    page = version_of(membership.translation_key)
    context: dict[str, Any] = {"may_renew": membership_terms.may_renew(membership)}
    if membership.is_current and page is not None:
        others = Membership.objects.of_page(page).current().listed().exclude(pk=membership.pk)
        context["others"] = Paginator(others, OTHERS_ON_A_PAGE).get_page(request.GET.get("page"))
        if isinstance(page, NetworkPage):
            meetings = meetings_of(page, membership)
            context |= {"meetings": meetings, "has_dates": any(meeting.has_day for meeting in meetings)}
            context["materials"] = materials_of(page)
    context["pairs"] = own_pairs(membership)
    return membership_page(request, membership, "membership.html", **context, term=term(membership), network=page)


@member_required
@require_safe
def calendar(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The coming meetings as a calendar file, with the joining instructions that the member may know."""
    content = calendar_for(_network_of(membership), membership, get_language() or "")
    if not content:
        raise Http404
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="meetings.ics"'},
    )


@member_required
@require_safe
def document(request: HttpRequest, membership: Membership, document_pk: int) -> HttpResponseBase:
    """A document in a private collection, for current members of the network whose meeting it belongs to."""
    found = private_document(_network_of(membership), document_pk)
    if found is None:
        raise Http404
    return attachment(found.file, found.filename)


def _network_of(membership: Membership) -> NetworkPage:
    """Return the network of a current member. Raises Http404 for others, and where there is no such network."""
    page = version_of(membership.translation_key)
    if not membership.is_current or not isinstance(page, NetworkPage):
        raise Http404
    return page


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Correct one's own details."""
    form = OwnMembershipForm(request.POST if request.method == "POST" else None, instance=membership)
    if form.is_bound and form.is_valid():
        form.save()
        return redirect("verkosto_networks:membership", pk=membership.pk)
    return membership_page(request, membership, "change.html", form=form, status=422 if form.is_bound else 200)


@member_required
@require_POST
def renew(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Let the membership go on for a year."""
    membership_terms.renew(membership)
    return redirect("verkosto_networks:membership", pk=membership.pk)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Ask, then end the membership."""
    if request.method != "POST":
        return membership_page(request, membership, "leave.html")
    membership_terms.leave(membership)
    return redirect("verkosto_networks:membership", pk=membership.pk)


@member_required
@require_safe
def data(request: HttpRequest, membership: Membership) -> HttpResponse:
    """All that is kept about the membership, as JSON (GDPR, articles 15 and 20)."""
    row = Membership.objects.with_titles().get(pk=membership.pk)
    return HttpResponse(
        json.dumps(
            {
                **data_of(row),
                "proposed_groups": proposals_for(row),
                "reports_of_learning_pairs": reports_in(row),
            },
            ensure_ascii=False,
            indent=2,
        ),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="membership.json"'},
    )


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Ask, then erase the membership, or everything that is kept under its address."""
    if request.method != "POST":
        return membership_page(request, membership, "erase.html")
    pk = membership.pk
    if request.POST.get("everything"):
        erase_address(email=membership.email)
    else:
        erase_membership(membership)
    heading = _("Your data has been erased")
    text = _("You are no longer a member, and we no longer have the details of your membership.")
    return SESSIONS.forget(message_page(request, heading, text, status=200), pk)


def membership_page(
    request: HttpRequest, membership: Membership, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Return a page of one membership, from a template in ``members/``."""
    title = title_of(membership.translation_key)
    known = {
        **base_context(),
        "membership": membership,
        "network_title": title,
        "session_url": reverse("verkosto_networks:membership", args=[membership.pk]),
        "session_seconds": LIFETIME,
    }
    return render(request, f"verkosto_networks/members/{template}", {**known, **context}, status=status)
