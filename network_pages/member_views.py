"""The list of members in the admin, and the import of members from a file: first a preview, then the import."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from network_pages.member_import import ImportPlan, add_members, plan_import
from network_pages.models import NetworkPage
from verkosto.core.email_addresses import email_fragment
from verkosto.core.text import clean_line
from verkosto.registrations.domain.address_lists import MAX_ADDRESSES, SHOWN_ERRORS
from verkosto.registrations.forms.addresses import AddressesForm


class ImportForm(AddressesForm):
    """The people to add, and the network."""

    network = forms.ModelChoiceField(
        label=gettext_lazy("Network"), queryset=NetworkPage.objects.alphabetical(), empty_label=None
    )
    field_order = ["network", "addresses", "file"]
    plan: ImportPlan

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each network is offered once; any of its versions is taken.
        offered = NetworkPage.objects.once_each().alphabetical()
        field: Any = self.fields["network"]
        field.choices = [(network.pk, network.title) for network in offered]
        self.fields["addresses"].help_text = gettext_lazy(
            "One person per line: address, name, organisation. The address alone is enough. The organisation "
            "must be in the directory."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        self.plan = plan_import(self.text, network=cleaned["network"])
        if not (self.plan.new_members or self.plan.duplicates or self.plan.problems):
            self.add_error("addresses", _("Give at least one address."))
        if len(self.plan.new_members) > MAX_ADDRESSES:
            self.add_error("addresses", _("At most %(n)s addresses at a time.") % {"n": MAX_ADDRESSES})
        return cleaned


class MemberIndexView(IndexView):
    """The list of members, with a button to import many. Each view of it is logged."""

    import_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.permission_policy.user_has_permission(self.request.user, "add"):
            url = reverse(self.import_url_name)
            buttons.append(Button(_("Import a list"), url=url, icon_name="upload", priority=10))
        return buttons

    @cached_property
    def search_query(self) -> str:
        """The text in the form in which names and addresses are stored."""
        return email_fragment(clean_line(super().search_query))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.request.user
        log(user, "network_pages.see_members", user=user, title="", data={"count": context["items_count"]})
        return context


class ImportMembersView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Shows what a list would do, line by line; only the second submission imports it."""

    permission_required = "add"
    page_title = gettext_lazy("Import a list of members")
    header_icon = "user"
    template_name = "verkosto_networks/admin/import_members.html"
    index_url_name = ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        members = {"url": reverse(self.index_url_name), "label": _("Members")}
        return [*self.breadcrumbs_items, members, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=ImportForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if "add" not in request.POST:
            context = self.get_context_data(form=form.with_file_as_text(), plan=form.plan)
            return self.render_to_response(
                {
                    **context,
                    "shown": form.plan.new_members[:SHOWN_ERRORS],
                    "more": max(0, len(form.plan.new_members) - SHOWN_ERRORS),
                    "problems": form.plan.problems[:SHOWN_ERRORS],
                    "more_problems": max(0, len(form.plan.problems) - SHOWN_ERRORS),
                }
            )
        number = add_members(
            network=form.cleaned_data["network"], new_members=form.plan.new_members, user=request.user
        )
        message = ngettext("%(n)s person is now a member.", "%(n)s people are now members.", number)
        messages.success(request, message % {"n": number})
        return redirect(self.index_url_name)
