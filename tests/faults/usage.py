"""What the processes of a site have used."""

import os
from dataclasses import dataclass
from pathlib import Path

from tests.faults.site import FaultySite

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and of all that it has started, also of those that have ended.

    The children are read first: one that ends meanwhile is 0, and its time is in that of the process that waited for it.
    """
    folder = Path(f"/proc/{pid}")
    try:
        children = (folder / f"task/{pid}/children").read_text().split()
        used = sum(cpu_seconds(int(child)) for child in children)
        numbers = (folder / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return used + sum(int(number) for number in numbers[11:15]) / TICKS


@dataclass(frozen=True)
class Usage:
    """Processor time in seconds, and the size of the database in bytes."""

    web: float
    worker: float
    database: float
    size: int

    def __sub__(self, other: "Usage") -> "Usage":
        return Usage(
            self.web - other.web,
            self.worker - other.worker,
            self.database - other.database,
            self.size - other.size,
        )

    def for_each(self, number: int) -> str:
        """Return what one of so many registrations has used."""
        milliseconds = (1000 * seconds / number for seconds in (self.web, self.worker, self.database))
        web, worker, database = (f"{each:.1f} ms" for each in milliseconds)
        return f"web {web}, worker {worker}, database {database} and {self.size / number / 1000:.1f} kB for each"


def usage_of(site: FaultySite) -> Usage:
    """Return what a site has used since it was started."""
    ((size,),) = site.rows("SELECT pg_database_size(current_database())")
    web, worker, database = (cpu_seconds(each.process.pid) for each in (site.web, site.worker, site.postgresql))
    return Usage(web, worker, database, int(str(size)))
