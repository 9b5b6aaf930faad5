"""The closed sets of values of this app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Frequency(TextChoices):
    """How often a follower gets an email, if there is something to write about."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
