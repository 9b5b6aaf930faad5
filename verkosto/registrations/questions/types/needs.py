from django.utils.translation import gettext_lazy as _

from verkosto.registrations.questions.types.text import LongText


class DietaryNeeds(LongText):
    """A sensitive question: may tell of health or belief (GDPR, article 9)."""

    name = "dietary_needs"
    label = _("Dietary needs (sensitive)")
    icon = "lock"
    sensitive = True


class AccessNeeds(DietaryNeeds):
    name = "access_needs"
    label = _("Access needs (sensitive)")
