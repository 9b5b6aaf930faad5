from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from verkosto.directory.choosers import EntryChooserViewSet
from verkosto.directory.models import Organisation, Person, PrivacyNotice, Topic, Venue


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    chooser_viewset_class = EntryChooserViewSet
    list_display = ["name", "title", "organisation", "email", UpdatedAtColumn()]
    list_filter = ["organisation"]
    list_per_page = 50


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    chooser_viewset_class = EntryChooserViewSet
    list_display = ["name", "abbreviation", "website", UpdatedAtColumn()]
    list_per_page = 50


class VenueViewSet(SnippetViewSet):
    model = Venue
    icon = "home"
    chooser_viewset_class = EntryChooserViewSet
    list_display = ["name", "street_address", "city", "country", UpdatedAtColumn()]
    list_filter = ["country", "city"]
    list_per_page = 50


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "description", UpdatedAtColumn()]
    list_per_page = 50


class PrivacyNoticeViewSet(SnippetViewSet):
    model = PrivacyNotice
    icon = "lock"
    list_display = ["title", "version", "valid_from", "legal_basis", "controller", UpdatedAtColumn()]
    list_filter = ["legal_basis", "controller"]
    list_per_page = 50


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = _("Directory")
    menu_icon = "folder-open-inverse"
    menu_name = "directory"
    menu_order = 300
    items = (PersonViewSet, OrganisationViewSet, VenueViewSet, TopicViewSet, PrivacyNoticeViewSet)
