"""The panel on the admin's home page that leads reviewers to their applications."""

from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from wagtail.admin.ui.components import Component

from network_pages.member_pages import title_of
from network_pages.models.review import RoundReview


class ReviewsPanel(Component):
    """The rounds whose applications the user reviews."""

    name = "reviews"
    template_name = "verkosto_networks/admin/components/reviews_panel.html"
    order = 130

    def __init__(self, reviews: list[RoundReview]) -> None:
        self.reviews = reviews

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        """Return the links to the applications. One query a round."""
        return {
            "rows": [
                {
                    "title": title_of(each.translation_key),
                    "url": reverse("reviews:applications", args=[each.translation_key]),
                }
                for each in self.reviews
            ]
        }


def add_reviews_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Add the panel for reviewers; for the hook ``construct_homepage_panels``. One query."""
    if reviews := list(RoundReview.objects.of_reviewer(request.user)):
        panels.append(ReviewsPanel(reviews))
