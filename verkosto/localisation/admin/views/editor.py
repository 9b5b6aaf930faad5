"""Parts of the string editor that work without JavaScript: saving one string, the preview next to the original."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation

from verkosto.core.accounts import signed_in_user
from verkosto.localisation.glossary import glossary_warnings, terms_for
from verkosto.localisation.permissions.access import may_edit
from verkosto.localisation.upstream import check_markup, edit_url
from verkosto.localisation.workflow.approval import is_read_only
from verkosto.localisation.workflow.string_checks import why_refused
from verkosto.localisation.workflow.string_edits import save_string


def own_translation(request: HttpRequest, pk: int, *, to_write: bool = False) -> tuple[Translation, TranslatableMixin]:
    """Return the translation and its target; 403 for users who may not edit it, or not now."""
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=pk)
    target = translation.get_target_instance()
    if not may_edit(request.user, target) or (to_write and is_read_only(target, request.user)):
        raise PermissionDenied
    return translation, target


@require_POST
def string_view(request: HttpRequest, pk: int, segment_pk: int) -> HttpResponse:
    """Save one string that a person has written or reviewed; a suggestion that was only chosen is to be reviewed yet."""
    translation, target = own_translation(request, pk, to_write=True)
    segment = get_object_or_404(
        translation.source.stringsegment_set.select_related("string", "context"), pk=segment_pk
    )
    text = request.POST.get("text", "").strip()
    is_reviewed = text not in request.POST.getlist("suggestion")
    try:
        if not text:
            raise ValueError(_("Enter a translation first."))
        check_markup(segment.string.data, text)
        model = translation.source.specific_content_type.model_class()
        if reason := why_refused(model, segment.context.path, text):
            raise ValueError(reason)
    except ValueError as error:
        messages.error(request, str(error))
    else:
        save_string(
            translation=translation, segment=segment, text=text, by=signed_in_user(request), is_reviewed=is_reviewed
        )
        for warning in glossary_warnings(
            segment.string.data, text, terms_for(translation.source.locale_id, target.locale_id)
        ):
            messages.warning(
                request,
                _("The glossary translates “%(source)s” as “%(target)s”.")
                % {"target": warning.target, "source": warning.source},
            )
        messages.success(request, _("Saved."))
    return redirect(get_valid_next_url_from_request(request) or edit_url(target))


def compare_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the previews of the original and of the translation next to each other."""
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
                {"url": edit_url(target), "label": str(target)},
                {"url": "", "label": _("Preview next to the original")},
            ],
        },
    )
