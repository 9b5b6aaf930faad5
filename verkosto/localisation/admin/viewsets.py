"""The glossary in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from verkosto.localisation.models import GlossaryTerm


class GlossaryViewSet(ModelViewSet):
    model = GlossaryTerm
    form_fields = ["source_locale", "source", "locale", "target", "note"]
    list_display = ["source", "target", "source_locale", "locale", "note"]
    list_filter = ["locale"]
    search_fields = ["source", "target"]
    search_backend_name = None
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
