from django.utils.translation import gettext_lazy as _

from verkosto.registrations.questions.types.text import LongText


class DietaryNeeds(LongText):
    """Dietary needs. Sensitive: the answer may reveal health or belief (GDPR, article 9)."""

    name = "dietary_needs"
    label = _("Dietary needs (sensitive)")
    icon = "lock"
    is_personal = True
    sensitive = True


class AccessNeeds(DietaryNeeds):
    """Access needs. Sensitive: the answer may reveal health (GDPR, article 9)."""

    name = "access_needs"
    label = _("Access needs (sensitive)")
