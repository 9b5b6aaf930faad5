"""The pages of reviews in the admin: for reviewers of a round, and for those who may change its registrations."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from network_pages.member_pages import pages_to_change, title_of
from network_pages.member_views import HOME
from network_pages.models import ProgrammeRoundPage
from network_pages.models.review import Review, RoundReview
from network_pages.permissions import Permission, may
from network_pages.reviews import reviews
from network_pages.reviews.forms import ScoreForm, SetUpForm
from verkosto.core.users import signed_in_user
from verkosto.registrations.admin.audit import log
from verkosto.registrations.admin.filters import readable_questions
from verkosto.registrations.models import Registration

INDEX: dict[str, object] = {"url": reverse_lazy("reviews:index"), "label": gettext_lazy("Reviews")}


class ReviewAdminView(WagtailAdminTemplateMixin, View):
    """A page about reviews."""

    header_icon = "form"

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, INDEX, {"url": "", "label": self.get_page_title()}]


class ReviewMixin:
    """Loads the review of the round that the URL names: for its reviewers, or for those who manage it."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def review(self) -> RoundReview:
        """The review. Raises Http404 for one that the user neither reviews nor manages."""
        own = RoundReview.objects.of_reviewer(self.request.user).filter(translation_key=self.kwargs["key"])
        found: RoundReview | None = own.first() or self._managed.first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def is_reviewer(self) -> bool:
        """Whether the user scores the applications of the round."""
        return bool(self.review.reviewers.filter(pk=signed_in_user(self.request).pk).exists())

    @cached_property
    def round_title(self) -> str:
        """The title of the round."""
        return title_of(self.kwargs["key"])

    @property
    def _managed(self) -> Any:
        return RoundReview.objects.managed_by(self.request.user).filter(translation_key=self.kwargs["key"])

    def url(self, name: str, *args: object) -> str:
        """Return the URL of a page of this review."""
        return reverse(f"reviews:{name}", args=[self.kwargs["key"], *args])


class ReviewIndexView(ReviewAdminView):
    """The rounds that the user reviews, and those that they may set up."""

    page_title = gettext_lazy("Reviews")
    template_name = "verkosto_networks/admin/reviews.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = signed_in_user(request)
        own = {each.translation_key for each in RoundReview.objects.of_reviewer(user)}
        managed = pages_to_change(user, ProgrammeRoundPage)
        if not own and not may(user, Permission.CHANGE):
            raise PermissionDenied
        there = set(RoundReview.objects.managed_by(user).values_list("translation_key", flat=True))
        titles = {**dict(managed), **{key: title_of(key) for key in own if key not in dict(managed)}}
        rows = [
            {
                "title": title,
                "applications": reverse("reviews:applications", args=[key]) if key in own else "",
                "ranking": reverse("reviews:ranking", args=[key]) if key in there else "",
                "set_up": reverse("reviews:set_up", args=[key]) if key in dict(managed) else "",
            }
            for key, title in titles.items()
        ]
        return self.render_to_response(self.get_context_data(rows=rows))

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [HOME, {"url": "", "label": self.get_page_title()}]


class SetUpView(ReviewMixin, ReviewAdminView):
    """The criteria and reviewers of a round, for those who may change its registrations."""

    template_name = "verkosto_networks/admin/review_set_up.html"

    def get_page_title(self) -> str:
        return _("Set up the review: %(round)s") % {"round": self.round_title}

    @cached_property
    def known(self) -> RoundReview | None:
        """The review as it is. Raises Http404 for a round whose registrations the user may not change."""
        rounds = dict(pages_to_change(signed_in_user(self.request), ProgrammeRoundPage))
        if self.kwargs["key"] not in rounds:
            raise Http404
        return RoundReview.objects.filter(translation_key=self.kwargs["key"]).first()

    def get_form(self, data: QueryDict | None = None) -> SetUpForm:
        return SetUpForm(data, review=self.known)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.get_form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        chosen = form.cleaned_data
        try:
            reviews.set_up_review(
                translation_key=self.kwargs["key"], criteria=chosen["criteria"], reviewers=[*chosen["reviewers"]]
            )
        except reviews.CriteriaInUse:
            form.add_error("criteria", _("The criteria were not changed: an application has been scored meanwhile."))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("The review is set up. The reviewers find it on their home page here."))
        return redirect("reviews:index")


class ApplicationsView(ReviewMixin, ReviewAdminView):
    """The applications of a round with what the reviewer has done. It shows no answers."""

    template_name = "verkosto_networks/admin/review_applications.html"

    def get_page_title(self) -> str:
        return _("Applications to review: %(round)s") % {"round": self.round_title}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_reviewer:
            raise Http404
        rows = list(reviews.applications(self.review))
        done = {row.registration_id: row for row in self.review.reviews.filter(reviewer=signed_in_user(request))}
        shown = [{"registration": row, "url": self.url("review", row.pk), "own": done.get(row.pk)} for row in rows]
        log("registrations.list", self.review, request.user, rows=len(rows), what="review")
        return self.render_to_response(self.get_context_data(rows=shown, done=len(done)))


class ReviewView(ReviewMixin, ReviewAdminView):
    """An application with its answers, and the reviewer's scores; closed after a conflict of interest."""

    template_name = "verkosto_networks/admin/review.html"

    def get_page_title(self) -> str:
        return self.registration.organisation or self.registration.name

    @cached_property
    def registration(self) -> Registration:
        """The application. Raises Http404 for somebody who is no reviewer, and for an application to another round."""
        if not self.is_reviewer:
            raise Http404
        return get_object_or_404(reviews.applications(self.review).select_related("desk"), pk=self.kwargs["pk"])

    @cached_property
    def known(self) -> Review | None:
        """What the reviewer has stored."""
        return self.review.reviews.filter(
            registration=self.registration, reviewer=signed_in_user(self.request)
        ).first()

    @property
    def is_closed(self) -> bool:
        """Whether the reviewer has a conflict of interest."""
        return self.known is not None and self.known.has_conflict

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        here: dict[str, object] = {"url": self.url("applications"), "label": self.round_title}
        return [HOME, INDEX, here, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(ScoreForm(criteria=self.review.criteria, known=self.known))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = signed_in_user(request)
        if "conflict" in request.POST:
            reviews.declare_conflict(review=self.review, registration=self.registration, reviewer=user)
            messages.success(request, _("Your conflict of interest is stored. You no longer see this application."))
            return redirect(self.url("applications"))
        if "no_conflict" in request.POST:
            reviews.withdraw_conflict(registration=self.registration, reviewer=user)
            return redirect(self.url("review", self.registration.pk))
        form = ScoreForm(request.POST, criteria=self.review.criteria, known=self.known)
        if self.is_closed or not form.is_valid():
            return self.show(form)
        reviews.save_review(
            review=self.review,
            registration=self.registration,
            reviewer=user,
            scores=form.scores,
            comment=form.cleaned_data["comment"],
        )
        messages.success(request, _("Your scores are saved."))
        return redirect(self.url("applications"))

    def show(self, form: ScoreForm) -> HttpResponse:
        """Show the application, and log that it was seen; after a conflict of interest neither answers nor scores."""
        if self.is_closed:
            return self.render_to_response(self.get_context_data(is_closed=True))
        log("registrations.see", self.registration, self.request.user)
        stored = self.registration.answers
        answers = [
            (question, question.display(stored.get(question.key)))
            for question in readable_questions(self.registration.desk, sensitive=False)
            if stored.get(question.key) not in (None, "", [])
        ]
        return self.render_to_response(
            self.get_context_data(form=form, answers=answers, registration=self.registration)
        )


class RankingView(ReviewMixin, ReviewAdminView):
    """The applications by their mean score, for those who may change the registrations of the round."""

    template_name = "verkosto_networks/admin/review_ranking.html"

    def get_page_title(self) -> str:
        return _("Ranking: %(round)s") % {"round": self.round_title}

    @cached_property
    def review(self) -> RoundReview:
        return get_object_or_404(self._managed)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Set up the review"), url=self.url("set_up"), icon_name="cog")]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ordering = request.GET.get("ordering", "-mean")
        rows = list(reviews.ranked(self.review, request.user, ordering))
        log("registrations.list", self.review, request.user, rows=len(rows), what="ranking")
        return self.render_to_response(
            self.get_context_data(
                rows=rows,
                columns=self.columns(ordering),
                reviewers=self.review.reviewers.count(),
                here=self.url("ranking"),
            )
        )

    def columns(self, ordering: str) -> list[dict[str, object]]:
        """Return the column headings, each with the link that sorts by it, and how it is sorted now."""
        labels = {
            "name": pgettext("round", "Application"),
            "mean": _("Mean"),
            "spread": _("Spread"),
            "number": _("Reviews"),
        }
        return [
            {
                "label": label,
                "ordering": f"-{name}" if ordering == name or (name != "name" and ordering != f"-{name}") else name,
                "sorted": {name: "ascending", f"-{name}": "descending"}.get(ordering, ""),
            }
            for name, label in labels.items()
        ]
