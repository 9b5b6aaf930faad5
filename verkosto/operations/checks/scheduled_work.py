"""Whether the scheduled work runs, and how each step ended."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verkosto.core.health import Finding, Status, Table
from verkosto.core.scheduled_work.models import ScheduledRun
from verkosto.core.scheduled_work.registry import steps

# The guide says every five minutes.
PATIENCE = timedelta(hours=1)


def find_scheduled_work() -> Finding:
    """Find out when each step ran last, and how it ended. One query."""
    now = timezone.now()
    last = {run.name: run for run in ScheduledRun.objects.latest_of_each()}
    newest = max((run.started_at for run in last.values()), default=None)
    failed = [name for name, run in last.items() if run.has_failed and name in steps()]
    figures = {
        "scheduled_steps_failed": len(failed),
        **({"scheduled_work_age_seconds": max((now - newest).total_seconds(), 0)} if newest else {}),
    }
    table = _table(last)
    if newest is None:
        return Finding(Status.FAILED, _("The scheduled work has never run."), _advice(), figures, table)
    if now - newest > PATIENCE:
        at = date_format(timezone.localtime(newest), "SHORT_DATETIME_FORMAT")
        return Finding(
            Status.FAILED,
            _("The scheduled work has not run since %(time)s.") % {"time": at},
            _advice(),
            figures,
            table,
        )
    if failed:
        text = ngettext(
            "The last run of %(count)s step failed.", "The last runs of %(count)s steps failed.", len(failed)
        )
        return Finding(
            Status.ATTENTION,
            text % {"count": len(failed)},
            _("The log has the reason. The step is tried again, at the latest after an hour."),
            figures,
            table,
        )
    return Finding(Status.OK, _("The scheduled work runs."), figures=figures, table=table)


def _advice() -> str:
    return _(
        "Run manage.py run_scheduled_work every five minutes by cron, or deploy/run timer as a process that is always "
        "running."
    )


def _table(last: dict[str, ScheduledRun]) -> Table:
    rows = []
    for name, step in steps().items():
        run = last.get(name)
        at = date_format(timezone.localtime(run.started_at), "SHORT_DATETIME_FORMAT") if run else _("Never")
        rows.append((step.label or name, at, _result(run)))
    return Table([_("Step"), _("Last run"), _("Result")], rows)


def _result(run: ScheduledRun | None) -> str:
    if run is None:
        return "–"
    if run.state != ScheduledRun.State.DONE:
        label = str(ScheduledRun.State(run.state).label)
        return f"{label} ({run.error})" if run.error else label
    if not run.done:
        return _("Nothing to do")
    return ngettext("%(count)s done", "%(count)s done", run.done) % {"count": run.done}
