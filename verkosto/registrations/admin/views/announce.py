"""What belongs to a page's registration but not to its fields: telling people, and saved forms."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.models import Page

from verkosto.registrations.admin.announce import approval_of, approve
from verkosto.registrations.admin.announcement_preview import announcement_of
from verkosto.registrations.admin.labels import kind_words
from verkosto.registrations.admin.views.base import HOME, StaffView
from verkosto.registrations.models import FormTemplate, RegistrablePageMixin


class OnePage(StaffView):
    """Loads the latest draft of a registrable page that a person may edit."""

    header_icon = "doc-full"
    stored: Any
    page: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.stored = get_object_or_404(Page, pk=kwargs["pk"]).specific
        if not issubclass(type(self.stored), RegistrablePageMixin) or not self.is_allowed():
            raise PermissionDenied
        self.page = self.stored.get_latest_revision_as_object()

    def is_allowed(self) -> bool:
        return self.stored.permissions_for_user(self.request.user).can_edit()

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [HOME, {"url": self.edit_url, "label": self.page.get_admin_display_title()}, here]


class AnnounceView(OnePage):
    """Shows who will be told what by publishing the saved draft; publishes, schedules or approves it for who may."""

    header_icon = "mail"
    template_name = "verkosto_registrations/admin/announce.html"

    def is_allowed(self) -> bool:
        return super().is_allowed() or self.may_publish or self.approval is not None

    @cached_property
    def may_publish(self) -> bool:
        return self.stored.permissions_for_user(self.request.user).can_publish()

    @cached_property
    def approval(self) -> Any:
        """The task state that this person is about to approve; None for other visits."""
        state = approval_of(self.stored, self.request.user)
        return state if state and str(state.pk) == self.request.GET.get("task") else None

    @property
    def is_only_shown(self) -> bool:
        return "sent" in self.request.GET or not (self.may_publish or self.approval)

    def get_page_title(self) -> str:
        return _("Recipients of the notification") if self.is_only_shown else _("Publish and notify people")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        announcement = announcement_of(self.page)
        if announcement is None:
            messages.info(request, _("Publishing will not notify anyone."))
            return redirect(self.edit_url)
        context = {
            "announcement": announcement,
            "kind": kind_words(announcement.kind),
            "back_url": self.edit_url,
            "is_only_shown": self.is_only_shown,
            "is_approval": self.approval is not None,
        }
        return self.render_to_response({**self.get_context_data(**kwargs), **context})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_only_shown:
            raise PermissionDenied
        announcement = announcement_of(self.page)
        if self.approval:
            approve(request, self.approval)
        else:
            PublishPageRevisionAction(self.page.latest_revision, user=request.user, changed=True).execute()
        number = announcement.number if announcement else 0
        if announcement and announcement.at:
            words = ngettext(
                "Scheduled. %(n)s person will be notified.", "Scheduled. %(n)s people will be notified.", number
            )
        else:
            words = ngettext(
                "Published. %(n)s person will be notified.", "Published. %(n)s people will be notified.", number
            )
        messages.success(request, words % {"n": number})
        return redirect("wagtailadmin_explore", self.page.get_parent().pk)


class StartForm(forms.Form):
    """Which saved form to start from."""

    template = forms.ModelChoiceField(
        label=gettext_lazy("Form template"), queryset=FormTemplate.objects.all(), empty_label=None
    )


class SaveForm(forms.Form):
    """Under which name to save the page's questions."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if FormTemplate.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is already a form template with this name."))
        return name


def fresh_copy(stream: Any) -> list[dict[str, Any]]:
    """A stream's blocks as new ones: their ids, which key the answers, are made anew at every depth."""

    def anew(value: Any) -> Any:
        if isinstance(value, dict):
            copied = {name: anew(part) for name, part in value.items()}
            return {**copied, "id": str(uuid.uuid4())} if {"type", "value", "id"} <= set(value) else copied
        return [anew(part) for part in value] if isinstance(value, list) else value

    return anew(list(stream.stream_block.get_prep_value(stream)))


class FormTemplateView(OnePage):
    """Adds a saved form's questions to a page's draft, or saves the draft's questions as a form."""

    page_title = gettext_lazy("Form templates")
    header_icon = "form"
    template_name = "verkosto_registrations/admin/form_template.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "start": StartForm(),
            "save": SaveForm(initial={"name": self.page.title}),
            "has_templates": FormTemplate.objects.exists(),
            "number": len(self.page.questions),
            "back_url": self.edit_url,
            **super().get_context_data(**kwargs),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form: forms.Form
        if "save" in request.POST:
            form = SaveForm(request.POST)
            if not form.is_valid():
                return self.render_to_response({**self.get_context_data(), "save": form})
            field = FormTemplate._meta.get_field("questions")
            questions = field.to_python(fresh_copy(self.page.questions))
            FormTemplate.objects.create(name=form.cleaned_data["name"], questions=questions)
            messages.success(request, _("The form template is saved. You can use it on other pages."))
            return redirect(self.edit_url)
        form = StartForm(request.POST)
        if not form.is_valid():
            return self.render_to_response({**self.get_context_data(), "start": form})
        stream = self.page.questions
        own = list(stream.stream_block.get_prep_value(stream))
        added = fresh_copy(form.cleaned_data["template"].questions)
        self.page.questions = self.page._meta.get_field("questions").to_python([*own, *added])
        self.page.save_revision(user=request.user, log_action=True)
        words = ngettext(
            "%(n)s question has been added to the draft.", "%(n)s questions have been added to the draft.", len(added)
        )
        messages.success(request, words % {"n": len(added)})
        return redirect(self.edit_url)
