"""Downloading the glossary as a file, and importing one."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from verkosto.core.users import AnyUser
from verkosto.localisation.exchange import glossary_files
from verkosto.localisation.exchange.glossary_files import Term
from verkosto.localisation.exchange.units import BrokenFile
from verkosto.localisation.models import GlossaryTerm
from verkosto.localisation.permissions.access import require

MAX_BYTES = 5 * 1024 * 1024
MAX_SHOWN = 100
FORMATS = {
    "csv": (glossary_files.write_csv, "text/csv; charset=utf-8"),
    "tbx": (glossary_files.write_tbx, "application/x-tbx+xml"),
}


class GlossaryImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV or TBX file"),
        help_text=gettext_lazy("Terms that the glossary already has get the translation and note of the file."),
    )

    def clean_file(self) -> list[Term]:
        """Return the terms of the file."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        try:
            return glossary_files.read(file.read())
        except BrokenFile as error:
            raise forms.ValidationError(_("The file cannot be read: %(error)s") % {"error": error}) from error


def may_import(user: AnyUser) -> bool:
    """Return whether the user may add and change terms."""
    return user.has_perms(["verkosto_localisation.add_glossaryterm", "verkosto_localisation.change_glossaryterm"])


def glossary_files_view(request: HttpRequest) -> HttpResponse:
    """Answer with a file, or import one; whoever may see the glossary may download it."""
    rights = ("view", "add", "change", "delete")
    require(any(request.user.has_perm(f"verkosto_localisation.{right}_glossaryterm") for right in rights))
    require(request.method != "POST" or may_import(request.user))
    if request.GET.get("format") in FORMATS:
        return _file(request.GET["format"])
    form = GlossaryImportForm(request.POST or None, request.FILES or None)
    refused: list[tuple[Term, str]] = []
    if request.method == "POST" and form.is_valid():
        changed, refused = glossary_files.import_terms(form.cleaned_data["file"])
        if not refused:
            message = ngettext("%(count)s term changed.", "%(count)s terms changed.", changed) % {"count": changed}
            messages.success(request, message)
            return redirect("verkosto_localisation:glossary_files")
        messages.error(request, _("Nothing was imported. Correct the terms below and import the file again."))
    title = _("Export and import the glossary")
    context = {
        "form": form if may_import(request.user) else None,
        "refused": refused[:MAX_SHOWN],
        "header_title": title,
        "breadcrumbs_items": [
            {"url": reverse("glossary:index"), "label": _("Glossary")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "verkosto_localisation/glossary_files.html", context)


def _file(name: str) -> HttpResponse:
    write, content_type = FORMATS[name]
    rows = GlossaryTerm.objects.select_related("source_locale", "locale").order_by("source_locale", "source", "locale")
    response = HttpResponse(write(glossary_files.terms_of(rows)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="glossary.{name}"'
    return response
