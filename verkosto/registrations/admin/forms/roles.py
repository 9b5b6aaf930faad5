from django import forms
from django.contrib.auth import get_user_model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from verkosto.core.users import SignedInUser
from verkosto.registrations.enums import ROLE_RIGHTS
from verkosto.registrations.models import RoleAssignment


class PersonField(forms.ModelChoiceField):
    """The choice of an account, with its address: two people may have one name."""

    def label_from_instance(self, obj: SignedInUser) -> str:
        name = obj.get_full_name() or obj.get_username()
        return f"{name} ({obj.email})" if obj.email else name


class RoleForm(WagtailAdminModelForm):
    """A role of a person at the desks under a page."""

    user = PersonField(
        label=_("Person"),
        queryset=get_user_model()._default_manager.filter(is_active=True).order_by("last_name", "first_name", "pk"),
        help_text=_("The person needs an account. The role lets them sign in to the admin."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role, format_lazy("{}: {}", role.label, rights)) for role, rights in ROLE_RIGHTS.items()],
        widget=forms.RadioSelect,
    )
    page = forms.ModelChoiceField(
        label=_("Page"),
        queryset=Page.objects.all(),
        widget=AdminPageChooser(show_edit_link=False),
        help_text=_("The role covers this page and all pages below it, such as a network and its events."),
    )

    class Meta:
        model = RoleAssignment
        fields = ["user", "role", "page"]
