"""The block that shows a registration form in any page's body."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from verkosto.registrations.models import RegistrablePageMixin


class RegistrationFormBlock(blocks.StructBlock):
    """The registration form of any registrable page, in any page's body."""

    registrable = blocks.PageChooserBlock(
        label=_("Page"),
        help_text=_(
            "The page whose registration form is shown here. The places and questions are those of that page."
        ),
    )

    class Meta:
        icon = "form"
        label = _("Registration form")
        template = "verkosto_registrations/blocks/registration_form.html"
        preview_template = "verkosto_registrations/blocks/registration_form_preview.html"
        description = _("The registration form of an event or another page, in the middle of the text.")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        page = cleaned.get("registrable")
        if page is not None and not isinstance(page.specific, RegistrablePageMixin):
            raise blocks.StructBlockValidationError(
                block_errors={"registrable": ValidationError(_("Registration is not enabled on this page."))}
            )
        return cleaned
