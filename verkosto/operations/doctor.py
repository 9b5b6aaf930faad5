"""What is wrong with the site and what to do, in plain words: the health checks, and Django's checks for a public site."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core import checks
from django.db import Error
from django.utils import translation

from verkosto.core.health import Status, find_all

# What an operator decides for the whole domain, and previews in the admin: docs/operators.md.
EXPECTED = {"security.W005", "security.W019", "security.W021"}


@dataclass(frozen=True)
class Diagnosis:
    """One part of the site in plain words: how it is, and what to do."""

    name: str
    label: str
    status: Status
    summary: str
    advice: str = ""


def diagnose() -> list[Diagnosis]:
    """Return every diagnosis, in English: first the health checks, then what Django's checks complain of."""
    with translation.override("en"):
        return [*_of_health_checks(), *_of_system_checks()]


def _of_health_checks() -> Iterator[Diagnosis]:
    for check, finding in find_all():
        yield Diagnosis(check.name, str(check.label), finding.status, str(finding.summary), str(finding.advice))


def _of_system_checks() -> Iterator[Diagnosis]:
    """Yield the complaints of ``check --deploy``."""
    for message in _system_messages():
        if message.level < checks.WARNING or message.is_silenced() or message.id in EXPECTED:
            continue
        status = Status.FAILED if message.level >= checks.ERROR else Status.ATTENTION
        yield Diagnosis(message.id or "", "Settings", status, str(message.msg), str(message.hint or ""))


def _system_messages() -> list[checks.CheckMessage]:
    """Return what Django's checks report: without those of the database if it does not answer, which a health check says."""
    try:
        return checks.run_checks(include_deployment_checks=True, databases=["default"])
    except Error:
        return checks.run_checks(include_deployment_checks=True)
