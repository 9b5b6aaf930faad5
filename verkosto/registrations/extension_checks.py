"""System checks of what installed apps add: a mistake is found when the site starts, not when a mail is delivered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models

from verkosto.core.jobs.registry import job_kinds
from verkosto.registrations.exports import ExportFormat, export_formats
from verkosto.registrations.mail.channels import channels
from verkosto.registrations.mail.kinds import MailKind, mail_kinds
from verkosto.registrations.models import Job, Message, Question
from verkosto.registrations.questions.registry import question_types
from verkosto.registrations.questions.types.base import QuestionType

HINT = "See docs/plugins.md for an example."


def column_length(model: type[models.Model], name: str) -> int:
    """Return how many characters a column holds."""
    field: Any = model._meta.get_field(name)
    return int(field.max_length)


@register()
def extensions_are_usable(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Find what a hook returns that cannot be used: another type than documented, or a name that no column holds."""
    longest_kind = column_length(Message, "kind")
    return [
        *_check("register_verkosto_mail_kinds", mail_kinds, MailKind, longest_kind),
        *_check("register_verkosto_channels", channels, Callable, column_length(Message, "channel")),
        *_check("register_verkosto_jobs", job_kinds, Callable, column_length(Job, "kind")),
        *_check("register_verkosto_question_types", question_types, QuestionType, column_length(Question, "type")),
        *_check("register_verkosto_export_formats", export_formats, ExportFormat, longest_kind),
    ]


def _check(hook: str, read: Callable[[], Mapping[str, object]], expected: Any, longest: int) -> Iterable[CheckMessage]:
    try:
        found = read()
    except Exception as error:  # whatever another app's hook raises
        yield _error(hook, f"{type(error).__name__}: {error}")
        return
    for name, extension in found.items():
        if not isinstance(extension, expected):
            yield _error(hook, f"{name!r} is a {type(extension).__name__}")
        if len(name) > longest:
            yield _error(hook, f"{name!r} is longer than {longest} characters")
        try:
            validate_slug(name)
        except ValidationError:
            yield _error(hook, f"{name!r} is not made of letters, digits, hyphens and underscores")


def _error(hook: str, problem: str) -> Error:
    return Error(f"The hook {hook} cannot be used: {problem}.", hint=HINT, id="verkosto_registrations.E002")
