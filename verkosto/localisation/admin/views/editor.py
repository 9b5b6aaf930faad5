"""The editor of strings: source and target side by side. It works without JavaScript, which saves each string at once.

It answers at the address of the page's or snippet's own editor; `edit_hooks` calls it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, TranslatableMixin, WorkflowMixin
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import Translation

from verkosto.localisation.admin.link_rows import links_by_string
from verkosto.localisation.admin.string_rows import StringRow, add_reference, orphans, string_rows
from verkosto.localisation.admin.version_links import linked_where_editable
from verkosto.localisation.models import TranslationState
from verkosto.localisation.overrides import local_overrides
from verkosto.localisation.permissions.access import in_moderation, is_read_only, may_edit, may_publish
from verkosto.localisation.states.related_snippets import related_states
from verkosto.localisation.upstream import edit_url
from verkosto.localisation.workflow import approval
from verkosto.localisation.workflow.own_links import RefusedLink, TypedLink, link_field_name
from verkosto.localisation.workflow.related_translations import related_translations
from verkosto.localisation.workflow.typed_texts import RefusedText


def own_translation(request: HttpRequest, pk: int, *, to_write: bool = False) -> tuple[Translation, TranslatableMixin]:
    """Return the translation and its target; 403 for users who may not edit it, or not now."""
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=pk)
    target = translation.get_target_instance()
    if not may_edit(request.user, target) or (to_write and is_read_only(target, request.user)):
        raise PermissionDenied
    return translation, target


def show(
    request: HttpRequest,
    translation: Translation,
    instance: TranslatableMixin,
    refused: Sequence[RefusedText] = (),
    refused_links: Sequence[RefusedLink] = (),
) -> HttpResponse:
    """Show all strings of a translation. Refused texts and addresses stand in their boxes, with the reason."""
    rows = string_rows(translation, request.user, refused)
    links = links_by_string(translation, [row.segment for row in rows], refused_links)
    for row in rows:
        row.own_links = links.get(row.segment.pk, [])
    if reference := _reference(request, translation):
        add_reference(rows, reference, request.user)
    context = _context(request, translation, instance, rows, refused)
    context |= {"refused_links": refused_links, "refused_total": len(refused) + len(refused_links)}
    status = 422 if refused or refused_links else 200
    return render(request, "verkosto_localisation/editor/editor.html", context, status=status)


def _references(translation: Translation) -> QuerySet[Locale]:
    """Return the languages besides the two of the translation."""
    own = (translation.source.locale_id, translation.target_locale_id)
    return Locale.objects.exclude(pk__in=own).order_by("pk")


def _reference(request: HttpRequest, translation: Translation) -> Locale | None:
    """Return the language that the address names as a second one to translate from."""
    code = request.GET.get("reference")
    return _references(translation).filter(language_code=code).first() if code else None


def refuse(
    request: HttpRequest,
    translation: Translation,
    instance: TranslatableMixin,
    refused: list[RefusedText],
    by_script: bool,
    refused_links: Sequence[RefusedLink] = (),
) -> HttpResponse:
    """Answer with the texts and addresses that were not saved and the reasons."""
    if by_script:
        reasons = [text.reason for text in refused] + [link.reason for link in refused_links]
        return JsonResponse({"error": reasons[0] if reasons else ""}, status=409)
    return show(request, translation, instance, refused, refused_links)


def answer_link(links: list[TypedLink], refused: list[RefusedLink]) -> JsonResponse:
    """Answer the script that has sent the address of a link: the name of its box now, or why it was not saved."""
    if refused:
        return JsonResponse({"error": refused[0].reason}, status=409)
    return JsonResponse({"error": "", "name": link_field_name(links[0].context_id, links[0].address)})


def answer_script(
    request: HttpRequest,
    translation: Translation,
    instance: TranslatableMixin,
    key: str,
    refused: list[RefusedText],
    problem: str,
) -> JsonResponse:
    """Answer the script that has sent one string: what is new next to its box, and in the numbers at the top."""
    rows = string_rows(translation, request.user, refused, suggests=False)
    row = next((row for row in rows if row.key == key), None)
    answer: dict[str, object] = {
        "error": refused[0].reason if refused else problem,
        "old_source": refused[0].old_source if refused else "",
        "done": sum(not row.is_open for row in rows),
        "total": len(rows),
    }
    if row is not None:
        answer["name"] = row.field_name
        answer["is_open"] = row.is_open
        if not refused and not problem:
            answer["about"] = render_to_string(
                "verkosto_localisation/editor/about_string.html", {"row": row, "translation": translation}, request
            )
    return JsonResponse(answer, status=409 if refused or problem else 200)


def _context(
    request: HttpRequest,
    translation: Translation,
    instance: TranslatableMixin,
    rows: list[StringRow],
    refused: Sequence[RefusedText],
) -> dict[str, object]:
    state = TranslationState.objects.of(instance).first()
    original = translation.source.get_source_instance()
    machine = get_machine_translator()
    has_machine = machine and machine.can_translate(translation.source.locale, translation.target_locale)
    return {
        "translation": translation,
        "instance": instance,
        "is_page": isinstance(instance, Page),
        "rows": rows,
        "total": len(rows),
        "done": sum(not row.is_open for row in rows),
        "first_open": next((row for row in rows if row.is_open), None),
        "orphans": orphans(rows, refused),
        "refused": refused,
        "references": _references(translation),
        "reference": _reference(request, translation),
        "state": state,
        "is_mine": bool(state and state.assigned_to_id == request.user.pk),
        "in_moderation": in_moderation(instance),
        "is_read_only": is_read_only(instance, request.user),
        "decisions": approval.decisions(instance, request.user),
        "can_publish": may_publish(request.user, instance),
        "has_workflow": isinstance(instance, WorkflowMixin) and instance.get_workflow() is not None,
        "machine": machine if has_machine else None,
        "overrides": local_overrides.overrides_of(instance),
        "original": original,
        "related_translations": related_translations(original, instance),
        "related_snippets": linked_where_editable(
            related_states(translation.source, instance.locale_id), request.user
        ),
        "header_title": str(instance),
        "breadcrumbs_items": [
            {"url": reverse("verkosto_localisation:dashboard"), "label": _("Translations")},
            {"url": "", "label": str(instance), "sublabel": translation.target_locale.get_display_name()},
        ],
    }


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
