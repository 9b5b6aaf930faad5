"""The page in the admin that registers the members of a season's networks for all its meetings."""

from collections import Counter
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from network_pages.member_views import MembersAdminView
from network_pages.season_members import (
    REGISTERED,
    SeasonPlan,
    plan_season,
    register_members,
    seasons_to_fill,
)
from verkosto.core.users import AnyUser, signed_in_user
from verkosto.registrations.admin.mail_previews import MailPreview, example_registration, preview_mail
from verkosto.registrations.models import Desk, Message


class SeasonForm(forms.Form):
    """The season."""

    season = forms.TypedChoiceField(
        label=gettext_lazy("Season"),
        coerce=int,
        help_text=gettext_lazy(
            "Seasons with one registration for all meetings. Their networks are those above the season in the page tree, "
            "and those that it names."
        ),
    )

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desks = {desk.pk: desk for desk in seasons_to_fill(user)}
        season: Any = self.fields["season"]
        season.choices = [(pk, desk.title) for pk, desk in self.desks.items()]

    @property
    def desk(self) -> Desk:
        """The chosen season's desk, of a form that is valid."""
        return self.desks[self.cleaned_data["season"]]


class SeasonMembersView(MembersAdminView):
    """Shows who would be registered, and the mails; only the second submission registers them."""

    page_title = gettext_lazy("Register members for a season")
    header_icon = "calendar-check"
    template_name = "verkosto_networks/admin/season_members.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = {"season": request.GET.get("season")}
        return self.show(SeasonForm(user=request.user, initial=chosen))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = signed_in_user(request)
        form = SeasonForm(request.POST, user=user)
        if not form.is_valid():
            return self.show(form)
        plan = plan_season(desk=form.desk, user=user)
        if "register" not in request.POST or not plan.new:
            return self.show(form, plan=plan, previews=mails_to(plan, form.desk))
        job = register_members(desk=form.desk, user=user)
        return redirect("verkosto_registrations_admin:job", pk=job.pk)

    def show(self, form: SeasonForm, **context: object) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **context))


def mails_to(plan: SeasonPlan, desk: Desk) -> list[MailPreview]:
    """Return the mail to those who get a place, in each of their languages."""
    languages = Counter(row.language or desk.original_language for row in plan.new[: plan.with_place])
    previews = []
    for language, number in sorted(languages.items()):
        example = example_registration(desk, language)
        message = Message(kind=REGISTERED.name, desk=desk, registration=example, language=language)
        previews.append(preview_mail(message, number=number))
    return previews
