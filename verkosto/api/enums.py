"""The closed sets of values of the API."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TokenRight(TextChoices):
    """What a token may do with registrations. Each value has a field ``can_<value>`` in ``ApiToken``."""

    READ = "read", _("Read registrations")
    CHANGE = "change", _("Add, change and cancel registrations")
    CHECK_IN = "check_in", _("Check people in")
