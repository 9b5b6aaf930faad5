"""Table columns of the admin's lists."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.coreutils import get_content_languages

from verkosto.registrations.admin.occupancy import occupancy_of
from verkosto.registrations.enums import MessageState, RegistrationStatus
from verkosto.registrations.models import Desk, Message, Question, Registration

# Each state has an icon and a label: colour alone tells nothing (WCAG 2.2 SC 1.4.1).
REGISTRATION_ICONS: dict[str, str] = {
    RegistrationStatus.AWAITING_CONFIRMATION: "mail",
    RegistrationStatus.AWAITING_APPROVAL: "help",
    RegistrationStatus.CONFIRMED: "check",
    RegistrationStatus.WAITING: "time",
    RegistrationStatus.DECLINED: "cross",
    RegistrationStatus.CANCELLED: "cross",
    RegistrationStatus.EXPIRED: "history",
}
REGISTRATION_TONES: dict[str, str] = {
    RegistrationStatus.AWAITING_APPROVAL: "attention",
    RegistrationStatus.CONFIRMED: "good",
    RegistrationStatus.DECLINED: "quiet",
    RegistrationStatus.CANCELLED: "quiet",
    RegistrationStatus.EXPIRED: "quiet",
}
MESSAGE_ICONS: dict[str, str] = {
    MessageState.QUEUED: "time",
    MessageState.SENDING: "rotate",
    MessageState.SENT: "check",
    MessageState.FAILED: "warning",
    MessageState.DROPPED: "cross",
}
MESSAGE_TONES: dict[str, str] = {
    MessageState.SENT: "good",
    MessageState.FAILED: "bad",
    MessageState.DROPPED: "quiet",
}


def registration_state(registration: Registration) -> dict[str, object]:
    """Return the label, icon and tone of a registration's status."""
    label = _("Has been offered a place") if registration.has_offer else registration.get_status_display()
    return {
        "label": label,
        "icon": REGISTRATION_ICONS.get(registration.status, "help"),
        "tone": REGISTRATION_TONES.get(registration.status, "plain"),
    }


def message_state(message: Message) -> dict[str, object]:
    """Return the label, icon and tone of a message's state."""
    is_delayed = message.state == MessageState.QUEUED and message.failure
    return {
        "label": _("Will be tried again") if is_delayed else message.get_state_display(),
        "icon": MESSAGE_ICONS.get(message.state, "help"),
        "tone": MESSAGE_TONES.get(message.state, "plain"),
    }


#: Returns the text of a row's cell.
CellText: TypeAlias = Callable[[Any], str]


class StateColumn(Column):
    """A state with its icon. ``accessor`` returns what ``registration_state`` returns."""

    cell_template_name = "verkosto_registrations/admin/cells/state.html"


class OccupancyColumn(BaseColumn):
    """A desk's occupancy as a gauge with its numbers."""

    cell_template_name = "verkosto_registrations/admin/cells/occupancy.html"

    def get_cell_context_data(self, instance: Desk, parent_context: Mapping[str, object]) -> dict[str, object]:
        return {
            **super().get_cell_context_data(instance, parent_context),
            "occupancy": occupancy_of(instance),
        }


class CountColumn(Column):
    """A number that links to what it counts. Zero is not shown; ``needs_attention`` makes it bold."""

    cell_template_name = "verkosto_registrations/admin/cells/count.html"

    def __init__(
        self, *args: Any, get_url: Callable[[Desk], str], needs_attention: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, classname="reg-number reg-wide-only", **kwargs)
        self.get_url = get_url
        self.needs_attention = needs_attention

    def get_cell_context_data(self, instance: Desk, parent_context: Mapping[str, object]) -> dict[str, object]:
        return {**super().get_cell_context_data(instance, parent_context), "url": self.get_url(instance)}


class LanguagesColumn(Column):
    """The codes of the language versions that are published."""

    cell_template_name = "verkosto_registrations/admin/cells/languages.html"

    def get_value(self, instance: Desk) -> list[tuple[str, str]]:
        names = get_content_languages()
        return [(code, str(names.get(code, code))) for code in names if code in instance.versions]


class LanguageColumn(Column):
    """The name of a language."""

    def get_value(self, instance: Desk) -> str:
        code = super().get_value(instance)
        return str(get_content_languages().get(code, code))


class DetailTitleColumn(TitleColumn):
    """A title with a second line, ``detail``, and one for narrow screens in place of other columns, ``narrow_detail``."""

    cell_template_name = "verkosto_registrations/admin/cells/title.html"

    def __init__(
        self, *args: Any, detail: CellText | None = None, narrow_detail: CellText | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.detail = detail
        self.narrow_detail = narrow_detail

    def get_cell_context_data(self, instance: Desk, parent_context: Mapping[str, object]) -> dict[str, object]:
        context = super().get_cell_context_data(instance, parent_context)
        return {
            **context,
            "detail": self.detail(instance) if self.detail else "",
            "narrow_detail": self.narrow_detail(instance) if self.narrow_detail else "",
        }


class AnswerColumn(Column):
    """The answers to one question."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        label = question.label()
        super().__init__(f"q_{question.key}", label=label if len(label) <= 40 else f"{label[:39]}…", **kwargs)
        self.question = question

    def get_value(self, instance: Registration) -> str:
        answers = instance.answers
        if self.question.sensitive:
            answers = instance.sensitive.answers if hasattr(instance, "sensitive") else {}
        text = self.question.display(answers.get(self.question.key))
        return text if len(text) <= 120 else f"{text[:119]}…"
