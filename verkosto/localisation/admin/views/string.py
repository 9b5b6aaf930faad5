"""One string of a translation: the author's instructions, comments and questions, and its history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringSegment, Translation

from verkosto.core.users import AnyUser, signed_in_user
from verkosto.localisation.admin.formatted_text import formatted
from verkosto.localisation.admin.string_locations import location_of
from verkosto.localisation.models import StringInstruction, StringVersion, TranslationState
from verkosto.localisation.paragraphs import is_continued, without_mark
from verkosto.localisation.permissions.access import is_read_only, locale_ids_for, may_edit, require
from verkosto.localisation.upstream import edit_url
from verkosto.localisation.workflow import string_comments, string_history
from verkosto.localisation.workflow.string_instructions import instruct, instruction_for

MAX_QUESTIONS = 100


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Comment or question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Enter a comment.")},
    )


class InstructionForm(forms.ModelForm[StringInstruction]):
    class Meta:
        model = StringInstruction
        fields = ["explanation", "screenshot", "max_length", "do_not_translate"]
        widgets = {"screenshot": AdminImageChooser}

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_screenshot(self) -> AbstractImage | None:
        """Refuse a picture that the chooser does not offer to the user, unless it was chosen before."""
        image: AbstractImage | None = self.cleaned_data["screenshot"]
        if image is None or image.pk == self.initial.get("screenshot"):
            return image
        policy = policy_registry.get_by_type(get_image_model())
        if not policy.user_has_permission_for_instance(self.user, "choose", image):
            raise forms.ValidationError(_("You cannot choose this picture."))
        return image


def string_view(request: HttpRequest, pk: int, string_pk: int, context_pk: int) -> HttpResponse:
    """Show and change what is said about a string. Translators of the language and authors of the original may see it."""
    translation = get_object_or_404(
        Translation.objects.select_related("source__locale", "source__specific_content_type", "target_locale"), pk=pk
    )
    target, original = translation.get_target_instance(), translation.source.get_source_instance()
    is_author, is_translator = may_edit(request.user, original), may_edit(request.user, target)
    require(is_author or is_translator)
    segment = (
        translation.source.stringsegment_set.filter(string=string_pk, context=context_pk)
        .select_related("string", "context", "source")
        .first()
    )
    if segment is None:
        messages.warning(request, _("The original has changed: this text is no longer in it."))
        return redirect(edit_url(target) if is_translator else edit_url(original))
    can_restore = is_translator and not is_read_only(target, request.user)
    action = request.POST.get("action")
    comment = CommentForm(request.POST if action in ("comment", "question", "answer") else None)
    instruction = InstructionForm(
        request.POST if action == "instruct" else None,
        instance=instruction_for(segment) or StringInstruction(),
        user=request.user,
    )
    if request.method == "POST":
        require(action != "answer" or is_author)
        require(action != "instruct" or is_author)
        require(action != "restore" or can_restore)
        if _act(request, translation, segment, comment, instruction):
            return redirect(request.path)
    return render(
        request,
        "verkosto_localisation/string.html",
        {
            "translation": translation,
            "segment": segment,
            "source": formatted(segment.string.data),
            "versions": _versions(translation, segment),
            "comments": string_comments.comments_on(translation, segment).select_related("by"),
            "has_question": string_comments.comments_on(translation, segment).open_questions().exists(),
            "comment_form": comment,
            "instruction": instruction.instance,
            "instruction_form": instruction if is_author else None,
            "is_author": is_author,
            "can_restore": can_restore,
            **_header(original, target, segment, is_translator),
        },
    )


def _versions(translation: Translation, segment: StringSegment) -> list[tuple[StringVersion, str, bool]]:
    """Return each version with its text, and whether it continues the paragraph above; the latest first."""
    versions = string_history.versions_of(translation, segment)
    return [(version, formatted(without_mark(version.text)), is_continued(version.text)) for version in versions]


def _header(
    original: TranslatableMixin, target: TranslatableMixin, segment: StringSegment, is_translator: bool
) -> dict[str, object]:
    location = location_of(original, segment.context.path)
    page = target if is_translator else original
    return {
        "header_title": location,
        "breadcrumbs_items": [
            {"url": reverse("verkosto_localisation:dashboard"), "label": _("Translations")},
            {"url": edit_url(page), "label": str(page)},
            {"url": "", "label": location},
        ],
    }


def _act(
    request: HttpRequest,
    translation: Translation,
    segment: StringSegment,
    comment: CommentForm,
    instruction: InstructionForm,
) -> bool:
    """Do what a button asks for. Return False if its form has errors."""
    by, action = signed_in_user(request), request.POST.get("action")
    if action == "restore":
        versions = StringVersion.objects.filter(
            string=segment.string_id, context=segment.context_id, locale=translation.target_locale_id
        )
        chosen = request.POST.get("version", "")
        version = get_object_or_404(versions, pk=chosen if chosen.isdecimal() else 0)
        string_history.restore(translation=translation, segment=segment, version=version, by=by)
        messages.success(request, _("The earlier translation is in use again."))
    elif action == "instruct":
        if not instruction.is_valid():
            return False
        instruct(segment=segment, instruction=instruction.instance, by=by)
        messages.success(request, _("Saved."))
    elif not comment.is_valid():
        return False
    elif action == "answer":
        text = comment.cleaned_data["text"]
        string_comments.answer_questions(translation=translation, segment=segment, text=text, by=by)
        messages.success(request, _("Answered. The person who asked is notified."))
    elif action == "question":
        text = comment.cleaned_data["text"]
        if string_comments.ask_author(translation=translation, segment=segment, text=text, by=by):
            messages.success(request, _("Asked. The author is notified."))
        else:
            messages.warning(
                request,
                _("The question is saved, but no author can be notified by email. Ask an editor to answer it."),
            )
    else:
        string_comments.add_comment(translation=translation, segment=segment, text=comment.cleaned_data["text"], by=by)
        messages.success(request, _("Comment added."))
    return True


@require_safe
def questions_view(request: HttpRequest) -> HttpResponse:
    """List the open questions about the texts that the user may change, the oldest first."""
    require(locale_ids_for(request.user))
    found = string_comments.open_questions_for(request.user)
    questions = list(found.select_related("by", "locale", "string", "context")[:MAX_QUESTIONS])
    keys = {question.context.object_id for question in questions}
    states = TranslationState.objects.filter(translation_key__in=keys, translation_pk__isnull=False)
    by_version = {(state.translation_key, state.locale_id): state for state in states}
    rows = [
        (question, state)
        for question in questions
        if (state := by_version.get((question.context.object_id, question.locale_id)))
    ]
    return render(
        request,
        "verkosto_localisation/questions.html",
        {
            "rows": rows,
            "header_title": _("Open questions"),
            "breadcrumbs_items": [
                {"url": reverse("verkosto_localisation:dashboard"), "label": _("Translations")},
                {"url": "", "label": _("Open questions")},
            ],
        },
    )
