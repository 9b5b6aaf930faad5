"""The forms of people who are shown the privacy notice: who signs up, and who takes over a place."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.directory.models import PrivacyNotice
from verkosto.registrations.enums import Eligibility
from verkosto.registrations.forms.registration import DeskForm
from verkosto.registrations.models import Question
from verkosto.registrations.privacy import notice_snapshots


class AgreementForm(DeskForm):
    """A desk's form with the privacy notice, and the statement of the target group where the desk asks to confirm one."""

    # Whether the person confirms that they belong to the target group.
    declared = forms.BooleanField()

    fields_apart: tuple[str, ...] = ("declared",)

    def __init__(self, *args: Any, notice: PrivacyNotice | None = None, **kwargs: Any) -> None:
        self.notice = notice
        super().__init__(*args, **kwargs)
        if self.desk.eligibility == Eligibility.DECLARED:
            self.fields["declared"].label = self.desk.version().get("declaration", "")
            self.fields["declared"].error_messages["required"] = _("You can register only if you can confirm this.")
            self.fields["declared"].widget.attrs["class"] = "ds-input"
        else:
            del self.fields["declared"]

    @property
    def declared_row(self) -> dict[str, object] | None:
        return self._row("declared") if "declared" in self.fields else None

    def agreed(self, language: str) -> dict[str, object]:
        """Return what the visitor was shown and agreed to, for ``Registration.agreed``."""
        notice = self.notice
        return {
            "notice": str(notice.translation_key) if notice else "",
            "title": notice.title if notice else "",
            "version": notice.version if notice else "",
            "snapshot": notice_snapshots.save_snapshot(notice),
            # A notice without a translation was shown in the original's language.
            "language": notice.locale.language_code if notice else language,
            "declaration": str(self.fields["declared"].label) if "declared" in self.fields else "",
            "at": timezone.now().isoformat(),
        }


class TakeOverForm(AgreementForm):
    """The form of somebody who took over a place: the details and answers that are theirs to give."""

    def must_answer(self, question: Question) -> bool:
        """Return whether a question needs an answer where it is asked: nobody has been asked it before."""
        return question.required
