"""The colleagues of a desk: invite one by email to a role at this desk alone, and take such a role back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.forms.colleagues import InviteColleagueForm
from verkosto.registrations.admin.permissions import DeskPermission, roles_to_give
from verkosto.registrations.admin.responses import private_response
from verkosto.registrations.admin.views.base import DeskAdminView
from verkosto.registrations.domain import desk_invitations
from verkosto.registrations.enums import DeskRole
from verkosto.registrations.exceptions import AlreadyInvited, NotPossible, SentRecently
from verkosto.registrations.models import DeskInvitation, RoleAssignment


class ColleagueAdminView(DeskAdminView):
    """A page for those who may give roles at the desk; 403 for others who may change its registrations."""

    required_permissions = (DeskPermission.SEE, DeskPermission.CHANGE)
    header_icon = "group"
    tab = "colleagues"
    roles: list[DeskRole]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.roles = roles_to_give(request.user, self.desk)
        if not self.roles:
            raise PermissionDenied

    def back(self) -> HttpResponse:
        return redirect(self.desk_url("colleagues"))


class ColleaguesView(ColleagueAdminView):
    """List the invitations that are open, and the roles that people have at this desk alone."""

    page_title = gettext_lazy("Colleagues")
    template_name = "verkosto_registrations/admin/colleagues.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return private_response(super().get(request, *args, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        return {
            **super().get_context_data(**kwargs),
            "invitations": self.desk.colleague_invitations.unanswered().select_related("invited_by"),
            "given_roles": self.desk.roles.select_related("user", "given_by"),
            "roles_to_give": self.roles,
            "may_take": self.request.user.has_perm("verkosto_registrations.delete_roleassignment"),
            "invite_url": self.desk_url("colleague_invite"),
        }


class InviteColleagueView(ColleagueAdminView):
    """Invite a colleague by email."""

    page_title = gettext_lazy("Invite a colleague")
    template_name = "verkosto_registrations/admin/colleague_invite.html"

    def get_form(self, *args: Any) -> InviteColleagueForm:
        return InviteColleagueForm(*args, roles=self.roles, initial={"language": get_language()})

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return self.desk_breadcrumbs((_("Colleagues"), self.desk_url("colleagues")), (self.get_page_title(), ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        form = kwargs.get("form") or self.get_form()
        days = desk_invitations.VALID_FOR.days
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "days": days,
            "back_url": self.desk_url("colleagues"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if form.is_valid() and self.invite(form):
            text = _("The invitation has been sent. It is valid for %(days)s days.")
            messages.success(request, text % {"days": desk_invitations.VALID_FOR.days})
            return self.back()
        return self.render_to_response(self.get_context_data(form=form))

    def invite(self, form: InviteColleagueForm) -> bool:
        """Invite the colleague of a valid form. Return False, with an error in the form, if that is refused."""
        user = signed_in_user(self.request)
        try:
            invitation = desk_invitations.invite_colleague(desk=self.desk, user=user, **form.cleaned_data)
        except AlreadyInvited:
            text = _("This address has been invited already. You can send the invitation again from the list.")
            form.add_error("email", text)
            return False
        except NotPossible:
            form.add_error(None, too_many_text())
            return False
        log("registrations.invite_colleague", self.desk, user, role=invitation.role, invitation=invitation.pk)
        return True


class InvitationActionView(ColleagueAdminView):
    """Change one open invitation of the desk. Takes POST alone."""

    http_method_names = ["post"]

    @property
    def invitation(self) -> DeskInvitation:
        return get_object_or_404(DeskInvitation, pk=self.kwargs["pk"], desk=self.desk)


class ResendInvitationView(InvitationActionView):
    """Send an invitation again, valid for another week."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = self.invitation
        if invitation.role not in self.roles:
            raise PermissionDenied
        user = signed_in_user(request)
        try:
            desk_invitations.send_again(invitation=invitation, user=user)
        except SentRecently:
            text = _("The invitation was sent a moment ago. You can send it again after %(minutes)s minutes.")
            messages.warning(request, text % {"minutes": desk_invitations.PAUSE.seconds // 60})
        except NotPossible:
            answered = _("The invitation has been accepted or withdrawn.")
            messages.warning(request, answered if invitation.is_answered else too_many_text())
        else:
            log("registrations.invite_colleague", self.desk, user, role=invitation.role, invitation=invitation.pk)
            messages.success(request, _("The invitation has been sent again."))
        return self.back()


class WithdrawInvitationView(InvitationActionView):
    """Withdraw an invitation. Its link no longer works."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = self.invitation
        if desk_invitations.withdraw(invitation=invitation):
            log(
                "registrations.withdraw_colleague",
                self.desk,
                request.user,
                role=invitation.role,
                invitation=invitation.pk,
            )
            messages.success(request, _("The invitation has been withdrawn. Its link no longer works."))
        else:
            messages.warning(request, _("The invitation has been accepted or withdrawn."))
        return self.back()


class TakeRoleView(ColleagueAdminView):
    """Take back a role at this desk alone. Takes POST alone, and Django's permission to delete roles."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("verkosto_registrations.delete_roleassignment"):
            raise PermissionDenied
        role = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=kwargs["pk"], desk=self.desk)
        with transaction.atomic():
            log("registrations.take_role", role, request.user, role=role.role)
            role.delete()
        messages.success(request, _("The role has been taken back."))
        return self.back()


def too_many_text() -> str:
    """Return why no further colleague can be invited, and what to do."""
    text = _("An event has at most %(number)s open invitations of colleagues. Withdraw one that is not needed.")
    return text % {"number": desk_invitations.MAX_PENDING}
