"""The registration form in the preview of a page, in the state that the editor chose."""

from django.utils.translation import get_language
from wagtail.models import Page

from verkosto.registrations.enums import PoolKind
from verkosto.registrations.models import Desk, Pool
from verkosto.registrations.public.context import FormContext, privacy_notices_of
from verkosto.registrations.sync.desk import copy_facts, version_data
from verkosto.registrations.sync.questions import build_questions


class PreviewFormContext(FormContext):
    """The context of a form in a state that the editor chose."""

    preview_state = ""

    @property
    def state(self) -> str:
        return self.preview_state or super().state


def preview_form_context(page: Page, mode: str = "") -> PreviewFormContext:
    """Return the form context of a page's draft. Nothing is written.

    ``mode`` is the page's preview mode: "registration_" and a state of ``FormContext``, or another.
    """
    desk = Desk(translation_key=page.translation_key)
    copy_facts(desk, page)
    desk.versions = {desk.original_language: version_data(page, page)}
    questions = build_questions(desk, page, [page])
    pools = [Pool(desk=desk, kind=PoolKind.DESK, capacity=desk.capacity), Pool(desk=desk, kind=PoolKind.WAITING)]
    form_context = PreviewFormContext(
        desk=desk,
        questions=questions,
        pools=pools,
        notices=list(privacy_notices_of([desk.privacy_notice_id] if desk.privacy_notice_id else [])),
        language=get_language() or desk.original_language,
    )
    form_context.preview_state = mode.removeprefix("registration_") if mode.startswith("registration_") else ""
    return form_context
