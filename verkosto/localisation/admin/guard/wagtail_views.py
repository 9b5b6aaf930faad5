"""Rules for Wagtail's own views and bulk actions, which ask for permissions but not for the language.

Wagtail's snippet permissions open every language; its copying and moving let a page out of its language's tree.
"""

from __future__ import annotations

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import CollectionMember, Locale, Page, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation

from verkosto.core.row_ids import row_ids
from verkosto.core.users import AnyUser
from verkosto.localisation.permissions.access import in_moderation, locale_ids_for, may_work_in, require
from verkosto.localisation.sync.cascades import translations_to_delete
from verkosto.localisation.workflow import approval

#: Users with one of these permissions to a row find it in lists or choosers.
SEEING = {"add", "change", "delete", "view", "choose", "publish", "lock", "unlock", "bulk_delete"}


def guard_snippet(request: HttpRequest, model: type[TranslatableMixin], pk: object) -> None:
    """Allow changes to snippets of the user's own languages only; Wagtail's permissions open every language."""
    if pk is not None:
        locale_id = model._default_manager.filter(pk=unquote(str(pk))).values_list("locale_id", flat=True).first()
    else:
        code = request.GET.get("locale")
        locale_id = Locale.objects.filter(language_code=code).values_list("pk", flat=True).first() if code else None
        locale_id = locale_id or Locale.get_default().pk
    require(locale_id is None or may_work_in(request.user, locale_id))


def guard_bulk_action(request: HttpRequest, kwargs: dict[str, object]) -> None:
    """Refuse a bulk action with what the user may not see, or a snippet of another language than theirs."""
    try:
        model = apps.get_model(str(kwargs["app_label"]), str(kwargs["model_name"]))
    except LookupError:
        return
    if issubclass(model, (Page, CollectionMember)) or model in get_snippet_models():
        guard_selection(request, model)
    if issubclass(model, Page) or not issubclass(model, TranslatableMixin):
        return
    objects = model._default_manager.all()
    ids = request.GET.getlist("id")
    if "all" not in ids:
        objects = objects.filter(pk__in=row_ids(ids) if _numeric(model) else ids)
    if not all(may_work_in(request.user, pk) for pk in set(objects.values_list("locale_id", flat=True))):
        raise PermissionDenied


def guard_selection(request: HttpRequest, model: type[Model]) -> None:
    """Refuse a selection with a row that no list shows to the user: Wagtail would name it as not theirs to change.

    "all" stands for the rows of a list; of pages, for those below a page.
    """
    policy = policy_registry.get_by_type(model)
    require(policy.user_has_any_permission(request.user, SEEING))
    ids = set(request.GET.getlist("id"))
    if "all" in ids:
        ids = {request.GET.get("childOf", "")} if issubclass(model, Page) else set()
    ids = set(row_ids(ids)) if _numeric(model) else ids - {""}
    if issubclass(model, Page):
        seen = policy.explorable_instances(request.user)
    else:
        seen = policy.instances_user_has_any_permission_for(request.user, SEEING)
    require(not model._default_manager.filter(pk__in=ids).exclude(pk__in=seen.values("pk")).exists())


def _numeric(model: type[Model]) -> bool:
    return "Integer" in model._meta.pk.get_internal_type() or "Auto" in model._meta.pk.get_internal_type()


def guard_api_action(request: HttpRequest, kwargs: dict[str, object]) -> None:
    page = get_object_or_404(Page, pk=kwargs["pk"]).specific
    if page.locale_id not in locale_ids_for(request.user):
        raise PermissionDenied
    destination = request.POST.get("destination_page_id") or request.POST.get("parent_page_id")
    if destination and destination.isdecimal() and leaves_its_tree(page, Page.objects.filter(pk=destination).first()):
        raise PermissionDenied


def guard_copy(request: HttpRequest, kwargs: dict[str, object]) -> None:
    page = get_object_or_404(Page, pk=kwargs["page_id"])
    if page.locale_id not in locale_ids_for(request.user):
        raise PermissionDenied
    parent = request.POST.get("new_parent_page")
    # Wagtail fails on a page that does not exist.
    if parent is not None and leaves_its_tree(page, get_object_or_404(Page, pk=parent if parent.isdecimal() else 0)):
        raise PermissionDenied


def guard_move(request: HttpRequest, kwargs: dict[str, object]) -> None:
    """Allow the confirmation of a move to those who may move the page there. Wagtail's asks nobody before it is answered."""
    page = get_object_or_404(Page, pk=kwargs["page_to_move_id"])
    require(page.permissions_for_user(request.user).can_move_to(get_object_or_404(Page, pk=kwargs["destination_id"])))


def guard_workflow_cancellation(request: HttpRequest, kwargs: dict[str, object]) -> None:
    """Allow the question before a publication that ends a workflow to those who may edit the page. Wagtail's asks nobody."""
    require(get_object_or_404(Page, pk=kwargs["page_id"]).permissions_for_user(request.user).can_edit())


def guard_tasks(request: HttpRequest, kwargs: dict[str, object]) -> None:
    """Allow the chooser of workflow tasks to those who may change workflows. Wagtail's asks nobody."""
    require(any(request.user.has_perm(f"wagtailcore.{verb}_workflow") for verb in ("add", "change")))


def leaves_its_tree(page: Page, parent: Page | None) -> bool:
    """Return whether the page would come to be below a page of another language."""
    return parent is not None and not parent.is_root() and parent.locale_id != page.locale_id


def why_not_published(user: AnyUser, page: Page, *, by_approval: bool = False) -> str:
    """Return why a translation's draft may not go live now; "" when it may. A rule of ``core.publishing_rules``.

    Only an approval publishes what is in moderation.
    """
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    if translation is None:
        return ""
    if in_moderation(page) and not by_approval:
        return _("“%(title)s” is in moderation.") % {"title": page}
    if approval.missing_strings(translation):
        return _("“%(title)s” has texts that are not translated.") % {"title": page}
    if approval.unreviewed_strings(translation):
        return _("“%(title)s” has translations that have not been reviewed.") % {"title": page}
    return ""


def before_bulk_action(
    request: HttpRequest, action_type: str, objects: list[Page], action: BulkAction
) -> HttpResponse | None:
    """Apply the editor's rules to moving and deleting from the explorer: all pages of the selection or none."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type == "move":
        parent = action.cleaned_form.cleaned_data.get("chooser")
        text = _("“%(title)s” would be moved under pages of another language.")
        reasons = [text % {"title": page} for page in pages if leaves_its_tree(page, parent)]
    elif action_type == "delete":
        action.translations = translations_to_delete(pages)
        return None
    else:
        return None
    if any(reasons):
        for reason in filter(None, reasons):
            messages.error(request, reason)
        return redirect(action.next_url)
    return None


def after_bulk_action(request: HttpRequest, action_type: str, objects: list[Page], action: BulkAction) -> None:
    """Delete the translations of originals that were deleted from the explorer, as the editor does."""
    if action_type == "delete":
        for page in Page.objects.filter(pk__in=[page.pk for page in getattr(action, "translations", [])]):
            # One below another is deleted with it.
            if Page.objects.filter(pk=page.pk).exists():
                DeletePageAction(page.specific, user=request.user).execute(skip_permission_checks=True)


def before_move_page(request: HttpRequest, page: Page, parent: Page) -> HttpResponse | None:
    if leaves_its_tree(page, parent):
        messages.error(request, _("“%(title)s” would be moved under pages of another language.") % {"title": page})
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
