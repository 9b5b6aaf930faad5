"""Retention, and data subject requests."""

import json
from datetime import datetime, timedelta
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.columns import registration_state
from verkosto.registrations.admin.forms.privacy import AddressForm
from verkosto.registrations.admin.permissions import (
    OF_DATA_PROTECTION,
    DeskPermission,
    desks_for,
    has_permission,
    policy,
    protects_all_data,
)
from verkosto.registrations.admin.responses import private_response
from verkosto.registrations.admin.views.base import RegistrationsAdminView
from verkosto.registrations.enums import ErasureCause
from verkosto.registrations.models import Desk, Invitation, Message, PurgeRun, Registration, Tombstone
from verkosto.registrations.privacy.archives import archives_with, desks_to_archive, erase_from_archives, over_since
from verkosto.registrations.privacy.data_export import data_of, data_of_address
from verkosto.registrations.privacy.erasure import erase, erase_address


class AnyDeskAdminView(RegistrationsAdminView):
    """A page for staff with one of the permissions to any desk."""

    any_permission_required: tuple[str, ...] = OF_DATA_PROTECTION

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not policy.user_has_any_permission(request.user, self.any_permission_required):
            raise PermissionDenied


class RetentionView(AnyDeskAdminView):
    """Show when each desk's personal data will be erased, and what was erased before."""

    page_title = gettext_lazy("Retention")
    header_icon = "time"
    template_name = "verkosto_registrations/admin/retention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        now = timezone.now()
        desks = desks_for(self.request.user, *OF_DATA_PROTECTION).annotate(
            persons=Count("registrations", filter=Q(registrations__purged_at__isnull=True), distinct=True),
            sensitive=Count("registrations__sensitive", distinct=True),
        )
        waiting = {each.desk.pk for each in desks_to_archive(desks) if not each.is_archived}
        rows = [
            {**self.row(desk, now), "waits_for_archive": desk.pk in waiting}
            for desk in desks.filter(Q(persons__gt=0) | Q(sensitive__gt=0))
        ]
        sees_all = protects_all_data(self.request.user)
        never = datetime.max.replace(tzinfo=now.tzinfo)
        return {
            **super().get_context_data(**kwargs),
            "rows": sorted(rows, key=lambda row: row["first"] or never),
            "runs": PurgeRun.objects.all()[:20] if sees_all else [],
            "tombstones": Tombstone.objects.count() if sees_all else None,
        }

    def row(self, desk: Desk, now: datetime) -> dict[str, object]:
        over, has_sensitive = over_since(desk), bool(getattr(desk, "sensitive", 0))
        persons_at = over + timedelta(days=desk.retention_days) if over else None
        sensitive_at = over + timedelta(days=desk.sensitive_retention_days) if over and has_sensitive else None
        dates = [at for at in (persons_at, sensitive_at) if at]
        return {
            "desk": desk,
            "may_see": has_permission(self.request.user, DeskPermission.SEE, desk),
            "persons_at": persons_at,
            "sensitive_at": sensitive_at,
            "persons_due": bool(persons_at and persons_at <= now),
            "sensitive_due": bool(sensitive_at and sensitive_at <= now),
            "first": min(dates, default=None),
        }


class DataSubjectView(AnyDeskAdminView):
    """Answer a data subject request: show, export or erase the data of one address at all desks."""

    page_title = gettext_lazy("Personal data")
    header_icon = "user"
    template_name = "verkosto_registrations/admin/data_subject.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return private_response(self.render_to_response(self.get_context_data(form=AddressForm())))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AddressForm(request.POST)
        if not form.is_valid():
            return private_response(self.render_to_response(self.get_context_data(form=form)))
        email = form.cleaned_data["email"]
        if "export" in request.POST:
            return self.export(email)
        if "erase" in request.POST and "sure" in request.POST:
            return self.erase(email)
        log("registrations.find_person", request.user, request.user)
        context = self.get_context_data(form=form, email=email, **self.data_of_address(email))
        return private_response(self.render_to_response({**context, "asks_to_erase": "erase" in request.POST}))

    def registrations_of(self, email: str, permission: str) -> QuerySet[Registration]:
        """Return those at the desks at which the user has the permission, or answers for personal data."""
        rows = Registration.objects.of_address(email).filter(purged_at__isnull=True)
        return rows.filter(desk__in=self.desks(permission)).select_related("desk")

    def desks(self, permission: str) -> QuerySet[Desk]:
        return desks_for(self.request.user, permission, DeskPermission.PROTECT_DATA)

    def may(self, *permissions: str, desk: Desk | None = None) -> bool:
        """Return whether the user has one of the permissions, at a desk or anywhere, or answers for personal data."""
        wanted = (*permissions, DeskPermission.PROTECT_DATA)
        return any(has_permission(self.request.user, permission, desk) for permission in wanted)

    def data_of_address(self, email: str) -> dict[str, object]:
        """Return the data of an address that the user may see."""
        desks = self.desks(DeskPermission.SEE)
        rows = list(self.registrations_of(email, DeskPermission.SEE).order_by("-created_at"))
        invitations = Invitation.objects.filter(email=email, desk__in=desks, registration__isnull=True)
        other_messages = Message.objects.filter(recipient=email, registration__isnull=True, desk__in=desks)
        return {
            "rows": [
                {
                    "row": row,
                    "state": registration_state(row),
                    "may_see": has_permission(self.request.user, DeskPermission.SEE, row.desk),
                }
                for row in rows
            ],
            "invitations": invitations.select_related("desk"),
            "other_messages": other_messages.count(),
            "archives": sum(1 for _archive in archives_with(email, self.desks(DeskPermission.ERASE))),
            "can_export": self.registrations_of(email, DeskPermission.EXPORT).count(),
            "can_erase": self.registrations_of(email, DeskPermission.ERASE).count(),
            "sees_all": protects_all_data(self.request.user),
        }

    def export(self, email: str) -> HttpResponse:
        """Return a file with the data that the user may export, and the sensitive answers that they may read."""
        user = self.request.user
        if not self.may(DeskPermission.EXPORT):
            raise PermissionDenied
        if protects_all_data(user):
            data = data_of_address(email)
            number = len(cast("list[object]", data["registrations"]))
        else:
            rows = self.registrations_of(email, DeskPermission.EXPORT)
            exported = [data_of(row, sensitive=self.may(DeskPermission.READ_SENSITIVE, desk=row.desk)) for row in rows]
            data, number = {"email": email, "registrations": exported}, len(exported)
        log("registrations.export_person", user, user, count=number)
        text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        response = HttpResponse(text, content_type="application/json")
        response["Content-Disposition"] = 'attachment; filename="personal-data.json"'
        return private_response(response)

    def erase(self, email: str) -> HttpResponse:
        """Erase the data that the user may erase; for those who answer for the whole project, everything."""
        user = signed_in_user(self.request)
        if not self.may(DeskPermission.ERASE):
            raise PermissionDenied
        archives = erase_from_archives(email, self.desks(DeskPermission.ERASE))
        if protects_all_data(user):
            number = erase_address(email=email, user=user)
        else:
            rows = list(self.registrations_of(email, DeskPermission.ERASE))
            for row in rows:
                erase(registration=row, cause=ErasureCause.BY_STAFF, user=user)
            desks = self.desks(DeskPermission.ERASE)
            Invitation.objects.filter(email=email, desk__in=desks).delete()
            Message.objects.filter(recipient=email, desk__in=desks).delete()
            number = len(rows)
        log("registrations.erase", user, user, count=number, archives=archives)
        text = ngettext("%(n)s registration has been erased.", "%(n)s registrations have been erased.", number)
        messages.success(self.request, text % {"n": number})
        if archives:
            text = ngettext("%(n)s archive has been deleted.", "%(n)s archives have been deleted.", archives)
            messages.success(self.request, text % {"n": archives})
        return redirect("verkosto_registrations_admin:data_subject")
