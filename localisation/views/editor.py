"""Our parts of the string editor, without JavaScript: one string, detached parts, the preview beside the original."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation, get_edit_url
from wagtail_localize.strings import StringValue

from .. import divergence
from ..approval import frozen
from ..glossary import terms_for, warnings
from ..guard import may_edit
from ..strings import save_string


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
            raise ValueError(_("Write a translation first."))
        StringValue.from_translated_html(text)
    except ValueError as error:
        messages.error(request, str(error))
    else:
        save_string(translation=translation, segment=segment, text=text, by=request.user)
        for told in warnings(segment.string.data, text, terms_for(translation.source.locale_id, target.locale_id)):
            messages.warning(
                request,
                _("The glossary has “%(target)s” for “%(source)s”.") % {"target": told.target, "source": told.source},
            )
        messages.success(request, _("Saved."))
    return redirect(get_valid_next_url_from_request(request) or get_edit_url(target))


def parts_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Detaching and reattaching fields and blocks of one version."""
    _translation, target = own_translation(request, pk, to_write=request.method == "POST")
    if request.method == "POST":
        try:
            if request.POST.get("detach"):
                divergence.detach(target, request.POST["detach"], by=request.user)
                messages.success(request, _("The part now differs on purpose."))
            elif request.POST.get("reattach"):
                divergence.reattach(target, request.POST["reattach"])
                messages.success(request, _("The part follows the original again, from its next publication."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect(request.path)
    return render(
        request,
        "localisation/parts.html",
        {
            "parts": parts_of(target),
            "page_title": _("Parts that differ on purpose"),
            "header_title": _("Parts that differ on purpose"),
            "breadcrumbs_items": [
                {"url": reverse("localisation:desk"), "label": _("Translations")},
                {"url": get_edit_url(target), "label": str(target)},
                {"url": "", "label": _("Parts that differ on purpose")},
            ],
        },
    )


def parts_of(target: Any) -> list[dict[str, Any]]:
    detached = divergence.detached_fields(target)
    parts = []
    for translatable in get_translatable_fields(type(target)):
        name = translatable.field_name
        if not divergence.may_detach(target, name):
            continue
        field = translatable.get_field(type(target))
        label = getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural
        parts.append({"path": name, "label": capfirst(label), "detached": name in detached})
        if isinstance(field, StreamField):
            for block in getattr(target, name):
                path = f"{name}.{block.id}"
                text = f"{capfirst(block.block.label)}: {str(block.value)[:60]}"
                parts.append({"path": path, "label": text, "detached": path in detached, "is_block": True})
    return parts


def compare_view(request: HttpRequest, pk: int) -> HttpResponse:
    translation, target = own_translation(request, pk)
    original = translation.source.get_source_instance()
    if not isinstance(target, Page):
        raise Http404
    return render(
        request,
        "localisation/compare.html",
        {
            "translation": translation,
            "original": original,
            "original_url": original.url if original.live else None,
            "page_title": _("Preview beside the original"),
            "header_title": _("Preview beside the original"),
            "breadcrumbs_items": [
                {"url": get_edit_url(target), "label": str(target)},
                {"url": "", "label": _("Preview beside the original")},
            ],
        },
    )
