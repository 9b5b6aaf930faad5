"""Exporting and importing the strings of many pages in one file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from verkosto.core.users import signed_in_user
from verkosto.localisation.admin.filters import sections
from verkosto.localisation.exchange import FORMATS, Unit, fill_in, format_of, import_units, units_for
from verkosto.localisation.exchange.incoming import Refusal
from verkosto.localisation.exchange.units import BrokenFile
from verkosto.localisation.permissions.access import is_read_only, locale_ids_for, may_edit, require, states_for

MAX_BYTES = 20 * 1024 * 1024
MAX_SHOWN = 100


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("File format"),
        choices=[(key, fmt.name) for key, fmt in FORMATS.items()],
        widget=forms.RadioSelect,
    )
    source = forms.ModelChoiceField(
        label=gettext_lazy("Source language"), queryset=Locale.objects.order_by("pk"), empty_label=None
    )
    locale = forms.ModelChoiceField(label=gettext_lazy("Language"), queryset=Locale.objects.none(), empty_label=None)
    below = forms.ModelChoiceField(
        label=gettext_lazy("Network or part of the site"),
        queryset=Page.objects.none(),
        required=False,
        empty_label=gettext_lazy("All"),
    )
    only_open = forms.BooleanField(
        label=gettext_lazy("Only texts waiting for translation"),
        required=False,
        help_text=gettext_lazy(
            "If not selected, texts that are already translated are included too. The import changes the ones "
            "you edit."
        ),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = request.user
        locale: Any = self.fields["locale"]
        below: Any = self.fields["below"]
        locale.queryset = Locale.objects.filter(pk__in=locale_ids_for(request.user)).order_by("pk")
        below.queryset = sections(request)

    def translations(self) -> QuerySet[Translation]:
        """Return the chosen translations that the user may change, by title."""
        data = self.cleaned_data
        states = states_for(self.user).filter(locale=data["locale"], translation_pk__isnull=False)
        if data["below"]:
            states = states.below(data["below"])
        if data["only_open"]:
            states = states.waits_for_translator()
        return (
            Translation.objects.filter(
                pk__in=states.values("translation_pk"), enabled=True, source__locale=data["source"]
            )
            .select_related("source__specific_content_type")
            .order_by("source__object_repr", "pk")
        )


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("PO, XLIFF or TMX file"),
        help_text=gettext_lazy(
            "The texts are saved as translated. The pages change when someone publishes or approves them."
        ),
    )
    despite_refusals = forms.BooleanField(
        label=gettext_lazy("Import the other texts even if some are rejected"),
        required=False,
        help_text=gettext_lazy("If not selected, nothing is imported and you see the reason for each rejected text."),
    )


def exchange_view(request: HttpRequest) -> HttpResponse:
    require(locale_ids_for(request.user))
    export = ExportForm(request.GET or None, request=request, initial={"format": "po", "only_open": True})
    if request.GET and export.is_valid():
        return export_file(export)
    upload = ImportForm(request.POST or None, request.FILES or None)
    refused: list[Refusal] = []
    if request.method == "POST" and upload.is_valid():
        changed, refused = import_file(request, upload)
        if not refused and changed is not None:
            return redirect("verkosto_localisation:exchange")
    title = _("Export and import")
    context = {
        "export": export,
        "upload": upload,
        "refused": refused[:MAX_SHOWN],
        "refused_total": len(refused),
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": [
            {"url": reverse("verkosto_localisation:dashboard"), "label": _("Translations")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "verkosto_localisation/exchange.html", context)


def export_file(form: ExportForm) -> HttpResponse:
    data = form.cleaned_data
    fmt = FORMATS[data["format"]]
    source, target = data["source"].language_code, data["locale"].language_code
    units = units_for(form.translations(), only_open=data["only_open"])
    response = HttpResponse(fmt.write(units, source_language=source, language=target), content_type=fmt.content_type)
    response["Content-Disposition"] = f'attachment; filename="translations-{source}-{target}.{fmt.suffix}"'
    return response


def import_file(request: HttpRequest, form: ImportForm) -> tuple[int | None, list[Refusal]]:
    """Return how many strings changed, and the refusals; None for the first when the file could not be read."""
    file = form.cleaned_data["file"]
    if file.size > MAX_BYTES:
        form.add_error("file", _("The file is too large."))
        return None, []
    data = file.read()
    try:
        language, units = format_of(data).read(data)
    except BrokenFile as error:
        form.add_error("file", _("The file cannot be read: %(error)s") % {"error": error})
        return None, []

    def may_write(translation: Translation) -> bool:
        target = translation.get_target_instance()
        return may_edit(request.user, target) and not is_read_only(target, request.user)

    memory = [unit for unit in units if unit.language and not unit.translation]
    placed = [unit for unit in units if unit.translation or not unit.language]
    if memory:
        fill_in_from(request, memory, may_write)
    if memory and not placed:
        return 0, []
    changed, refused = import_units(
        placed,
        by=signed_in_user(request),
        may_write=may_write,
        language=language,
        despite_refusals=form.cleaned_data["despite_refusals"],
    )
    if changed or not refused:
        message = ngettext("%(count)s text changed.", "%(count)s texts changed.", changed) % {"count": changed}
        messages.success(request, message)
    if refused:
        messages.error(
            request,
            ngettext("%(count)s text was rejected.", "%(count)s texts were rejected.", len(refused))
            % {"count": len(refused)},
        )
    return changed, refused


def fill_in_from(request: HttpRequest, memory: list[Unit], may_write: Callable[[Translation], bool]) -> None:
    """Fill in what is not translated yet from the memory of another tool, and say how many texts."""
    states = states_for(request.user).waits_for_translator().filter(translation_pk__isnull=False)
    translations = Translation.objects.filter(pk__in=states.values("translation_pk"), enabled=True)
    filled = fill_in(
        memory,
        translations=translations.select_related("source__specific_content_type", "target_locale").order_by("pk"),
        by=signed_in_user(request),
        may_write=may_write,
    )
    if not filled:
        messages.warning(request, _("The file has no translation of a text that waits for you. Nothing was changed."))
        return
    messages.success(
        request,
        ngettext(
            "%(count)s text filled in from the translation memory. Review it before publishing.",
            "%(count)s texts filled in from the translation memory. Review them before publishing.",
            filled,
        )
        % {"count": filled},
    )
