from typing import Any

from django.utils.translation import gettext_lazy as _

from verkosto.registrations.admin import statistics
from verkosto.registrations.admin.filters import readable_questions
from verkosto.registrations.admin.meetings import figures_by_meeting
from verkosto.registrations.admin.views.base import DeskAdminView


class StatisticsView(DeskAdminView):
    """Show charts of the registrations, each with its table."""

    page_title = _("Statistics")
    tab = "statistics"
    template_name = "verkosto_registrations/admin/statistics.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, object]:
        questions = readable_questions(self.desk, sensitive=False)
        counts, are_cached = statistics.counts_of(self.desk, questions)
        days = statistics.registrations_by_day(counts)
        return {
            **super().get_context_data(**kwargs),
            "days": days,
            "chart": statistics.time_chart(days),
            "groups": [
                statistics.by_status(counts),
                statistics.by_language(counts),
                *statistics.by_answer(counts, questions),
            ],
            "meetings": figures_by_meeting(self.desk),
            "attended": counts.attended,
            "places": counts.places,
            "counted_at": counts.counted_at if are_cached else None,
        }
