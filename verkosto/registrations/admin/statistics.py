"""A desk's statistics: over time, by status, language and answer. The charts are coordinates for SVG."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db.models import Count, QuerySet, Sum
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages

from verkosto.core.content_cache import shared_cache
from verkosto.registrations.enums import ENDED_STATUSES, Attendance, RegistrationStatus
from verkosto.registrations.models import Desk, Guest, Question

WIDTH, HEIGHT = 640, 200  # of the time chart, in SVG units
MANY = 5000  # registrations; of more, the counts are cached
SECONDS = 600  # the lifetime of cached counts


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


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What is counted of a desk: numbers alone, so that they can be cached."""

    counted_at: datetime
    new_by_day: list[tuple[date, int]]  # days with any registrations
    by_status: dict[str, int]
    by_language: dict[str, int]  # the active ones
    attended: int  # places of those who came
    places: int  # of all who had one
    # By the key of a closed question: how often each answer was given, and how many people answered. Of the active ones.
    answers: dict[str, tuple[Counter[str], int]]


def counts_of(desk: Desk, questions: list[Question]) -> tuple[Counts, bool]:
    """Return the counts of a desk, and whether they may be up to ``SECONDS`` old: those of a large desk are cached.

    Nothing in them is about one person.
    """
    key = f"registration-statistics:{desk.pk}:{get_current_timezone_name()}"
    stored: Counts | None = shared_cache().get(key)
    if stored is not None:
        return stored, True
    counts = count(desk, questions)
    is_large = sum(counts.by_status.values()) > MANY
    if is_large:
        shared_cache().set(key, counts, SECONDS)
    return counts, is_large


def count(desk: Desk, questions: list[Question]) -> Counts:
    """Count a desk's registrations. Two queries, and one for each closed question."""
    by_status: Counter[str] = Counter()
    by_language: Counter[str] = Counter()
    attended = places = 0
    groups = desk.registrations.order_by().values_list("status", "language", "attendance")
    for status, language, attendance, number, taken in groups.annotate(number=Count("*"), taken=Sum("places")):
        by_status[status] += number
        if status not in ENDED_STATUSES:
            by_language[language] += number
        if status == RegistrationStatus.CONFIRMED:
            places += taken
            attended += taken if attendance == Attendance.ATTENDED else 0
    return Counts(
        counted_at=timezone.now(),
        new_by_day=_new_by_day(desk),
        by_status=dict(by_status),
        by_language=dict(by_language),
        attended=attended,
        places=places,
        answers={question.key: _count_answers(desk, question) for question in questions if _is_closed(question)},
    )


def _new_by_day(desk: Desk) -> list[tuple[date, int]]:
    days = desk.registrations.annotate(day=TruncDate("created_at")).order_by("day").values("day")
    return list(days.annotate(new=Count("*")).values_list("day", "new"))


def _is_closed(question: Question) -> bool:
    return question.question_type.has_choices or question.type == "yes_no"


def _count_answers(desk: Desk, question: Question) -> tuple[Counter[str], int]:
    people: list[QuerySet] = [desk.registrations.active()]
    if question.each_attendee:
        people.append(Guest.objects.filter(registration__in=desk.registrations.active()))
    counted = [
        each.order_by()
        .annotate(answer=KeyTransform(question.key, "answers"))
        .values_list("answer")
        .annotate(number=Count("*"))
        for each in people
    ]
    counter: Counter[str] = Counter()
    asked = 0
    for value, number in chain(*counted):  # each different answer once: one of several choices is a list of keys
        if value in (None, "", []):
            continue
        asked += number
        for key in question.question_type.chosen(question, value) or ["yes" if value else "no"]:
            counter[key] += number
    return counter, asked


def registrations_by_day(counts: Counts) -> list[Day]:
    """Return the new registrations and their running sum, for each day with any."""
    days, total = [], 0
    for day, new in counts.new_by_day:
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


def by_status(counts: Counts) -> BarGroup:
    """Return the registrations by status, in the order of the statuses."""
    counted = counts.by_status
    rows = [(str(label), counted[status]) for status, label in RegistrationStatus.choices if status in counted]
    return bar_group(_("By status"), rows)


def by_language(counts: Counts) -> BarGroup:
    """Return the active registrations by language."""
    names = get_content_languages()
    rows = [(str(names.get(code, code)), counts.by_language[code]) for code in sorted(counts.by_language)]
    return bar_group(_("By language"), rows)


def by_answer(counts: Counts, questions: list[Question]) -> list[BarGroup]:
    """Return the active registrations by their answers to closed questions."""
    return [
        answer_bars(question, *counts.answers[question.key])
        for question in questions
        if question.key in counts.answers
    ]


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
