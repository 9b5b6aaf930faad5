"""The kinds of background jobs. An installed app adds its own through the hook ``register_verkosto_jobs``."""

from collections.abc import Callable
from functools import cache
from typing import Any

from wagtail import hooks

# Does the job, and returns the result that its page shows. If it is called again, it does what is left.
Handler = Callable[[Any], dict[str, object] | None]


class UnknownJobKind(LookupError):
    """No app has registered this kind of job."""


@cache
def job_kinds() -> dict[str, Handler]:
    """Return the handler of each kind of job by name."""
    found: dict[str, Handler] = {}
    for hook in hooks.get_hooks("register_verkosto_jobs"):
        found.update(hook())
    return found


def handler_of(kind: str) -> Handler:
    """Return the handler of a kind of job. Raises UnknownJobKind."""
    try:
        return job_kinds()[kind]
    except KeyError as error:
        raise UnknownJobKind(kind) from error
