"""The days of recurrence rules: examples of RFC 5545 §3.8.5.3, as far as people make such rules."""

from datetime import date

import pytest

from event_pages.imports.recurrence_rules import rule_days
from event_pages.imports.values import UnreadableFile


def parts(rule: str) -> dict[str, list[str]]:
    return {name: values.split(",") for name, _sign, values in (part.partition("=") for part in rule.split(";"))}


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=10", "1997-09-02", "09-02 09-12 09-22 10-02"),
        ("FREQ=WEEKLY", "1997-09-02", "09-02 09-09 09-16 09-23"),
        ("FREQ=WEEKLY;BYDAY=TU,TH;WKST=SU", "1997-09-02", "09-02 09-04 09-09 09-11"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,SU", "1997-08-05", "08-05 08-10 08-19 08-24"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU", "1997-08-05", "08-05 08-17 08-19 08-31"),
        ("FREQ=MONTHLY", "1997-01-31", "01-31 03-31 05-31 07-31"),
        ("FREQ=MONTHLY;BYDAY=1FR", "1997-09-05", "09-05 10-03 11-07 12-05"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU", "1997-09-07", "09-07 09-28 11-02 11-30"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "09-28 10-29 11-28 12-29"),
        ("FREQ=MONTHLY;BYMONTHDAY=2,15", "1997-09-02", "09-02 09-15 10-02 10-15"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "09-29 10-30 11-27 12-30"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", "02-13 03-13 11-13 08-13"),
        ("FREQ=YEARLY;BYMONTH=6,7", "1997-06-10", "06-10 07-10 06-10 07-10"),
        ("FREQ=YEARLY;INTERVAL=2", "1996-03-10", "03-10 03-10 03-10 03-10"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=-1TH", "1996-11-28", "11-28 11-27 11-26 11-25"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "1997-09-02", ""),
    ],
)
def test_days(rule: str, first: str, expected: str) -> None:
    start = date.fromisoformat(first)
    found = rule_days(parts(rule), start, start.replace(year=start.year + 8))
    assert " ".join(f"{day:%m-%d}" for day in found[:4]) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=MONTHLY;BYDAY=XX",
    ],
)
def test_rules_that_are_not_understood(rule: str) -> None:
    with pytest.raises(UnreadableFile):
        rule_days(parts(rule), date(1997, 9, 2), date(1998, 9, 2))
