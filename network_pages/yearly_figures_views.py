"""A network's year in figures, for staff: as a page and as a spreadsheet."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from network_pages.member_forms import PageField
from network_pages.member_pages import page_choices, version_of
from network_pages.member_views import MembersAdminView
from network_pages.models import NetworkPage
from network_pages.permissions import Permission
from network_pages.yearly_figures import FiguresTable, YearlyFigures
from verkosto.core.users import AnyUser
from verkosto.registrations.exports import export_formats

YEARS = 10  # that can be chosen


class FiguresForm(forms.Form):
    """Which network and which year."""

    page = PageField()
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = set(NetworkPage.objects.order_by().values_list("translation_key", flat=True))
        page: Any = self.fields["page"]
        year: Any = self.fields["year"]
        page.label = gettext_lazy("Network")
        page.choices = [choice for choice in page_choices(user, Permission.SEE) if choice[0] in keys]
        latest = timezone.localdate().year
        year.choices = [(number, str(number)) for number in range(latest, latest - YEARS, -1)]


class YearlyFiguresView(MembersAdminView):
    """The figures of a network whose members the user may see, next to those of the year before."""

    permission = Permission.SEE
    page_title = gettext_lazy("The year in figures")
    header_icon = "list-ul"
    template_name = "verkosto_networks/admin/yearly_figures.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = FiguresForm(request.GET or None, user=request.user)
        network = version_of(form.cleaned_data["page"]) if form.is_valid() else None
        if not isinstance(network, NetworkPage):
            return self.render_to_response(self.get_context_data(form=form))
        year = form.cleaned_data["year"]
        figures, before = YearlyFigures(network, year), YearlyFigures(network, year - 1)
        if request.GET.get("format") == "xlsx":
            return self.spreadsheet(network, figures, before)
        pairs = zip(figures.rows, before.rows, strict=True)
        rows = [(label, earlier, number) for (label, number), (_label, earlier) in pairs]
        context = self.get_context_data(form=form, network=network, figures=figures, before=before, rows=rows)
        return self.render_to_response(context)

    def spreadsheet(
        self, network: NetworkPage, figures: YearlyFigures, before: YearlyFigures
    ) -> StreamingHttpResponse:
        """Return the figures as a file to download."""
        kind = export_formats()["xlsx"]
        user = self.request.user
        log(user, "network_pages.export_figures", user=user, title="", data={"year": figures.year})
        stream: Any = kind.stream
        response = StreamingHttpResponse(stream(FiguresTable(figures, before)), content_type=kind.content_type)
        name = f"{slugify(network.title) or 'network'}-{figures.year}.{kind.name}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store, private"
        response["X-Content-Type-Options"] = "nosniff"
        return response
