"""Closing wagtail-localize's permission holes on the server, for pages and snippets, GET and POST.

Its views ask whether somebody may submit, or may edit the target; they do not ask whose language the source is,
whether a page is locked, nor what a snippet's language is. This middleware asks before any of them runs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import polib
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import ResolverMatch
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation, TranslationSource

from verkosto.localisation.exchange.incoming import damage
from verkosto.localisation.exchange.units import Unit
from verkosto.localisation.originals import is_original
from verkosto.localisation.permissions.guard_actions import guard_api_action, guard_bulk_action, guard_copy
from verkosto.localisation.permissions.locales import may_submit, works_in
from verkosto.localisation.workflow import approval

Rule = Callable[[HttpRequest, dict[str, Any]], HttpResponse | None]
READ_ONLY_SNIPPET_VIEWS = {"list", "list_results", "usage", "history", "history_results", "inspect"}


class TranslationGuardMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        # Who asks is asked last: it reads the session, and a public page is the same for all.
        if match is None or not is_guarded(match) or not request.user.is_authenticated or not request.user.is_active:
            return None
        if rule := ADMIN_RULES.get(match.view_name):
            rule(request, kwargs)
            return None
        if not match.namespaces:
            return None
        if match.namespaces[-1] == "wagtail_localize":
            answer = RULES.get(match.url_name)
            return answer(request, kwargs) if answer else None
        model = snippet_model(match.namespaces[-1])
        if model is not None and match.url_name not in READ_ONLY_SNIPPET_VIEWS:
            guard_snippet(request, model, kwargs.get("pk"))
        return None


def is_guarded(match: ResolverMatch) -> bool:
    """Whether a view is one of those that are asked about here."""
    if match.view_name in ADMIN_RULES:
        return True
    namespace = match.namespaces[-1] if match.namespaces else ""
    return namespace == "wagtail_localize" or bool(namespace and snippet_model(namespace))


@cache
def snippet_model(namespace: str) -> type[TranslatableMixin] | None:
    for model in get_snippet_models():
        if f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}" == namespace:
            return model if issubclass(model, TranslatableMixin) else None
    return None


def require(allowed: object) -> None:
    if not allowed:
        raise PermissionDenied


def guard_snippet(request: HttpRequest, model: type[TranslatableMixin], pk: Any) -> None:
    """Add, change, delete on a snippet model open every language in Wagtail; here only one's own."""
    if pk is not None:
        from django.contrib.admin.utils import unquote

        locale_id = model._default_manager.filter(pk=unquote(str(pk))).values_list("locale_id", flat=True).first()
    else:
        code = request.GET.get("locale")
        locale_id = Locale.objects.filter(language_code=code).values_list("pk", flat=True).first() if code else None
        locale_id = locale_id or Locale.get_default().pk
    require(locale_id is None or works_in(request.user, locale_id))


def may_edit(user: Any, instance: TranslatableMixin) -> bool:
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return user.has_perm(f"{instance._meta.app_label}.change_{instance._meta.model_name}") and works_in(
        user, instance.locale_id
    )


def may_publish(user: Any, instance: TranslatableMixin) -> bool:
    if isinstance(instance, Page):
        permissions = instance.permissions_for_user(user)
        return permissions.can_publish() and not permissions.page_locked()
    return may_edit(user, instance)


def submit(request: HttpRequest, instance: TranslatableMixin) -> None:
    """Only an original is submitted, by somebody who may both edit it and submit."""
    require(may_submit(request.user) and may_edit(request.user, instance) and is_original(instance))


def submit_page(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    page = get_object_or_404(Page, pk=kwargs["page_id"])
    submit(request, page)
    if request.method == "POST" and request.POST.get("include_subtree"):
        # Upstream would run the whole subtree in this request, and break the tree's counts.
        from verkosto.localisation.workflow.bulk import start_from_form

        return redirect(start_from_form(request, page))
    return None


def submit_snippet(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    from django.contrib.admin.utils import unquote

    model = snippet_model(f"wagtailsnippets_{kwargs['app_label']}_{kwargs['model_name']}")
    if model is not None:
        submit(request, get_object_or_404(model, pk=unquote(kwargs["pk"])))


def update_translations(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    source = get_object_or_404(TranslationSource, pk=kwargs["translation_source_id"])
    submit(request, source.get_source_instance())
    if request.method == "POST":
        for translation in source.translations.filter(enabled=True):
            target = translation.get_target_instance()
            require(not approval.in_moderation(target))
            if request.POST.get("publish_translations"):
                require(may_publish(request.user, target) and approval.is_finished(translation))


def write_strings(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    translation = get_object_or_404(Translation, pk=kwargs["translation_id"])
    target = translation.get_target_instance()
    require(may_edit(request.user, target) and not approval.frozen(target, request.user))


def upload_pofile(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    """Upstream answers 500 to a file without its header, and takes fuzzy entries as final; one wrong string is all."""
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


def read_strings(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    translation = get_object_or_404(Translation, pk=kwargs["translation_id"])
    require(may_edit(request.user, translation.get_target_instance()))


def stop(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    write_strings(request, kwargs)
    require(may_submit(request.user))


def convert_to_alias(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    page = get_object_or_404(Page, pk=kwargs["page_id"])
    require(may_submit(request.user) and may_publish(request.user, page) and not approval.in_moderation(page))


def report(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
    return redirect("verkosto_localisation:desk")


RULES: dict[str | None, Rule] = {
    "submit_page_translation": submit_page,
    "submit_snippet_translation": submit_snippet,
    "update_translations": update_translations,
    "edit_string_translation": write_strings,
    "edit_override": write_strings,
    "upload_pofile": upload_pofile,
    "machine_translate": write_strings,
    "download_pofile": read_strings,
    "preview_translation": read_strings,
    "stop_translation": stop,
    "convert_to_alias": convert_to_alias,
    "translations_report": report,
    "translations_report_results": report,
}
ADMIN_RULES: dict[str, Callable[[HttpRequest, dict[str, Any]], None]] = {
    "wagtail_bulk_action": guard_bulk_action,
    "wagtailadmin_api:pages:action": guard_api_action,
    "wagtailadmin_pages:copy": guard_copy,
}
