"""The agenda agrees with the rest of the page: days, items above, options of the registration form."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils.translation import override

from event_pages.models import EventPage, EventSeriesPage
from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, EventSeriesPageFactory
from tests.recordings import recorded

ITEM = {"kind": "session", "placement": "own", "speakers-TOTAL_FORMS": "0", "speakers-INITIAL_FORMS": "0"}


@pytest.fixture
@recorded
def calendar(homes: dict[str, HomePage]) -> Any:
    return EventIndexPageFactory(parent=homes["fi"])


def sent(form: Any) -> dict[str, Any]:
    """Return what a browser sends of a form as it is shown, without rows."""
    data: dict[str, Any] = {}
    for field in form:
        value, widget = field.value(), field.field.widget
        if hasattr(value, "stream_block"):
            data[f"{field.html_name}-count"] = "0"
        elif value not in (None, "", False, []):
            shown = widget.format_value(value) if hasattr(widget, "format_value") else value
            data[field.html_name] = shown[0] if isinstance(shown, list) else shown
    for name in form.formsets:
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    return data


def errors_of_day(page: EventPage | EventSeriesPage, day: str, **changes: Any) -> list[str]:
    """Return the errors at the day of the only agenda item, where the page's form is sent with it."""
    form_class: Any = type(page).get_edit_handler().get_form_class()
    row = {**ITEM, "title": "Avaus", "day": day}
    with override("en"):
        data = sent(form_class(instance=page)) | changes | {"agenda_items-TOTAL_FORMS": "1"}
        form = form_class(data | {f"agenda_items-0-{name}": value for name, value in row.items()}, instance=page)
        valid = form.is_valid()
        rows = form.formsets["agenda_items"].errors
        messages = [str(message).replace("\u00a0", " ") for message in rows[0].get("day", [])]
    assert form.errors == {}
    assert valid is (messages == [])
    return messages


@pytest.mark.parametrize(
    ("day", "errors"),
    [
        ("2020-09-16", ["Give a day between 16 September 2126 and 17 September 2126, when the event is."]),
        ("2126-09-18", ["Give a day between 16 September 2126 and 17 September 2126, when the event is."]),
        ("2126-09-17", []),
        ("", []),
    ],
)
def test_agenda_day_outside_the_event_is_refused(calendar: Any, day: str, errors: list[str]) -> None:
    """Finding: an agenda day in 2020 on an event of 2027 was accepted."""
    start, end = datetime(2126, 9, 16, 7, tzinfo=UTC), datetime(2126, 9, 17, 12, tzinfo=UTC)
    event = EventPageFactory(parent=calendar, starts_at=start, ends_at=end)

    assert errors_of_day(event, day) == errors


def test_agenda_days_are_checked_against_the_dates_sent_with_them(calendar: Any) -> None:
    event = EventPageFactory(parent=calendar, starts_at=datetime(2126, 9, 16, 7, tzinfo=UTC), ends_at=None)
    moved = {"starts_at": "2126-09-20 10:00"}

    assert errors_of_day(event, "2126-09-20", **moved) == []
    assert errors_of_day(event, "2126-09-16", **moved) == [
        "The event is on 20 September 2126. Give that day or leave the field empty."
    ]


def test_agenda_day_of_a_month_or_of_a_postponed_event(calendar: Any) -> None:
    month = EventPageFactory(
        parent=calendar, date_precision="month", starts_at=None, ends_at=None, starts_on=date(2126, 6, 1)
    )
    postponed = EventPageFactory(parent=calendar, starts_at=datetime(2126, 9, 16, 7, tzinfo=UTC), ends_at=None)
    postponed.status, postponed.postponed_until = "postponed", date(2127, 1, 8)

    assert [len(errors_of_day(month, day)) for day in ("2126-06-30", "2126-07-01")] == [0, 1]
    assert [len(errors_of_day(postponed, day)) for day in ("2126-09-16", "2127-01-08", "2126-12-01")] == [0, 0, 1]


def test_agenda_day_of_a_series_is_in_its_years(calendar: Any) -> None:
    series = EventSeriesPageFactory(parent=calendar, first_year=2126, last_year=2127)

    assert [len(errors_of_day(series, day)) for day in ("2127-12-31", "2128-01-01", "2020-05-05")] == [0, 1, 1]


def errors_of_item(page: EventPage, questions: list[str], **item: str) -> dict[str, list[str]]:
    """Return the errors of the only agenda item of an event whose form asks questions with one option each."""
    form_class: Any = type(page).get_edit_handler().get_form_class()
    row = {**ITEM, "title": "Paja"}
    with override("en"):
        data = sent(form_class(instance=page)) | {"agenda_items-TOTAL_FORMS": "1"}
        data |= {f"agenda_items-0-{name}": value for name, value in (row | item).items()}
        form = form_class(data | question_data(questions), instance=page)
        form.is_valid()
        return form.formsets["agenda_items"].errors[0]


def question_data(labels: list[str]) -> dict[str, str]:
    """Return what a browser sends of one choice question with options."""
    if not labels:
        return {}
    block, choices = "questions-0", "questions-0-value-choices"
    data = {
        "questions-count": "1",
        f"{block}-deleted": "",
        f"{block}-order": "0",
        f"{block}-type": "choice",
        f"{block}-id": "",
        f"{block}-value-label": "Paja",
        f"{choices}-count": str(len(labels)),
    }
    for number, label in enumerate(labels):
        row = {"deleted": "", "order": str(number), "type": "item", "id": "", "value-label": label}
        data |= {f"{choices}-{number}-{name}": value for name, value in row.items()}
    return data


@pytest.mark.parametrize(
    ("questions", "option", "refused"),
    [(["A: päätös", "B"], " a:  Päätös", False), (["A: päätös"], "A", True), ([], "A", True), ([], "", False)],
)
def test_option_of_an_item_is_one_of_the_form(calendar: Any, questions: list[str], option: str, refused: bool) -> None:
    event = EventPageFactory(parent=calendar)
    text = f"There is no option “{option}” in the registration form. Copy the text of the option exactly."

    assert errors_of_item(event, questions, option=option) == ({"option": [text]} if refused else {})


def test_first_item_has_no_item_above_it(calendar: Any) -> None:
    event = EventPageFactory(parent=calendar)
    text = "This is the first item: there is no item above it."

    assert errors_of_item(event, [], placement="part") == {"placement": [text]}
