"""Wagtail's API of the admin, limited to the images and documents that a user may use.

Wagtail lists those of every collection to whoever may open the admin. Its other views ask the collection's permissions.
"""

from django.db import models
from django.db.models import QuerySet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from verkosto.core.accounts import AnyUser

ACTIONS = ("add", "change", "choose")


class PermittedImagesAPIViewSet(ImagesAdminAPIViewSet):
    """The images that the user may add to, change or choose."""

    def get_queryset(self) -> QuerySet[models.Model]:
        return _permitted(super().get_queryset(), self.request.user)


class PermittedDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    """The documents that the user may add to, change or choose."""

    def get_queryset(self) -> QuerySet[models.Model]:
        return _permitted(super().get_queryset(), self.request.user)


def _permitted(queryset: QuerySet[models.Model], user: AnyUser) -> QuerySet[models.Model]:
    policy = policy_registry.get_by_type(queryset.model)
    return queryset.filter(pk__in=policy.instances_user_has_any_permission_for(user, ACTIONS).values("pk"))


def limit_to_permitted(router: WagtailAPIRouter) -> None:
    """Replace Wagtail's endpoints; for the hook ``construct_admin_api``."""
    router.register_endpoint("images", PermittedImagesAPIViewSet)
    router.register_endpoint("documents", PermittedDocumentsAPIViewSet)
