from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from event_pages.dates import FAR_FUTURE, EventDate
from event_pages.enums import DatePrecision

HELSINKI = "Europe/Helsinki"
AFTERNOON = EventDate(
    DatePrecision.EXACT,
    HELSINKI,
    start=datetime(2026, 9, 16, 10, tzinfo=UTC),
    end=datetime(2026, 9, 16, 12, 45, tzinfo=UTC),
)


def words(when: EventDate, language: str) -> str:
    """The words with plain spaces, to be read."""
    with override(language):
        return when.text().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "ke 16.9.2026 klo 13.00–15.45"),
        ("sv", "onsdag 16 september 2026 kl. 13.00–15.45"),
        ("en", "Wednesday 16 September 2026, 1–3.45 pm"),
    ],
)
def test_words_of_exact_time(language: str, expected: str) -> None:
    assert words(AFTERNOON, language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "ti 5.5.2026 klo 9.30–12.30 (aikavyöhyke: Tukholma)"),
        ("sv", "tisdag 5 maj 2026 kl. 9.30–12.30 (tidszon: Stockholm)"),
        ("en", "Tuesday 5 May 2026, 9.30 am–12.30 pm (time zone: Stockholm)"),
    ],
)
def test_words_of_another_zone_name_it(language: str, expected: str) -> None:
    when = EventDate(
        DatePrecision.EXACT,
        "Europe/Stockholm",
        start=datetime(2026, 5, 5, 7, 30, tzinfo=UTC),
        end=datetime(2026, 5, 5, 10, 30, tzinfo=UTC),
    )
    assert words(when, language) == expected


@pytest.mark.parametrize(
    ("last", "fi", "sv", "en"),
    [
        (None, "ke 16.9.2026", "onsdag 16 september 2026", "Wednesday 16 September 2026"),
        (
            date(2026, 9, 17),
            "ke–to 16.–17.9.2026",
            "onsdag–torsdag 16–17 september 2026",
            "Wednesday–Thursday 16–17 September 2026",
        ),
        (date(2026, 10, 1), "16.9.–1.10.2026", "16 september–1 oktober 2026", "16 September – 1 October 2026"),
        (
            date(2027, 1, 1),
            "16.9.2026–1.1.2027",
            "16 september 2026–1 januari 2027",
            "16 September 2026 – 1 January 2027",
        ),
    ],
)
def test_words_of_days(last: date | None, fi: str, sv: str, en: str) -> None:
    when = EventDate(DatePrecision.DATE, HELSINKI, first_day=date(2026, 9, 16), last_day=last)
    assert [words(when, code) for code in ("fi", "sv", "en")] == [fi, sv, en]


def test_words_of_month_and_of_nothing() -> None:
    june = EventDate(DatePrecision.MONTH, HELSINKI, first_day=date(2126, 6, 1))
    nothing = EventDate(DatePrecision.UNANNOUNCED, HELSINKI)

    assert [words(june, code) for code in ("fi", "sv", "en")] == [
        "kesäkuu 2126, tarkempi ajankohta vahvistetaan myöhemmin",
        "juni 2126, datum bekräftas senare",
        "June 2126, date to be confirmed",
    ]
    # What has passed is no longer to be confirmed.
    past = EventDate(DatePrecision.MONTH, HELSINKI, first_day=date(2020, 6, 1))
    assert [words(past, code) for code in ("fi", "sv", "en")] == ["kesäkuu 2020", "juni 2020", "June 2020"]
    assert words(nothing, "fi") == "Ajankohta ilmoitetaan myöhemmin"


DAY = date(2026, 9, 16)


@pytest.mark.parametrize(
    ("when", "fi", "en", "machines"),
    [
        (
            AFTERNOON,
            "Ke 16.9. klo 13.00–15.45",
            "Wed 16 Sept 1–3.45 pm",
            ["2026-09-16T13:00:00+03:00", "2026-09-16T13:00:00+03:00", "2026-09-16T15:45:00+03:00"],
        ),
        (
            EventDate(DatePrecision.DATE, HELSINKI, first_day=DAY, last_day=date(2026, 9, 17)),
            "Ke–to 16.–17.9.",
            "Wed–Thu 16–17 Sept",
            ["2026-09-16", "2026-09-17"],
        ),
        (
            EventDate(DatePrecision.DATE, HELSINKI, first_day=date(2026, 12, 20), last_day=date(2027, 1, 10)),
            "20.12.–10.1. 2026–2027",
            "20 Dec – 10 Jan 2026–2027",
            ["2026-12-20", "2027-01-10"],
        ),
        (
            EventDate(DatePrecision.DATE, HELSINKI, first_day=date(2027, 1, 4)),
            "Ma 4.1. 2027",
            "Mon 4 Jan 2027",
            ["2027-01-04"],
        ),
        (
            EventDate(DatePrecision.EXACT, "Europe/Stockholm", start=datetime(2026, 9, 16, 10, tzinfo=UTC)),
            "Ke 16.9. klo 12.00 (aikavyöhyke: Tukholma)",
            "Wed 16 Sept 12 pm (time zone: Stockholm)",
            ["2026-09-16T12:00:00+02:00", "2026-09-16T12:00:00+02:00"],
        ),
        (
            EventDate(DatePrecision.MONTH, HELSINKI, first_day=date(2026, 10, 1)),
            "Lokakuu 2026 Tarkempi ajankohta vahvistetaan myöhemmin",
            "October 2026 Date to be confirmed",
            ["2026-10"],
        ),
        (
            EventDate(DatePrecision.MONTH, HELSINKI, first_day=date(2026, 8, 1)),
            "Elokuu 2026",
            "August 2026",
            ["2026-08"],
        ),
        (
            EventDate(DatePrecision.UNANNOUNCED, HELSINKI),
            "Ajankohta ilmoitetaan myöhemmin",
            "The date will be announced later",
            [],
        ),
    ],
)
def test_block_of_a_date(when: EventDate, fi: str, en: str, machines: list[str]) -> None:
    """What a list shows on 16 September 2026."""
    found = []
    for language in ("fi", "en"):
        with override(language):
            block = when.block(DAY)
        days, times = ("".join(part.text for part in parts) for parts in (block.days, block.times))
        texts = (block.weekday, days, block.year, times, block.note)
        found.append(" ".join(" ".join(texts).replace("\u00a0", " ").split()))
        assert [part.datetime for part in (*block.days, *block.times) if part.datetime] == machines
    assert found == [fi, en]


def test_time_is_that_of_the_first_day_only() -> None:
    night = EventDate(
        DatePrecision.EXACT,
        HELSINKI,
        start=datetime(2026, 9, 16, 20, tzinfo=UTC),
        end=datetime(2026, 9, 17, 3, tzinfo=UTC),
    )
    assert [night.start_time_on(date(2026, 9, day)) for day in (16, 17)] == [time(23), None]


def test_words_do_not_break_inside_a_time() -> None:
    with override("fi"):
        assert AFTERNOON.text() == "ke 16.9.2026 klo\u00a013.00–15.45"


def test_html_has_machine_readable_times() -> None:
    with override("sv"):
        assert AFTERNOON.html() == (
            '<time datetime="2026-09-16T13:00:00+03:00">Onsdag 16\u00a0september\u00a02026 kl.\u00a013.00</time>–\u2060'
            '<time datetime="2026-09-16T15:45:00+03:00">15.45</time>'
        )
        assert EventDate(DatePrecision.MONTH, HELSINKI, first_day=date(2126, 6, 1)).html() == (
            '<time datetime="2126-06">Juni\u00a02126</time>, datum bekräftas senare'
        )


def test_span_of_month_stands_after_its_dated_days() -> None:
    month = EventDate(DatePrecision.MONTH, HELSINKI, first_day=date(2026, 6, 1))
    last_day = EventDate(DatePrecision.DATE, HELSINKI, first_day=date(2026, 6, 30))
    first_of_july = EventDate(DatePrecision.DATE, HELSINKI, first_day=date(2026, 7, 1))

    assert last_day.span[0] < month.span[0] < first_of_july.span[0]
    assert EventDate(DatePrecision.UNANNOUNCED, HELSINKI).span == (FAR_FUTURE, FAR_FUTURE)


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
ZONES = st.sampled_from([HELSINKI, "Europe/Stockholm", "UTC", "Pacific/Auckland", "America/St_Johns"])
WHENS = st.one_of(
    st.builds(
        lambda zone, start, length: EventDate(DatePrecision.EXACT, zone, start=start, end=length and start + length),
        ZONES,
        MOMENTS,
        st.none() | st.timedeltas(timedelta(0), timedelta(days=40)),
    ),
    st.builds(
        lambda zone, day, length: EventDate(
            DatePrecision.DATE, zone, first_day=day, last_day=length and day + timedelta(days=length)
        ),
        ZONES,
        DAYS,
        st.none() | st.integers(0, 60),
    ),
    st.builds(lambda zone, day: EventDate(DatePrecision.MONTH, zone, first_day=day.replace(day=1)), ZONES, DAYS),
    st.builds(lambda zone: EventDate(DatePrecision.UNANNOUNCED, zone), ZONES),
)


@given(WHENS)
def test_span_never_ends_before_it_begins(when: EventDate) -> None:
    start, end = when.span
    assert start <= end <= FAR_FUTURE


@given(st.lists(WHENS, max_size=12))
def test_order_by_span_is_that_of_days_within_a_zone(whens: list[EventDate]) -> None:
    for zone in {when.zone for when in whens}:
        dated = sorted((when for when in whens if when.zone == zone and when.days), key=lambda when: when.span[0])
        days = [when.days[0] for when in dated if when.days]
        assert days == sorted(days)


@given(WHENS, st.sampled_from(["fi", "sv", "en"]))
def test_words_exist_for_every_when(when: EventDate, language: str) -> None:
    with override(language):
        assert when.text()
        assert "<" not in when.text()
