"""The glossary in the admin."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from verkosto.localisation.models import GlossaryTerm


class GlossaryIndexView(IndexView):
    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        files = reverse("verkosto_localisation:glossary_files")
        return [*super().header_buttons, HeaderButton(_("Export and import"), files, icon_name="download")]


class GlossaryViewSet(ModelViewSet):
    model = GlossaryTerm
    index_view_class = GlossaryIndexView
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
