"""The page in the admin that makes the members of a finished round members of a network."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from network_pages.alumni import add_alumni, finished_rounds, plan_alumni
from network_pages.member_pages import pages_to_change, version_of
from network_pages.member_views import MembersAdminView
from network_pages.models import NetworkPage, ProgrammeRoundPage
from verkosto.core.users import SignedInUser, signed_in_user


class AlumniForm(forms.Form):
    """The round, the network, and the last day of the memberships."""

    round = forms.TypedChoiceField(
        label=gettext_lazy("Round"),
        coerce=UUID,
        help_text=gettext_lazy("Rounds whose last day is over. People who left the round early are not added."),
    )
    network = forms.TypedChoiceField(label=gettext_lazy("Network"), coerce=UUID)
    ends_on = forms.DateField(
        label=gettext_lazy("Member until"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("The last day. If left empty, the membership goes on."),
    )

    def __init__(self, *args: Any, user: SignedInUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        finished = finished_rounds()
        page: Any = self.fields["round"]
        page.choices = [each for each in pages_to_change(user, ProgrammeRoundPage) if each[0] in finished]
        network: Any = self.fields["network"]
        networks = pages_to_change(user, NetworkPage)
        # An alumni network first: it is what this is for.
        alumni = set(NetworkPage.objects.of_kind("alumni").order_by().values_list("translation_key", flat=True))
        network.choices = sorted(networks, key=lambda choice: choice[0] not in alumni)

    def clean_ends_on(self) -> object:
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("The membership ends before it begins."))
        return day


class AlumniView(MembersAdminView):
    """Shows who would become a member; only the second submission adds them."""

    page_title = gettext_lazy("Add the members of a round to a network")
    header_icon = "group"
    template_name = "verkosto_networks/admin/alumni.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(AlumniForm(user=signed_in_user(request)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = signed_in_user(request)
        form = AlumniForm(request.POST, user=user)
        if not form.is_valid():
            return self.show(form)
        chosen = form.cleaned_data
        if "add" not in request.POST:
            return self.show(form, plan=plan_alumni(round_key=chosen["round"], network_key=chosen["network"]))
        network = version_of(chosen["network"])
        if network is None:
            return self.show(form)
        added = add_alumni(round_key=chosen["round"], network=network, ends_on=chosen["ends_on"], user=user)
        text = ngettext("%(n)s person is now a member.", "%(n)s people are now members.", len(added))
        messages.success(request, text % {"n": len(added)})
        return redirect("members:index")

    def show(self, form: AlumniForm, **context: object) -> HttpResponse:
        rounds: Any = form.fields["round"]
        return self.render_to_response(
            self.get_context_data(form=form, has_rounds=bool(list(rounds.choices)), **context)
        )
