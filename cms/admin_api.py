"""Wagtail's API of the admin, limited to what a user may use, and to what is shown to them elsewhere.

Wagtail lists the images and documents of every collection to whoever may open the admin. Its other views ask the
collection's permissions. wagtail-localize's editor asks this API for the name of each page, image and document that a
translation refers to, also of those that its user may not edit.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page, ReferenceIndex
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from verkosto.core.users import AnyUser
from verkosto.core.view_restrictions import may_view

ACTIONS = ("add", "change", "choose")


class PermittedPagesAPIViewSet(PagesAdminAPIViewSet):
    """The pages that the user may explore. Of another public page that is named on one of these: its title."""

    def detail_view(self, request: Request, pk: int) -> Response:
        try:
            response: Response = super().detail_view(request, pk)
        except Http404:
            page = Page.objects.live().filter(pk=pk).first()
            if page is None or not may_view(request, page) or not _is_shown_to(request.user, page):
                raise
            titles = {"title": page.title, "admin_display_title": page.title}
            response = Response({"id": page.pk, "meta": {"html_url": page.full_url}, **titles})
        return response


class PermittedFilesMixin:
    """The images or documents that the user may add to, change or choose, and those on pages that the user may change."""

    def get_queryset(self) -> QuerySet[models.Model]:
        queryset = super().get_queryset()  # type: ignore[misc]  # a mixin of a viewset
        policy = policy_registry.get_by_type(queryset.model)
        permitted = policy.instances_user_has_any_permission_for(self.request.user, ACTIONS)  # type: ignore[attr-defined]  # a viewset's
        return queryset.filter(pk__in=permitted.values("pk"))

    def get_object(self) -> models.Model:
        found: Any = super()
        try:
            instance: models.Model = found.get_object()
        except Http404:
            unlimited = found.get_queryset().filter(pk=self.kwargs["pk"]).first()  # type: ignore[attr-defined]  # a viewset's
            if unlimited is None or not _is_shown_to(self.request.user, unlimited):  # type: ignore[attr-defined]  # a viewset's
                raise
            instance = unlimited
        return instance


class PermittedImagesAPIViewSet(PermittedFilesMixin, ImagesAdminAPIViewSet):
    pass


class PermittedDocumentsAPIViewSet(PermittedFilesMixin, DocumentsAdminAPIViewSet):
    pass


def _is_shown_to(user: AnyUser, instance: models.Model) -> bool:
    """Return whether an object stands on a page of which the user may change a language version: its editor shows it."""
    references = ReferenceIndex.get_references_to(instance).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    named_on = Page.objects.filter(pk__in=[int(key) for key in references.values_list("object_id", flat=True)])
    editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return bool(editable.filter(translation_key__in=named_on.values("translation_key")).exists())


def limit_to_permitted(router: WagtailAPIRouter) -> None:
    """Replace Wagtail's endpoints; for the hook ``construct_admin_api``."""
    router.register_endpoint("pages", PermittedPagesAPIViewSet)
    router.register_endpoint("images", PermittedImagesAPIViewSet)
    router.register_endpoint("documents", PermittedDocumentsAPIViewSet)
