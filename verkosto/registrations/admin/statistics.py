"""A desk's statistics: over time, by status, language and answer. The charts are coordinates for SVG."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages

from verkosto.registrations.enums import Attendance, RegistrationStatus
from verkosto.registrations.models import Desk, Question

WIDTH, HEIGHT = 640, 200  # of the time chart, in SVG units


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A row of a table that is shown as a bar chart too."""

    label: str
    count: int
    percent: int  # of all who answered: the length of the bar


@dataclass(frozen=True, kw_only=True)
class BarGroup:
    title: str
    rows: list[Bar]
    total: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Day:
    day: date
    new: int
    total: int


def bar_group(title: str, counts: list[tuple[str, int]], *, total: int | None = None, note: str = "") -> BarGroup:
    """Return the bars of (label, count); ``total`` is the number of answers, where that is not the sum."""
    whole = sum(count for _label, count in counts) if total is None else total
    rows = [
        Bar(label=label, count=count, percent=round(100 * count / whole) if whole else 0) for label, count in counts
    ]
    return BarGroup(title=title, rows=rows, total=whole, note=note)


def registrations_by_day(desk: Desk) -> list[Day]:
    """Return the new registrations and their running sum, for each day with any."""
    by_day = (
        desk.registrations.annotate(day=TruncDate("created_at"))
        .order_by("day")
        .values("day")
        .annotate(new=Count("pk"))
        .values_list("day", "new")
    )
    days, total = [], 0
    for day, new in by_day:
        total += new
        days.append(Day(day=day, new=new, total=total))
    return days


def time_chart(days: list[Day]) -> dict[str, object]:
    """Return the running sum as a stepped line with its area and labels; empty when all came on one day."""
    if len(days) < 2:
        return {}
    first, span, most = days[0].day, max((days[-1].day - days[0].day).days, 1), days[-1].total
    points: list[tuple[float, float]] = [(0, HEIGHT)]
    for day in days:
        x = round(WIDTH * (day.day - first).days / span, 1)
        points += [(x, points[-1][1]), (x, round(HEIGHT - HEIGHT * day.total / most, 1))]
    points.append((WIDTH, points[-1][1]))
    line = " ".join(f"{x},{y}" for x, y in points)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "line": line,
        "area": f"{line} {WIDTH},{HEIGHT}",
        "most": most,
        "first": date_format(first, "SHORT_DATE_FORMAT"),
        "last": date_format(days[-1].day, "SHORT_DATE_FORMAT"),
    }


def by_status(desk: Desk) -> BarGroup:
    """Return the registrations by status, in the order of the statuses."""
    counted = dict(desk.registrations.order_by().values_list("status").annotate(Count("pk")))
    rows = [(str(label), counted[status]) for status, label in RegistrationStatus.choices if status in counted]
    return bar_group(_("By status"), rows)


def by_language(desk: Desk) -> BarGroup:
    """Return the active registrations by language."""
    counted = dict(desk.registrations.active().order_by().values_list("language").annotate(Count("pk")))
    names = get_content_languages()
    return bar_group(_("By language"), [(str(names.get(code, code)), counted[code]) for code in sorted(counted)])


def attended_places(desk: Desk) -> tuple[int, int]:
    """Return the places of the people who attended, and of all who had one."""
    counted = dict(desk.registrations.confirmed().order_by().values_list("attendance").annotate(Sum("places")))
    return counted.get(Attendance.ATTENDED, 0), sum(counted.values())


def by_answer(desk: Desk, questions: list[Question]) -> list[BarGroup]:
    """Return the active registrations by their answers to closed questions. One query for each question."""
    closed = [question for question in questions if question.question_type.has_choices or question.type == "yes_no"]
    return [_by_answer(desk, question) for question in closed]


def _by_answer(desk: Desk, question: Question) -> BarGroup:
    counted = (
        desk.registrations.active()
        .order_by()
        .annotate(answer=KeyTransform(question.key, "answers"))
        .values_list("answer")
        .annotate(Count("pk"))
    )
    counter: Counter[str] = Counter()
    asked = 0
    for value, number in counted:  # each different answer once: one of several choices is a list of keys
        if value in (None, "", []):
            continue
        asked += number
        for key in question.question_type.chosen(question, value) or ["yes" if value else "no"]:
            counter[key] += number
    return answer_bars(question, counter, asked)


def answer_bars(question: Question, counter: Counter[str], asked: int) -> BarGroup:
    """Return the bars of a closed question: how often each answer was given by the people who answered."""
    if question.type == "yes_no":
        labels = [("yes", _("Yes")), ("no", _("No"))]
    else:
        labels = [
            (choice.key, question.choice_label(choice.key))
            for choice in question.choices
            if counter[choice.key] or not choice.retired
        ]
    note = _("Several answers are possible.") if question.type == "several_choices" else ""
    return bar_group(question.label(), [(str(label), counter[key]) for key, label in labels], total=asked, note=note)
