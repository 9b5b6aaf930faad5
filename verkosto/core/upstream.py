"""All uses of private API of Wagtail and Willow in this app. tests/verkosto/core/test_upstream.py fails if it changes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.messages import get_messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from modelsearch.tasks import insert_or_update_object_task
from wagtail.actions.copy_page import CopyPageAction
from wagtail.admin import messages
from wagtail.admin.compare import BlockComparison
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks import FieldBlock
from wagtail.images.fields import WagtailImageField
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, ReferenceIndex, Revision, Site
from wagtail.tasks import update_reference_index_task
from wagtail.url_routing import RouteResult
from willow.image import (
    AvifImageFile,
    BMPImageFile,
    GIFImageFile,
    HeicImageFile,
    IcoImageFile,
    ImageFile,
    JPEGImageFile,
    PNGImageFile,
    TIFFImageFile,
    WebPImageFile,
)
from willow.plugins.pillow import PillowImage
from willow.registry import registry

from verkosto.core.formats import format_date_time

# The view behind "Approve" on the dashboard, in the explorer and in the reports. It calls no hook.
WORKFLOW_ACTION_VIEW = "wagtailadmin_pages:workflow_action"
# The admin's own API, which acts without a hook.
API_ACTION_VIEW = "wagtailadmin_api:pages:action"
# What the command publish_scheduled logs.
SCHEDULED_PUBLISHING = "wagtail.publish.scheduled"

IMAGE_FILES = (
    AvifImageFile, BMPImageFile, GIFImageFile, HeicImageFile, IcoImageFile, JPEGImageFile, PNGImageFile, TIFFImageFile,
    WebPImageFile,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A page that a request asks Wagtail to publish."""

    page_id: int
    by_approval: bool


def publication_without_hook(request: HttpRequest) -> Publication | None:
    """Return what a request publishes in one of Wagtail's views that call no hook; None for other requests."""
    match = request.resolver_match
    if match is None or request.method != "POST":
        return None
    if match.view_name == API_ACTION_VIEW and match.kwargs["action_name"] == "publish":
        return Publication(page_id=int(match.kwargs["pk"]), by_approval=False)
    if match.view_name == WORKFLOW_ACTION_VIEW and match.kwargs["action_name"] == "approve":
        return Publication(page_id=match.kwargs["page_id"], by_approval=True)
    return None


def set_site(request: HttpRequest, site: Site | None) -> None:
    """Store the request's site where `Site.find_for_request` looks first (`_wagtail_site`)."""
    request._wagtail_site = site  # type: ignore[attr-defined]  # Wagtail's own attribute


def set_route(request: HttpRequest, route: RouteResult | None) -> None:
    """Store the request's route where `Page.route_for_request` looks first (`_wagtail_route_for_request`)."""
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]  # Wagtail's own attribute


def open_images_with(converter: Callable[[ImageFile], PillowImage]) -> None:
    """Make Willow open every type of image file with a function that returns a `PillowImage`."""
    for file_type in IMAGE_FILES:
        registry.register_converter(file_type, PillowImage, converter)


def quote_searches_on_sqlite() -> None:
    """Make searches on SQLite double their quotation marks (FTS5 §3.1). Without this, one in a search is status 500."""
    if connection.vendor != "sqlite":
        return
    query = import_module("modelsearch.backends.database.sqlite.query")  # its models need the app registry

    lexeme, expression = query.Lexeme.as_sql, query.SearchQueryExpression.__init__

    def as_sql(self: Any, *args: Any) -> tuple[str, list[str]]:
        template, params = lexeme(self, *args)
        return template, [param.replace('"', '""') for param in params]

    def __init__(self: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        expression(self, value.replace('"', '""') if isinstance(value, str) else value, *args, **kwargs)

    query.Lexeme.as_sql, query.SearchQueryExpression.__init__ = as_sql, __init__


def refuse_damaged_images() -> None:
    """Make Wagtail's field for images say that a file is none if it cannot be opened. Without this it is status 500."""
    original = WagtailImageField.check_image_pixel_size

    def check_image_pixel_size(self: WagtailImageField, file: Any) -> None:
        try:
            original(self, file)
        except SourceImageIOError as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error

    WagtailImageField.check_image_pixel_size = check_image_pixel_size


def copy_keys_once() -> None:
    """Make Wagtail give a row of a copied page the same new translation key in the copied revisions.

    Wagtail calls `CopyPageAction.generate_translation_key` with UUIDs for the rows and with strings for the revisions,
    so that each row would get a second new key.
    """
    original = CopyPageAction.generate_translation_key

    def generate_translation_key(self: CopyPageAction, old_uuid: UUID | str) -> UUID:
        key: UUID = original(self, UUID(str(old_uuid)))
        return key

    CopyPageAction.generate_translation_key = generate_translation_key


def show_every_field_of_copy_forms() -> None:
    """Make Wagtail's view that copies pages show every field of the form. Its own template shows only Wagtail's fields."""
    CopyView.template_name = "verkosto_core/admin/copy.html"


def replace_last_message(request: HttpRequest, text: str, *buttons: Any) -> None:
    """Replace the message that Wagtail added last in this request by a success message of our own."""
    queued = get_messages(request)._queued_messages  # type: ignore[union-attr]  # Django's own list
    if queued:
        queued.pop()
    messages.success(request, text, buttons=list(buttons))


def name_authors_of_revisions() -> None:
    """Make the message about an earlier version show its author's full name, or no author if there is none.

    Wagtail shows the user's avatar and `str()`, and "by None" for a revision without a user.
    """

    def get_warning_message(self: RevisionsRevertView) -> str:
        revision = self.previous_revision
        text = gettext("You are viewing a previous version of this page from %(time)s by %(name)s.")
        if revision.user is None:
            text = gettext("You are viewing a previous version of this page from %(time)s.")
        return text % {"time": format_date_time(revision.created_at), "name": user_display_name(revision.user)}

    RevisionsRevertView.get_warning_message = get_warning_message


def ask_before_overwriting(add_message: Callable[[HttpRequest, Page, Revision], None]) -> None:
    """Make the editor show the sent form again, with a message, where somebody has saved a newer version since.

    Wagtail's own check stops only saving by itself; its question before the buttons needs JavaScript. Where that was
    answered, the form has ``overwrite_confirmed``. The form shown again has the newer version's key: it can be saved.
    """
    original = EditView.post

    def post(self: EditView, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asks = not (self.expects_json_response or self.page.alias_of_id or request.POST.get("overwrite_confirmed"))
        if asks and not self.locked_for_user and self.is_out_of_date:
            add_message(request, self.page, self.latest_revision)
            self.form_valid = lambda form: _show_again(self)
        return original(self, request, *args, **kwargs)

    EditView.post = post


def _show_again(view: EditView) -> HttpResponse:
    view.form.restore_required_fields()
    view.has_unsaved_changes = True
    return view.render_to_response(view.get_context_data())


#: The tasks that update an index for one row, which they get by its primary key.
INDEX_TASKS = (insert_or_update_object_task, update_reference_index_task)


def skip_deleted_rows() -> None:
    """Make the index tasks ignore a row that was deleted before the task runs, instead of failing."""
    for index_task in INDEX_TASKS:
        if not hasattr(index_task.func, "__wrapped__"):
            object.__setattr__(index_task, "func", _skip_deleted_row(index_task.func))  # a frozen dataclass


def _skip_deleted_row(update: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(update)
    def update_unless_deleted(app_label: str, model_name: str, pk: object) -> None:
        try:
            update(app_label, model_name, pk)
        except ObjectDoesNotExist:
            model = apps.get_model(app_label, model_name)
            if model._default_manager.filter(pk=pk).exists():
                raise

    return update_unless_deleted


def compare_blocks_with(comparison_for: Callable[[FieldBlock], type[BlockComparison]]) -> None:
    """Make Wagtail compare blocks with a single field by the classes that a function returns.

    Wagtail looks for the method ``get_comparison_class`` of a block first.
    """
    FieldBlock.get_comparison_class = comparison_for


def ask_before_scheduled_publishing(reason_not_to_publish: Callable[[Revision], str]) -> None:
    """Make ``publish_scheduled`` skip the revisions for which a function returns a reason.

    The command calls no hook, but it can be recognised here by the log action with which it publishes. A revision that
    is skipped keeps its scheduled time, so that the command tries it again.
    """
    original = Revision.publish

    def publish(self: Revision, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("log_action") != SCHEDULED_PUBLISHING or not reason_not_to_publish(self):
            original(self, *args, **kwargs)

    Revision.publish = publish


def show_remembered_instances() -> None:
    """Make Wagtail's choosers use the objects that `chosen_objects` has read, without a query of their own.

    A form that is shown again may hold a value that is no key, which Wagtail looks up and fails: no object is chosen.
    """
    original = BaseChooser.get_instance

    def get_instance(self: BaseChooser, value: object) -> Model | None:
        remembered: Mapping[str, Model] = getattr(self, "remembered_instances", {})
        try:
            return remembered.get(str(value)) or original(self, value)
        except (TypeError, ValueError, OverflowError):
            return None

    BaseChooser.get_instance = get_instance


def remember_instances(chooser: BaseChooser, instances: Mapping[str, Model]) -> None:
    """Store the objects that a form's chooser may show with its widget, by their pk as text."""
    chooser.remembered_instances = instances


def remember_parents(pages: Sequence[Page]) -> None:
    """Store the parents of pages where treebeard's `get_parent` looks first (`_cached_parent_obj`). One query."""
    paths = {page.pk: page.path[: -page.steplen] for page in pages}
    parents = {parent.path: parent for parent in Page.objects.filter(path__in=set(paths.values()))}
    for page in pages:
        if paths[page.pk] in parents:
            page._cached_parent_obj = parents[paths[page.pk]]


def remember_workflow_state(page: Page) -> None:
    """Store the state of a page's workflow where Wagtail looks first (`_current_workflow_states`). One query.

    Wagtail's editor asks some fifteen times.
    """
    if not hasattr(page, "_current_workflow_states"):
        state = page.current_workflow_state
        page._current_workflow_states = [state] if state else []


def references_of(instance: Model) -> dict[int, set[str]]:
    """Return the primary keys of the objects that an instance and its child rows refer to, by content type.

    Wagtail's index of references is made in a task of its own, so that it may lag behind. A query for each kind of row.
    """
    found: dict[int, set[str]] = {}
    for content_type, key, _model_path, _content_path in ReferenceIndex._extract_references_from_object(instance):
        found.setdefault(content_type, set()).add(key)
    return found
