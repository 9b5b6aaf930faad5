"""The admin's other doors: bulk actions and the pages' API, which ask for rights but not for the language.

Wagtail's snippet permissions open every language; its bulk and API publishing know neither locks nor strings that wait
for a translator; its copying and moving let a page out of its language's tree.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.admin import messages
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation

from verkosto.localisation.permissions.locales import locale_ids_for, works_in
from verkosto.localisation.sync.lifecycle import also_deleted
from verkosto.localisation.workflow import approval


def guard_bulk_action(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """A bulk action on snippets takes only those of one's own languages; all or nothing. Pages have their trees."""
    try:
        model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        return
    if issubclass(model, Page) or not issubclass(model, TranslatableMixin):
        return
    objects = model._default_manager.all()
    ids = request.GET.getlist("id")
    if "all" not in ids:
        objects = objects.filter(pk__in=[pk for pk in ids if pk.isdigit()] if _numeric(model) else ids)
    if not all(works_in(request.user, pk) for pk in set(objects.values_list("locale_id", flat=True))):
        raise PermissionDenied


def _numeric(model: type[TranslatableMixin]) -> bool:
    return "Integer" in model._meta.pk.get_internal_type() or "Auto" in model._meta.pk.get_internal_type()


def guard_api_action(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    page = get_object_or_404(Page, pk=kwargs["pk"]).specific
    action = kwargs["action_name"]
    if page.locale_id not in locale_ids_for(request.user):
        raise PermissionDenied
    if action == "publish" and why_not_published(request.user, page):
        raise PermissionDenied
    destination = request.POST.get("destination_page_id") or request.POST.get("parent_page_id")
    if destination and destination.isdigit() and leaves_its_tree(page, Page.objects.filter(pk=destination).first()):
        raise PermissionDenied


def guard_copy(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    page = get_object_or_404(Page, pk=kwargs["page_id"])
    if page.locale_id not in locale_ids_for(request.user):
        raise PermissionDenied
    parent = request.POST.get("new_parent_page", "")
    if parent.isdigit() and leaves_its_tree(page, Page.objects.filter(pk=parent).first()):
        raise PermissionDenied


def leaves_its_tree(page: Page, parent: Page | None) -> bool:
    """Whether the page would come to stand below a page of another language."""
    return parent is not None and not parent.is_root() and parent.locale_id != page.locale_id


def why_not_published(user: Any, page: Page, *, by_approval: bool = False) -> str:
    """Return why a page's draft may not go live now; an empty string when it may.

    Only an approval publishes what is in moderation.
    """
    if page.permissions_for_user(user).page_locked():
        return _("“%(title)s” is locked.") % {"title": page}
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    if translation is None:
        return ""
    if approval.in_moderation(page) and not by_approval:
        return _("“%(title)s” is in moderation.") % {"title": page}
    if approval.missing_strings(translation):
        return _("“%(title)s” has texts that are not translated.") % {"title": page}
    if approval.unreviewed_strings(translation):
        return _("“%(title)s” has machine translations that have not been reviewed.") % {"title": page}
    return ""


def before_bulk_action(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Publishing from the explorer keeps to the editor's rules; nothing of the selection is published before all may."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type == "publish":
        if action.cleaned_form.cleaned_data.get("include_descendants"):
            pages += [below for page in pages for below in page.get_descendants().not_live()]
        reasons = [why_not_published(request.user, page.specific) for page in pages]
    elif action_type == "move":
        parent = action.cleaned_form.cleaned_data.get("chooser")
        text = _("“%(title)s” would be moved under pages of another language.")
        reasons = [text % {"title": page} for page in pages if leaves_its_tree(page, parent)]
    elif action_type == "delete":
        action.translations = also_deleted(pages)
        return None
    else:
        return None
    if any(reasons):
        for reason in filter(None, reasons):
            messages.error(request, reason)
        return redirect(action.next_url)
    return None


def after_bulk_action(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Deleting from the explorer takes the translations along, as deleting in the editor does."""
    if action_type == "delete":
        for page in Page.objects.filter(pk__in=[page.pk for page in getattr(action, "translations", [])]):
            # One that stood below another is gone with it.
            if Page.objects.filter(pk=page.pk).exists():
                DeletePageAction(page.specific, user=request.user).execute(skip_permission_checks=True)


def before_move_page(request: HttpRequest, page: Page, parent: Page) -> HttpResponse | None:
    if leaves_its_tree(page, parent):
        messages.error(request, _("“%(title)s” would be moved under pages of another language.") % {"title": page})
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
