"""The archives that are made before registrations are erased: a list, downloads, and deletion."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from verkosto.core.downloads import attachment
from verkosto.core.users import AnyUser, signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.permissions import DeskPermission, desks_for
from verkosto.registrations.admin.responses import private_response
from verkosto.registrations.admin.views.privacy import AnyDeskAdminView
from verkosto.registrations.models import RegistrationArchive
from verkosto.registrations.privacy.archives import KEPT, delete_archive

PER_PAGE = 50


def archives_for(user: AnyUser) -> QuerySet[RegistrationArchive]:
    """Return the archives of the desks for whose personal data a user answers."""
    desks = desks_for(user, DeskPermission.PROTECT_DATA)
    return RegistrationArchive.objects.filter(desk__in=desks).select_related("desk", "downloaded_by")


class ArchivesView(AnyDeskAdminView):
    """List the archives with what became of them."""

    any_permission_required = (DeskPermission.PROTECT_DATA,)
    page_title = gettext_lazy("Archives before erasure")
    header_icon = "folder-inverse"
    template_name = "verkosto_registrations/admin/archives.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        page = Paginator(archives_for(self.request.user), PER_PAGE).get_page(self.request.GET.get("p"))
        rows = [{"archive": each, "kept_until": each.made_at + KEPT if each.made_at else None} for each in page]
        return {**super().get_context_data(**kwargs), "rows": rows, "page": page}


class ArchiveActionView(AnyDeskAdminView):
    """A POST that does something with one archive that is there."""

    any_permission_required = (DeskPermission.PROTECT_DATA,)
    http_method_names = ["post"]
    archive: RegistrationArchive

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.archive = get_object_or_404(archives_for(request.user), pk=kwargs["pk"])


class DownloadArchiveView(ArchiveActionView):
    """Send the file. Each download is in the audit log."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        archive, user = self.archive, signed_in_user(request)
        if not archive.is_made:
            messages.warning(request, _("This archive no longer exists."))
            return redirect("verkosto_registrations_admin:archives")
        name = f"{slugify(archive.desk.title)[:60] or 'archive'}-{archive.due_on:%Y-%m-%d}.zip"
        response = attachment(archive.file, name, "application/zip")
        if response.status_code != HttpResponse.status_code:  # the store does not answer
            return response
        log("registrations.download_archive", archive.desk, user, due=str(archive.due_on), rows=archive.rows)
        RegistrationArchive.objects.filter(pk=archive.pk).update(downloaded_by=user, downloaded_at=timezone.now())
        return response


class DeleteArchiveView(ArchiveActionView):
    """Ask, and then delete the file. The row stays, so that the erasure of the registrations does not wait for another."""

    http_method_names = ["get", "post"]
    page_title = gettext_lazy("Delete an archive")
    header_icon = "bin"
    template_name = "verkosto_registrations/admin/archive_delete.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return private_response(self.render_to_response(self.get_context_data(archive=self.archive)))

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        return {**super().get_context_data(**kwargs), "archive": self.archive}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if delete_archive(self.archive):
            log("registrations.delete_archive", self.archive.desk, request.user, due=str(self.archive.due_on))
            messages.success(request, _("The archive has been deleted."))
        else:
            messages.warning(request, _("This archive no longer exists."))
        return redirect("verkosto_registrations_admin:archives")
