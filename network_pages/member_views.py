"""The pages about members in the admin. Each asks for the right to the network of the members that it fetches."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from network_pages.member_columns import MemberFilterSet, member_columns
from network_pages.member_export import MemberExport
from network_pages.member_forms import ImportForm, MembershipForm
from network_pages.member_gaps import organisations_without_members
from network_pages.member_import import add_members
from network_pages.member_links import notify_added
from network_pages.member_pages import version_of
from network_pages.members import erase_membership
from network_pages.models import Membership
from network_pages.models.membership_querysets import MembershipQuerySet
from network_pages.permissions import Permission, may
from verkosto.registrations.admin.permissions import policy
from verkosto.registrations.domain.address_lists import SHOWN_ERRORS
from verkosto.registrations.exports import export_formats

HOME: dict[str, object] = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
INDEX: dict[str, object] = {"url": reverse_lazy("members:index"), "label": gettext_lazy("Members")}


class MemberIndexView(generic.IndexView):
    """The list of members of the pages that the user has the right to. Each view of it is logged."""

    model = Membership
    permission_policy = policy
    any_permission_required = [Permission.SEE]
    header_icon = "user"
    page_title = gettext_lazy("Members")
    filterset_class = MemberFilterSet
    is_searchable = True
    paginate_by = 50
    default_ordering = "name"
    template_name = "verkosto_networks/admin/members.html"
    results_template_name = "verkosto_networks/admin/members_results.html"
    index_url_name = "members:index"
    index_results_url_name = "members:index_results"
    locale = None

    def get_base_queryset(self) -> QuerySet[Membership]:
        return Membership.objects.visible_to(self.request.user).with_titles()

    def search_queryset(self, queryset: MembershipQuerySet) -> QuerySet[Membership]:
        return queryset.matching(self.search_query) if self.is_searching else queryset

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return member_columns(self.get_edit_url)

    def get_edit_url(self, instance: Membership) -> str:
        return reverse("members:edit", args=[instance.pk])

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not may(self.request.user, Permission.CHANGE):
            return []
        return [HeaderButton(_("Add a member"), url=reverse("members:add"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        figures = Button(_("The year in figures"), url=reverse("members:figures"), icon_name="list-ul", priority=50)
        reports = Button(
            _("Reports of learning pairs"), url=reverse("members:reports"), icon_name="doc-full", priority=46
        )
        if not may(self.request.user, Permission.CHANGE):
            return [reports, figures]
        return [
            Button(_("Import a list"), url=reverse("members:import"), icon_name="upload", priority=10),
            Button(_("Write to members"), url=self.write_url, icon_name="mail", priority=20),
            Button(_("Emails to members"), url=reverse("members:mailings"), icon_name="list-ul", priority=30),
            Button(_("Register for a season"), url=reverse("members:season"), icon_name="calendar-check", priority=35),
            Button(_("Form small groups"), url=reverse("group_plans:index"), icon_name="group", priority=40),
            Button(_("Form learning pairs"), url=reverse("pair_plans:index"), icon_name="link", priority=45),
            reports,
            Button(_("Reviews of applications"), url=reverse("reviews:index"), icon_name="form", priority=47),
            Button(_("From a round to a network"), url=reverse("members:alumni"), icon_name="redirect", priority=48),
            figures,
        ]

    @property
    def write_url(self) -> str:
        """The form for an email to the members of the network and in the role that the list is filtered by."""
        chosen = {name: value for name in ("page", "role") if (value := self.request.GET.get(name))}
        return f"{reverse('members:write')}?{urlencode(chosen)}"

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, {"url": "", "label": _("Members")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        user = self.request.user
        log(user, "network_pages.see_members", user=user, title="", data={"count": context["items_count"]})
        context["may_export"] = may(user, Permission.EXPORT)
        chosen = self.filters.form.cleaned_data.get("page") if self.filters.is_valid() else ""
        context["gaps"] = organisations_without_members(chosen) if chosen else []
        return context


class MemberResultsView(MemberIndexView):
    results_only = True


class ExportMembersView(MemberIndexView):
    """Stream the members that the filters and the search let through, where the user may export. Each export is logged."""

    any_permission_required = [Permission.EXPORT]
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        chosen: Any = self.filter_queryset(self.get_base_queryset())
        members = self.search_queryset(chosen).visible_to(request.user, Permission.EXPORT)  # type: ignore[attr-defined]  # members
        kind = export_formats()["csv" if request.POST.get("format") == "csv" else "xlsx"]
        data = {"count": members.count(), "format": kind.name}
        log(request.user, "network_pages.export_members", user=request.user, title="", data=data)
        stream: Any = kind.stream
        response = StreamingHttpResponse(stream(MemberExport(members)), content_type=kind.content_type)
        name = f"members-{timezone.localdate():%Y-%m-%d}.{kind.name}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store, private"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class MembersAdminView(WagtailAdminTemplateMixin, View):
    """A page about members, for those who have a right to the members of any page."""

    permission: str = Permission.CHANGE
    header_icon = "user"
    template_name = "verkosto_networks/admin/member_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may(request.user, self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, INDEX, {"url": "", "label": self.get_page_title()}]


class AddMemberView(MembersAdminView):
    """Add one member."""

    page_title = gettext_lazy("Add a member")

    def get_form(self, data: Mapping[str, object] | None = None) -> MembershipForm:
        initial = {"page": self.request.GET.get("page")}
        return MembershipForm(data, user=self.request.user, initial=initial)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.get_form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        self.save(form)
        return redirect("members:index")

    def save(self, form: MembershipForm) -> None:
        with transaction.atomic():
            membership = form.save()
            notify_added([membership])
            log(membership, "wagtail.create", user=self.request.user)
        messages.success(self.request, _("The person is now a member, and is notified by email."))


class EditMemberView(AddMemberView):
    """Change one membership."""

    page_title = gettext_lazy("Change a membership")

    @cached_property
    def membership(self) -> Membership:
        changeable = Membership.objects.visible_to(self.request.user).visible_to(self.request.user, self.permission)
        return get_object_or_404(changeable, pk=self.kwargs["pk"])

    def get_form(self, data: Mapping[str, object] | None = None) -> MembershipForm:
        return MembershipForm(data, user=self.request.user, instance=self.membership)

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        erase_url = ""
        if may(self.request.user, Permission.ERASE, self.membership.translation_key):
            erase_url = reverse("members:erase", args=[self.membership.pk])
        return {**super().get_context_data(**kwargs), "membership": self.membership, "erase_url": erase_url}

    def save(self, form: MembershipForm) -> None:
        log(form.save(), "wagtail.edit", user=self.request.user)
        messages.success(self.request, _("The membership has been changed."))


class EraseMemberView(EditMemberView):
    """Ask, then erase one membership: it was never to be, or its person asks."""

    permission = Permission.ERASE
    page_title = gettext_lazy("Erase a membership")
    template_name = "verkosto_networks/admin/erase_member.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        log(self.membership, "wagtail.delete", user=request.user)
        erase_membership(self.membership)
        messages.success(request, _("The membership has been erased."))
        return redirect("members:index")


class ImportMembersView(MembersAdminView):
    """Shows what a list would do, line by line; only the second submission imports it."""

    page_title = gettext_lazy("Import a list of members")
    template_name = "verkosto_networks/admin/import_members.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ImportForm(user=request.user, initial={"page": request.GET.get("page")})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if "add" not in request.POST:
            return self.render_to_response({**self.get_context_data(form=form.with_file_as_text()), **preview(form)})
        page = version_of(form.cleaned_data["page"])
        # The original's language, until each person chooses their own.
        language = page.locale.language_code if page is not None and page.locale_id else settings.LANGUAGE_CODE
        added = add_members(page=page, new_members=form.plan.new_members, language=language, user=request.user)
        message = ngettext("%(n)s person is now a member.", "%(n)s people are now members.", len(added))
        messages.success(request, message % {"n": len(added)})
        return redirect("members:index")


def preview(form: ImportForm) -> dict[str, object]:
    """Return what the preview of an import shows."""
    plan = form.plan
    return {
        "plan": plan,
        "shown": plan.new_members[:SHOWN_ERRORS],
        "more": max(0, len(plan.new_members) - SHOWN_ERRORS),
        "problems": plan.problems[:SHOWN_ERRORS],
        "more_problems": max(0, len(plan.problems) - SHOWN_ERRORS),
    }
