"""Forms that notice a newer version.

Finding: of two people who edited the same text, the second overwrote the first unnoticed.
"""

from django import forms
from django.http import QueryDict
from django.utils.translation import override

from verkosto.core.version_check import VersionCheckMixin, version_of


class TextForm(VersionCheckMixin, forms.Form):
    subject = forms.CharField(label="Subject")
    body = forms.CharField(label="Text", required=False)


def sent(opened_with: dict[str, object], stored: dict[str, object], **values: str) -> TextForm:
    """Return the form as it is sent by who opened it with some values, while others are stored now."""
    data = QueryDict(mutable=True)
    data.update({"subject": "Mine", "body": "Same", **values, "version": version_of(opened_with)})
    return TextForm(data, stored=stored)


def test_form_is_valid_if_nobody_has_saved_meanwhile() -> None:
    stored = {"subject": "Old", "body": "Same"}
    assert sent(stored, dict(reversed(stored.items()))).is_valid()
    assert sent({}, {}).is_valid()


def test_newer_version_is_shown_and_nothing_typed_is_lost() -> None:
    newer = {"subject": "Theirs", "body": "Same"}
    with override("en"):
        form = sent({"subject": "Old", "body": "Same"}, newer)
        assert not form.is_valid()
        assert form.non_field_errors() == [
            "Somebody else has saved a newer version since you opened this page. What you typed is still here, and not "
            "saved. If you save again, yours replaces the newer one.",
            "The newer version:",
            "Subject: Theirs",
        ]
    assert form["subject"].value() == "Mine"
    # Who saves once more does so knowingly.
    assert form["version"].value() == version_of(newer)
    assert TextForm(form.data, stored=newer).is_valid()


def test_form_that_was_not_opened_in_a_browser_is_not_checked() -> None:
    assert TextForm({"subject": "Mine"}, stored={"subject": "Theirs"}).is_valid()
