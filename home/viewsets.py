from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import NewsPage, SiteSettings
from verkosto.core.page_lists import HookedIndexView


class NewsListing(PageListingViewSet):
    model = NewsPage
    index_view_class = HookedIndexView
    icon = "doc-full-inverse"
    menu_label = _("News")
    add_to_admin_menu = True
    menu_order = 250
    columns = [
        *PageListingViewSet.columns[:2],
        Column("published_on", label=_("Date"), sort_key="published_on", width="12%"),
        Column("get_kind_display", label=_("Type"), width="10%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
        PageListingViewSet.columns[3],  # when it was changed
    ]


class SiteSettingsViewSet(SnippetViewSet):
    model = SiteSettings
    icon = "site"
    menu_label = _("Header and footer")
    add_to_settings_menu = True
    list_display = ["name", "locale", UpdatedAtColumn()]
