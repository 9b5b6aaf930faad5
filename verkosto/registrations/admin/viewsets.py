from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from verkosto.registrations.models import FormTemplate


class FormTemplateViewSet(SnippetViewSet):
    """Form templates, in the menu of the registrations."""

    model = FormTemplate
    icon = "form"
    menu_label = _("Form templates")
    menu_order = 50
    menu_hook = "register_verkosto_registrations_menu_item"
    add_to_admin_menu = False
    list_display = ["name", "description", UpdatedAtColumn()]
    search_fields = ["name", "description"]
    list_per_page = 50
