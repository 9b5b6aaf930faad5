"""The check-in links of a desk: make one for helpers without an account, and withdraw it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from verkosto.core.page_urls import absolute_url
from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.check_in_links import CheckInLinkForm
from verkosto.registrations.admin.permissions import DeskPermission
from verkosto.registrations.admin.responses import private_response
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.domain.check_in_links import (
    MAX_LINKS,
    NewLink,
    coming_days,
    day_of,
    make_link,
    withdraw_link,
)
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.mail.check_in_codes import svg_of
from verkosto.registrations.models import CheckInLink


class CheckInLinksView(DeskAdminView):
    """List the links with their last use, and make a new one."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    page_title = gettext_lazy("Check-in links")
    header_icon = "link"
    tab = "check_in_links"
    template_name = "verkosto_registrations/admin/check_in_links.html"
    made_template = "verkosto_registrations/admin/check_in_link_made.html"

    def get_form(self, *args: Any) -> CheckInLinkForm:
        return CheckInLinkForm(*args, days=coming_days(self.desk))

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        form = kwargs.get("form") or self.get_form()
        links = self.desk.check_in_links.select_related("created_by", "desk")
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "can_make": bool(form.days),
            "links": [{"link": link, "day": day_of(link)} for link in links],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if form.is_valid():
            user = signed_in_user(request)
            try:
                new = make_link(desk=self.desk, day=form.chosen_day, name=form.cleaned_data["name"], user=user)
            except NotPossible:
                text = _("An event has at most %(number)s check-in links. Withdraw one that is not needed.")
                form.add_error(None, text % {"number": MAX_LINKS})
            else:
                log("registrations.make_check_in_link", self.desk, user, link=new.link.name, day=str(new.link.day))
                return self.show(new, form.chosen_day.label)
        return self.render_to_response(self.get_context_data(form=form))

    def show(self, new: NewLink, day: str) -> HttpResponse:
        """Show the link and its code in the answer to the form: they are stored nowhere, so no other page can."""
        path = reverse("verkosto_registrations:check_in_enter", args=[new.token])
        url = absolute_url(path, self.desk.version().get("site"))
        context = {
            **DeskAdminView.get_context_data(self),
            "link": new.link,
            "day": day,
            "url": url,
            "qr": svg_of(url),
            "code": f"{new.code[:3]} {new.code[3:]}",
            "back_url": self.desk_url("check_in_links"),
        }
        return private_response(TemplateResponse(self.request, self.made_template, context))


class WithdrawCheckInLinkView(DeskAdminView):
    """Withdraw a link. Where it is open it shows nothing more."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link = get_object_or_404(CheckInLink, pk=kwargs["pk"], desk=self.desk)
        if withdraw_link(link=link):
            log("registrations.withdraw_check_in_link", self.desk, request.user, link=link.name, day=str(link.day))
        messages.success(request, _("The link “%(name)s” no longer works.") % {"name": link.name})
        return redirect(self.desk_url("check_in_links"))
