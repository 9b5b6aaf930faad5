"""Our parts of the string editor, without JavaScript: one string, detached parts, the preview beside the original."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation, get_edit_url
from wagtail_localize.strings import StringValue

from verkosto.localisation.glossary import terms_for, warnings
from verkosto.localisation.overrides import local_overrides
from verkosto.localisation.overrides.parts import PartEditor, parts_of
from verkosto.localisation.permissions.guard_views import may_edit
from verkosto.localisation.states.strings import save_string
from verkosto.localisation.workflow.approval import frozen


def own_translation(request: HttpRequest, pk: int, *, to_write: bool = False) -> tuple[Translation, Any]:
    """The translation and its target; 403 for those who may not edit it, or not now."""
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=pk)
    target = translation.get_target_instance()
    if not may_edit(request.user, target) or (to_write and frozen(target, request.user)):
        raise PermissionDenied
    return translation, target


@require_POST
def string_view(request: HttpRequest, pk: int, segment_pk: int) -> HttpResponse:
    """Saves one string that a person has written or reviewed."""
    translation, target = own_translation(request, pk, to_write=True)
    segment = get_object_or_404(translation.source.stringsegment_set.select_related("string"), pk=segment_pk)
    text = request.POST.get("text", "").strip()
    try:
        if not text:
            raise ValueError(_("Enter a translation first."))
        StringValue.from_translated_html(text)
    except ValueError as error:
        messages.error(request, str(error))
    else:
        save_string(translation=translation, segment=segment, text=text, by=request.user)
        for told in warnings(segment.string.data, text, terms_for(translation.source.locale_id, target.locale_id)):
            messages.warning(
                request,
                _("The glossary translates “%(source)s” as “%(target)s”.")
                % {"target": told.target, "source": told.source},
            )
        messages.success(request, _("Saved."))
    return redirect(get_valid_next_url_from_request(request) or get_edit_url(target))


def parts_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Detaching and reattaching fields and blocks of one version."""
    translation, target = own_translation(request, pk, to_write=request.method == "POST")
    if request.method == "POST":
        try:
            if request.POST.get("detach"):
                local_overrides.detach(target, request.POST["detach"], by=request.user)
                messages.success(request, _("The part is now a local override."))
                return redirect("verkosto_localisation:part", pk, request.POST["detach"])
            elif request.POST.get("reattach"):
                local_overrides.reattach(target, request.POST["reattach"])
                messages.success(request, _("The part uses the original’s content again from its next publication."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect(request.path)
    return render(
        request,
        "verkosto_localisation/parts.html",
        {
            "parts": parts_of(target),
            "translation": translation,
            "page_title": _("Local overrides"),
            "header_title": _("Local overrides"),
            "breadcrumbs_items": [
                {"url": reverse("verkosto_localisation:desk"), "label": _("Translations")},
                {"url": get_edit_url(target), "label": str(target)},
                {"url": "", "label": _("Local overrides")},
            ],
        },
    )


def part_view(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """The form of one detached part, in its language."""
    translation, target = own_translation(request, pk, to_write=True)
    if path not in local_overrides.detached_fields(target):
        raise Http404
    title = _("Local overrides in %(language)s") % {"language": translation.target_locale.get_display_name()}
    editor = PartEditor(target, path, request)
    if request.method == "POST":
        try:
            editor.save(by=request.user)
        except ValueError:
            messages.error(request, _("Not saved. Correct the marked fields."))
        else:
            messages.success(request, _("Saved. The change is visible on the page once it is published or approved."))
            return redirect("verkosto_localisation:parts", translation.pk)
    return render(
        request,
        "verkosto_localisation/part.html",
        {
            "editor": editor,
            "media": editor.media,
            "page_title": editor.label,
            "header_title": editor.label,
            "title": title,
            "breadcrumbs_items": [
                {"url": get_edit_url(target), "label": str(target)},
                {
                    "url": reverse("verkosto_localisation:parts", args=[translation.pk]),
                    "label": _("Local overrides"),
                },
                {"url": "", "label": editor.label},
            ],
        },
    )


def compare_view(request: HttpRequest, pk: int) -> HttpResponse:
    translation, target = own_translation(request, pk)
    original = translation.source.get_source_instance()
    if not isinstance(target, Page):
        raise Http404
    return render(
        request,
        "verkosto_localisation/compare.html",
        {
            "translation": translation,
            "original": original,
            "original_url": original.url if original.live else None,
            "page_title": _("Preview next to the original"),
            "header_title": _("Preview next to the original"),
            "breadcrumbs_items": [
                {"url": get_edit_url(target), "label": str(target)},
                {"url": "", "label": _("Preview next to the original")},
            ],
        },
    )
