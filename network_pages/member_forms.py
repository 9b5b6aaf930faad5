"""The forms of members in the admin."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import get_content_languages

from network_pages.member_import import ImportPlan, plan_import
from network_pages.member_pages import page_choices
from network_pages.models import Membership
from network_pages.permissions import Permission
from verkosto.core.date_fields import LanguageDateField
from verkosto.core.users import AnyUser
from verkosto.registrations.domain.address_lists import MAX_ADDRESSES
from verkosto.registrations.forms.addresses import AddressesForm


class PageField(forms.TypedChoiceField):
    """A network, group or round. Its choices are the pages whose members the user may change."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("Network, group or round"), coerce=UUID, **kwargs)

    def offer_to(self, user: AnyUser) -> None:
        self.choices = page_choices(user, Permission.CHANGE)


class MembershipForm(forms.ModelForm):
    """One membership, as staff see it."""

    page = PageField()
    field_order = ["page"]

    class Meta:
        model = Membership
        fields = [
            "name",
            "email",
            "organisation",
            "area",
            "region",
            "language",
            "role",
            "role_title",
            "starts_on",
            "ends_on",
            "is_listed",
        ]
        field_classes = {"starts_on": LanguageDateField, "ends_on": LanguageDateField}

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page: Any = self.fields["page"]
        page.offer_to(user)
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label,
            help_text=self.fields["language"].help_text,
            required=False,
            choices=[("", _("The language of the site")), *get_content_languages().items()],
        )
        if self.instance.pk:
            # Somebody who moves to another network is a new member there.
            page.disabled, page.initial = True, self.instance.translation_key
            page.choices = [choice for choice in page.choices if choice[0] == self.instance.translation_key]

    def clean(self) -> dict[str, object]:
        # Before the model is validated: whether the address is a member already depends on it.
        cleaned: dict[str, object] = super().clean() or {}
        if key := cleaned.get("page"):
            self.instance.translation_key = key
        return cleaned


class ImportForm(AddressesForm):
    """The people to add, and the network, group or round."""

    page = PageField()
    field_order = ["page", "addresses", "file"]
    plan: ImportPlan

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        page: Any = self.fields["page"]
        page.offer_to(user)
        self.fields["addresses"].help_text = _(
            "One person per line: address, name, organisation, area of responsibility, region. The address alone is "
            "enough. You can also paste the recipients of an email: Name <address>; Name <address>."
        )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        self.plan = plan_import(self.text, translation_key=self.cleaned_data["page"])
        if not (self.plan.new_members or self.plan.duplicates or self.plan.problems):
            self.add_error("addresses", _("Give at least one address."))
        if len(self.plan.new_members) > MAX_ADDRESSES:
            self.add_error("addresses", _("At most %(n)s addresses at a time.") % {"n": MAX_ADDRESSES})
        return cleaned

    def with_data(self, data: Mapping[str, object] | None) -> Self:
        return type(self)(data, user=self.user)
