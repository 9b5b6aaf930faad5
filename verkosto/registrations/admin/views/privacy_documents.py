"""The documents of data protection: on a page and as files, in each language of the site."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy, override
from wagtail.models import Locale

from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.permissions import protects_all_data
from verkosto.registrations.admin.responses import private_response
from verkosto.registrations.admin.views.base import RegistrationsAdminView
from verkosto.registrations.exports.docx import can_write_docx, write_docx
from verkosto.registrations.exports.xlsx import stream_xlsx
from verkosto.registrations.privacy.documents import DOCUMENTS, Document

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class DocumentsView(RegistrationsAdminView):
    """Show a document. For those who answer for the personal data of the whole project."""

    page_title = gettext_lazy("Data protection documents")
    header_icon = "doc-full"
    template_name = "verkosto_registrations/admin/privacy_documents.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not protects_all_data(request.user):
            raise PermissionDenied

    @property
    def name(self) -> str:
        name: str = self.kwargs["document"]
        if name not in DOCUMENTS:
            raise Http404
        return name

    @property
    def language(self) -> str:
        """The language that the request names, or else that of the admin, or of the site."""
        codes = list(Locale.objects.order_by("pk").values_list("language_code", flat=True))
        named = self.request.GET.get("language", "") or get_language() or ""
        return named if named in codes else codes[0]

    def document(self) -> Document:
        with override(self.language):
            return DOCUMENTS[self.name][1]()

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        formats = ["docx", "xlsx"] if can_write_docx() else ["xlsx"]
        return {
            **super().get_context_data(**kwargs),
            "name": self.name,
            "language": self.language,
            "document": self.document(),
            "documents": [(name, label) for name, (label, _make) in DOCUMENTS.items()],
            "languages": list(Locale.objects.order_by("pk")),
            "formats": [(each, each.upper()) for each in formats],
        }


class DocumentFileView(DocumentsView):
    """Send a document as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file_format = kwargs["format"]
        if file_format not in CONTENT_TYPES or (file_format == "docx" and not can_write_docx()):
            raise Http404
        document = self.document()
        is_text = file_format == "docx"
        content = write_docx(document, language=self.language) if is_text else b"".join(stream_xlsx(document))
        log("registrations.document", request.user, request.user, document=self.name, format=file_format)
        response = HttpResponse(content, content_type=CONTENT_TYPES[file_format])
        response["Content-Disposition"] = f'attachment; filename="{self.name}-{self.language}.{file_format}"'
        return private_response(response)
