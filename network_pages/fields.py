"""Fields that page types of this app share."""

from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from network_pages.blocks import LinkListBlock


def related_projects_field() -> StreamField:
    """Return the field with links to projects and working groups."""
    return StreamField(
        LinkListBlock(),
        verbose_name=_("projects and working groups"),
        blank=True,
        help_text=_("Shown as a list of links. Each language may have its own."),
    )
