from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, TabbedInterface

from verkosto.core.models import BasePage
from verkosto.directory.pages import ContactsMixin


class StandardPage(ContactsMixin, BasePage):
    """A page of text without a type of its own, such as “About the site”."""

    content_panels = [*BasePage.content_panels, *BasePage.listing_panels, *BasePage.notice_panels]
    people_panels = [*ContactsMixin.contacts_panels, *BasePage.related_panels]
    promote_panels = [*BasePage.promote_panels, *ContactsMixin.topic_panels]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(people_panels, heading=_("Contacts and related")),
            ObjectList(promote_panels, heading=_("Search and sharing")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )

    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    page_description = _("Text, pictures, links and contacts, for content that has no page type of its own.")

    class Meta(BasePage.Meta):
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
