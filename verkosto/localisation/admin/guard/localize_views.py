"""Rules for the views of wagtail-localize, for GET and POST alike.

Its views ask whether somebody may submit, or may edit the target; they do not ask for the language of the source, nor
whether a page is locked or in moderation. A rule raises PermissionDenied, or answers the request in place of the view.
"""

from __future__ import annotations

from typing import Any

import polib
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import OverridableSegment, Translation, TranslationSource

from verkosto.core.originals import is_original
from verkosto.core.publishing_rules import reason_not_to_publish
from verkosto.core.row_ids import row_ids
from verkosto.core.users import signed_in_user
from verkosto.localisation.exchange.incoming import damage
from verkosto.localisation.exchange.units import Unit
from verkosto.localisation.facts import may_differ
from verkosto.localisation.permissions.access import (
    in_moderation,
    is_read_only,
    locale_ids_for,
    may_edit,
    may_publish,
    may_submit,
    require,
)
from verkosto.localisation.upstream import snippet_model
from verkosto.localisation.workflow import approval, bulk_submission


def check_submission(request: HttpRequest, instance: TranslatableMixin) -> None:
    """Allow only originals to be submitted, by users who may both edit them and submit."""
    require(may_submit(request.user) and may_edit(request.user, instance) and is_original(instance))


def submit_page(request: HttpRequest, kwargs: dict[str, object]) -> HttpResponse | None:
    page = get_object_or_404(Page, pk=kwargs["page_id"])
    check_submission(request, page)
    if request.method == "POST" and request.POST.get("include_subtree"):
        # wagtail-localize would do the whole subtree in this request, and store wrong counts of children (#773).
        locales = Locale.objects.filter(pk__in=row_ids(request.POST.getlist("locales")))
        if not locales:
            return None  # wagtail-localize says what to choose
        subtree = page.get_descendants(inclusive=True).filter(alias_of__isnull=True)
        submission = bulk_submission.start(pages=subtree, locales=locales, by=signed_in_user(request))
        return redirect("verkosto_localisation:bulk_submission", submission.pk)
    return None


def submit_snippet(request: HttpRequest, kwargs: dict[str, object]) -> None:
    model = snippet_model(f"wagtailsnippets_{kwargs['app_label']}_{kwargs['model_name']}")
    if model is not None:
        check_submission(request, get_object_or_404(model, pk=unquote(str(kwargs["pk"]))))


def update_translations(request: HttpRequest, kwargs: dict[str, object]) -> None:
    source = get_object_or_404(TranslationSource, pk=kwargs["translation_source_id"])
    check_submission(request, source.get_source_instance())
    if request.method == "POST":
        for translation in source.translations.filter(enabled=True):
            target = translation.get_target_instance()
            require(not in_moderation(target))
            if request.POST.get("publish_translations"):
                require(may_publish(request.user, target) and approval.is_finished(translation))
                require(not isinstance(target, Page) or not reason_not_to_publish(request.user, target))


def write_strings(request: HttpRequest, kwargs: dict[str, object]) -> None:
    translation = get_object_or_404(Translation, pk=kwargs["translation_id"])
    target = translation.get_target_instance()
    require(may_edit(request.user, target) and not is_read_only(target, request.user))


def write_override(request: HttpRequest, kwargs: dict[str, object]) -> None:
    """Refuse values of one language's own for what may not differ, as the local overrides do."""
    write_strings(request, kwargs)
    segment = get_object_or_404(
        OverridableSegment.objects.select_related("context", "source__specific_content_type"),
        pk=kwargs["overridable_segment_id"],
    )
    model: Any = segment.source.specific_content_type.model_class()
    require(request.method != "PUT" or may_differ(model, segment.context.path.split(".")[0]))


def upload_pofile(request: HttpRequest, kwargs: dict[str, object]) -> HttpResponse | None:
    """Refuse files that wagtail-localize answers with 500 or imports wrongly: no header, fuzzy entries, broken markup."""
    write_strings(request, kwargs)
    file = request.FILES.get("file")
    reason = why_not_imported(file.read()) if file else _("Upload a valid PO file.")
    if reason:
        messages.error(request, reason)
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
    if file:
        file.seek(0)
    return None


def why_not_imported(data: bytes) -> str:
    """Return what is wrong with a PO file; an empty string when nothing is."""
    try:
        po = polib.pofile(data.decode("utf-8-sig") + "\n\n")
    except (OSError, ValueError, IndexError):
        return _("Upload a valid PO file.")
    if "X-WagtailLocalize-TranslationID" not in po.metadata:
        return _("Upload a valid PO file.")
    for entry in po:
        unit = Unit("", entry.msgctxt or "", entry.msgid, entry.msgstr, entry.fuzzy)
        wrong = _("Fuzzy: not confirmed by a person.") if entry.fuzzy else entry.msgstr and damage(unit)
        if wrong:
            return f"{entry.msgid[:80]} – {wrong}"
    return ""


def read_strings(request: HttpRequest, kwargs: dict[str, object]) -> None:
    translation = get_object_or_404(Translation, pk=kwargs["translation_id"])
    require(may_edit(request.user, translation.get_target_instance()))


def stop(request: HttpRequest, kwargs: dict[str, object]) -> None:
    write_strings(request, kwargs)
    require(may_submit(request.user))


def convert_to_alias(request: HttpRequest, kwargs: dict[str, object]) -> None:
    page = get_object_or_404(Page, pk=kwargs["page_id"])
    require(may_submit(request.user) and may_publish(request.user, page) and not in_moderation(page))


def report(request: HttpRequest, kwargs: dict[str, object]) -> HttpResponse:
    """Show the translators' dashboard instead of wagtail-localize's report."""
    require(locale_ids_for(request.user))
    return redirect("verkosto_localisation:dashboard")
