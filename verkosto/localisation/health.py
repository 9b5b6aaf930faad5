"""The health check of translations: how many versions there are in each state."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verkosto.core.health import Finding, HealthCheck, Status, Table
from verkosto.localisation.models import TranslationState

State = TranslationState.State


def find_states() -> Finding:
    """Count the versions in each state. One query. It is no fault that people have translations to do."""
    counted = TranslationState.objects.order_by().values_list("state").annotate(Count("pk"))
    numbers = {State(state): number for state, number in counted}
    todo = sum(numbers.get(state, 0) for state in TranslationState.OPEN)
    rows = [(state.label, str(numbers.get(state, 0))) for state in State]
    return Finding(
        Status.OK,
        _("To translate or to review: %(count)s") % {"count": todo} if todo else _("Everything is translated."),
        figures={f"translations_{state}": numbers.get(state, 0) for state in State},
        table=Table([_("State"), _("Versions")], rows),
    )


HEALTH_CHECKS = [
    HealthCheck(
        "translations",
        gettext_lazy("Translations"),
        find_states,
        "verkosto_localisation:dashboard",
        "",
        gettext_lazy("See the translations"),
    )
]
