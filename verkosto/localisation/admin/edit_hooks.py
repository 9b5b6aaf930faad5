"""What is checked and done before wagtail-localize's string editor opens or acts on a button."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page, RevisionMixin, TranslatableMixin
from wagtail_localize.models import Translation

from verkosto.core.publishing_rules import reason_not_to_publish
from verkosto.core.users import signed_in_user
from verkosto.localisation.admin.views import editor
from verkosto.localisation.permissions.access import (
    in_moderation,
    is_read_only,
    may_edit,
    may_publish,
    may_submit,
    require,
)
from verkosto.localisation.sync.cascades import go_live_with_original
from verkosto.localisation.sync.original_changes import store_text_as_translations
from verkosto.localisation.workflow import approval
from verkosto.localisation.workflow.check_dismissals import NotDismissed, dismiss_check, restore_check
from verkosto.localisation.workflow.own_links import RefusedLink, read_links, save_links
from verkosto.localisation.workflow.typed_texts import RefusedText, read_suggestions, read_texts, save_texts

SHOWN = 10
#: The parameter of an editor's address that asks for wagtail-localize's own editor.
OTHER_FIELDS = "fields"


def before_edit(request: HttpRequest, instance: TranslatableMixin) -> HttpResponse | None:
    """Answer a request for the editor of a page or snippet; None leaves it to wagtail-localize, and then Wagtail."""
    if not isinstance(instance, TranslatableMixin):
        return None
    if request.method != "POST":
        return show_strings(request, instance)
    if {"localize-convert-to-alias", "localize-restart-translation"} & request.POST.keys() and not may_submit(
        request.user
    ):
        raise PermissionDenied
    translations = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id
    )
    if "localize-restart-translation" in request.POST:
        keep_edits(translations.filter(enabled=False).first(), instance)
    translation = translations.filter(enabled=True).first()
    if translation is None:
        return None
    if answer := save_strings(request, translation, instance):
        return answer
    action = request.POST.get("action")
    if action == "submit":
        return submit(request, translation)
    if action == "publish":
        if not may_publish(request.user, instance):
            raise PermissionDenied
        return refuse_to_publish(request, translation, instance)
    return None


def show_strings(request: HttpRequest, instance: TranslatableMixin) -> HttpResponse | None:
    """Show our editor of the strings of a translation.

    None leaves the request to wagtail-localize's editor, which also changes pictures and values: for those who ask for it
    with ``OTHER_FIELDS``, for an alias, and for somebody who may not edit the version.
    """
    if OTHER_FIELDS in request.GET or getattr(instance, "alias_of_id", None) or not may_edit(request.user, instance):
        return None
    translation = (
        Translation.objects.filter(
            source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
        )
        .select_related("source__locale", "source__specific_content_type", "target_locale")
        .first()
    )
    return editor.show(request, translation, instance) if translation else None


def save_strings(request: HttpRequest, translation: Translation, instance: TranslatableMixin) -> HttpResponse | None:
    """Save the strings that a form posts with its action. None lets the action follow."""
    texts, links = read_texts(request.POST), read_links(request.POST)
    action = request.POST.get("action")
    if not texts and action != "save" and not {"dismiss", "restore"} & request.POST.keys():
        return None
    require(may_edit(request.user, instance))
    by_script = request.headers.get("Accept") == "application/json"
    if is_read_only(instance, request.user):
        reason = _("The texts cannot be edited now: the page is in moderation or locked. Nothing was saved.")
        unsaved, unsaved_links = (
            [RefusedText(text, reason) for text in texts],
            [RefusedLink(link, reason) for link in links],
        )
        return editor.refuse(request, translation, instance, unsaved, by_script, unsaved_links)
    saved_links, refused_links = save_links(translation=translation, links=links, by=signed_in_user(request))
    if by_script and links:
        return editor.answer_link(links, refused_links)
    saved, refused = save_texts(
        translation=translation,
        texts=texts,
        by=signed_in_user(request),
        confirmed=request.POST.getlist("confirm"),
        suggestions=read_suggestions(request.POST),
    )
    key, problem = change_dismissals(request, translation)
    if by_script:
        return editor.answer_script(request, translation, instance, texts[0].key if texts else key, refused, problem)
    if problem:
        messages.error(request, problem)
    if refused or refused_links:
        return editor.refuse(request, translation, instance, refused, by_script, refused_links)
    if action in ("submit", "publish"):
        return None
    if saved := saved + saved_links:
        messages.success(request, ngettext("One text saved.", "%(count)s texts saved.", saved) % {"count": saved})
    return redirect(request.get_full_path())


def change_dismissals(request: HttpRequest, translation: Translation) -> tuple[str, str]:
    """Dismiss a warning or show it again, if a button asks for it. Return the key of its string, and a refusal."""
    key, _separator, kind = (request.POST.get("dismiss") or request.POST.get("restore") or "").partition(":")
    if "restore" in request.POST:
        restore_check(translation=translation, key=key, kind=kind)
    elif "dismiss" in request.POST:
        reason = request.POST.get(f"reason-{key}-{kind}", "")
        try:
            dismiss_check(translation=translation, key=key, kind=kind, reason=reason, by=signed_in_user(request))
        except NotDismissed as refusal:
            return key, str(refusal)
    return key, ""


def keep_edits(translation: Translation | None, instance: TranslatableMixin) -> None:
    """Store what was edited by hand as translations: restarting a translation would overwrite it (#876)."""
    if translation is not None:
        latest = instance.get_latest_revision_as_object() if isinstance(instance, RevisionMixin) else instance
        store_text_as_translations(translation.source, latest, overwrite=True)


def refuse_to_publish(
    request: HttpRequest, translation: Translation, instance: TranslatableMixin
) -> HttpResponse | None:
    """Refuse to publish what is in moderation, unfinished or not to be published by this user; the message says why.

    A translation of an original that is scheduled is scheduled with it. None leaves publishing to wagtail-localize.
    """
    if in_moderation(instance):
        messages.error(request, _("The translation is in moderation. Approve or reject it in the workflow."))
        return redirect(request.path)
    try:
        approval.check_finished(translation)
    except approval.Unfinished as refusal:
        messages.error(request, refusal_message(refusal))
        return redirect(request.path)
    if isinstance(instance, Page) and (reason := reason_not_to_publish(request.user, instance)):
        messages.error(request, reason)
        return redirect(request.path)
    if goes_live_at := go_live_with_original(instance):
        return schedule(request, translation, goes_live_at)
    return None


def schedule(request: HttpRequest, translation: Translation, goes_live_at: datetime) -> HttpResponse:
    """Save a translation that goes live with its original, and say when.

    wagtail-localize would do the same, but say that the translation is published.
    """
    try:
        translation.save_target(user=request.user, publish=True)
    except ValidationError as refusal:
        messages.error(request, refusal_by_field(refusal, translation))
    else:
        when = date_format(localtime(goes_live_at), "SHORT_DATETIME_FORMAT")
        messages.success(
            request, _("Scheduled: the translation goes live with the original, %(when)s.") % {"when": when}
        )
    return redirect(request.path)


def submit(request: HttpRequest, translation: Translation) -> HttpResponse:
    """Start the workflow of a translation, or say why it cannot be submitted."""
    try:
        approval.submit_for_approval(translation=translation, by=signed_in_user(request))
    except approval.Unfinished as refusal:
        messages.error(request, refusal_message(refusal, submits=True))
    except approval.NoWorkflow as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        messages.error(request, refusal_by_field(refusal, translation))
    else:
        messages.success(
            request, _("Submitted for approval. The published page does not change until the translation is approved.")
        )
    return redirect(request.path)


def refusal_by_field(refusal: ValidationError, translation: Translation) -> str:
    """Return each message once, with the name of its field."""
    if not hasattr(refusal, "error_dict"):
        return " ".join(refusal.messages)
    model = translation.source.specific_content_type.model_class()
    names = {field.name: str(capfirst(getattr(field, "verbose_name", ""))) for field in model._meta.get_fields()}
    found = {name: " ".join(dict.fromkeys(texts)) for name, texts in refusal.message_dict.items()}
    return " ".join(f"{names[name]}: {text}" if names.get(name) else text for name, text in found.items())


def refusal_message(refusal: approval.Unfinished, *, submits: bool = False) -> str:
    """Return the refusal to publish, or to submit, with the first strings that it names, as HTML."""
    number = len(refusal.strings)
    if isinstance(refusal, approval.UnreviewedStrings):
        reason = ngettext(
            "One translation has not been reviewed.", "%(count)s translations have not been reviewed.", number
        )
    else:
        reason = ngettext("One text is not translated.", "%(count)s texts are not translated.", number)
    outcome = _("Not submitted for approval.") if submits else _("Not published.")
    items = format_html_join("", "<li>{}</li>", ((string,) for string in refusal.strings[:SHOWN]))
    return format_html("{} {}<ul>{}</ul>", outcome, reason % {"count": number}, items)
