"""Health checks: what a site needs in order to work, as findings in plain words.

An installed app adds its own through the hook ``register_verkosto_health_checks``. The operations page, ``doctor``, the
metrics and ``/readyz`` show the same findings.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.db import OperationalError
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import hooks

HOOK = "register_verkosto_health_checks"
Text = str | Promise
logger = logging.getLogger(__name__)


class Status(TextChoices):
    """The state of a part of the site, from best to worst."""

    OK = "ok", pgettext_lazy("state of the site", "OK")
    ATTENTION = "attention", gettext_lazy("Needs attention")
    FAILED = "failed", gettext_lazy("Does not work")


@dataclass(frozen=True)
class Table:
    """Details of a finding: what each column is, and the rows."""

    headings: Sequence[Text]
    rows: Sequence[Sequence[Text]]


@dataclass(frozen=True)
class Finding:
    """What a check found: a status, a sentence on it, what to do, and figures for graphs. No personal data."""

    status: Status
    summary: Text
    advice: Text = ""
    #: By name, in lower case with underscores; times in seconds.
    figures: Mapping[str, float] = field(default_factory=dict)
    table: Table | None = None


@dataclass(frozen=True)
class HealthCheck:
    """A part of the site that is looked at. ``run`` asks a constant number of queries.

    ``url_name`` is the view of the admin where the matter can be dealt with, ``query`` is appended to its address.
    """

    name: str
    label: Text
    run: Callable[[], Finding]
    url_name: str = ""
    query: str = ""
    url_label: Text = ""

    def find(self) -> Finding:
        """Return what the check finds. A check that raises an exception is a finding too."""
        try:
            return self.run()
        except Exception as error:  # of a driver, a storage or a plugin
            self._log(error)
            return Finding(
                Status.FAILED,
                _("This could not be checked (%(error)s).") % {"error": type(error).__name__},
                _("If the database does not answer, start it first. Otherwise the log says more."),
            )

    def _log(self, error: Exception) -> None:
        """Log the stack of an error. That a database does not answer is one line: it fails most checks."""
        if isinstance(error, OperationalError):
            logger.warning("The health check %s failed: %s", self.name, str(error).partition("\n")[0])
        else:
            logger.warning("The health check %s failed: %s", self.name, type(error).__name__, exc_info=True)


def healthy(summary: Text, **figures: float) -> Finding:
    """Return a finding that needs nothing done."""
    return Finding(Status.OK, summary, figures=figures)


@cache
def health_checks() -> list[HealthCheck]:
    """Return the checks of all installed apps, in the order of their hooks."""
    return [check for hook in hooks.get_hooks(HOOK) for check in hook()]


def find_all() -> list[tuple[HealthCheck, Finding]]:
    """Return each check with what it finds now."""
    return [(check, check.find()) for check in health_checks()]


def worst(findings: Sequence[Finding]) -> Status:
    """Return the worst of the findings' statuses."""
    order = [Status.OK, Status.ATTENTION, Status.FAILED]
    return max((finding.status for finding in findings), key=order.index, default=Status.OK)
