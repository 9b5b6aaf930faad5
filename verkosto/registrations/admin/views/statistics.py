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
        days = statistics.registrations_by_day(self.desk)
        attended, places = statistics.attended_places(self.desk)
        questions = readable_questions(self.desk, sensitive=False)
        return {
            **super().get_context_data(**kwargs),
            "days": days,
            "chart": statistics.time_chart(days),
            "groups": [
                statistics.by_status(self.desk),
                statistics.by_language(self.desk),
                *statistics.by_answer(self.desk, questions),
            ],
            "meetings": figures_by_meeting(self.desk),
            "attended": attended,
            "places": places,
        }
