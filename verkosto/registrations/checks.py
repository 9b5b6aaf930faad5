"""System checks: of what a project lacks, and of what installed apps add, before a mail is delivered with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from email.utils import getaddresses
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_slug
from django.db import models

from verkosto.core.checks import missing_middleware, missing_urls
from verkosto.core.encryption import cipher_of
from verkosto.core.jobs.registry import job_kinds
from verkosto.registrations import conf
from verkosto.registrations.exports import ExportFormat, export_formats
from verkosto.registrations.mail.channels import channels
from verkosto.registrations.mail.kinds import MailKind, mail_kinds
from verkosto.registrations.models import Job, Message, Question
from verkosto.registrations.privacy.rotation import missing_key
from verkosto.registrations.questions.registry import question_types
from verkosto.registrations.questions.types.base import QuestionType

MIDDLEWARE = "verkosto.registrations.admin.middleware.ConfirmApprovalMiddleware"
MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"


@register(Tags.urls)
def urls_are_included(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    name = "verkosto_registrations:request_link"
    return missing_urls(name, app="registrations", identifier="verkosto_registrations.W001")


@register()
def middleware_is_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return missing_middleware(
        MIDDLEWARE,
        purpose="approving a page from the dashboard notifies participants without asking first",
        after=MESSAGES,
        identifier="verkosto_registrations.W002",
    )


@register()
def calendar_address_has_a_place(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    address = conf.calendar_address()
    if not address or address.count("{key}") == 1:
        return []
    hint = 'Put it where the address may differ, such as "calendar+{key}@example.fi".'
    text = "REGISTRATION_CALENDAR_ADDRESS has no {key}, so calendars are asked for no answers."
    return [Error(text, hint=hint, id="verkosto_registrations.E003")]


@register(Tags.security)
def encryption_keys_are_keys(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report keys of ``SENSITIVE_ANSWERS_KEYS`` that are none, and a missing library."""
    keys = conf.sensitive_answers_keys()
    if not keys:
        return []
    try:
        cipher_of(keys)
    except ImproperlyConfigured as error:
        hint = "Make a key with: python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
        return [Error(f"SENSITIVE_ANSWERS_KEYS: {error}", hint=hint, id="verkosto_registrations.E004")]
    return []


@register(Tags.database)
def answers_can_be_decrypted(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report a key that is missing, by the first and the last sensitive answers in the database."""
    if not databases or not missing_key():
        return []
    text = "Sensitive answers are encrypted with a key that SENSITIVE_ANSWERS_KEYS does not have."
    hint = "Add the key at the end of the list. Without it, these answers are lost."
    return [Error(text, hint=hint, id="verkosto_registrations.E005")]


@register(Tags.files)
def uploads_have_a_storage(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn where the files that registrants send are kept in a folder that nobody chose."""
    if "private" in settings.STORAGES:
        return []
    line = (
        'STORAGES["private"] = {"BACKEND": "django.core.files.storage.FileSystemStorage", '
        '"OPTIONS": {"location": BASE_DIR / "private", "base_url": None}}'
    )
    return [
        Warning(
            "Files that registrants send are kept next to MEDIA_ROOT, in a folder named private.",
            hint=f"Choose where: {line}. No URL may lead there.",
            id="verkosto_registrations.W003",
        )
    ]


@register()
def sender_is_one_address(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Find a sender whom no mail server accepts, such as a name with a comma without quotes (RFC 5322 §3.4)."""
    found: list[CheckMessage] = []
    for setting in ("DEFAULT_FROM_EMAIL", "SERVER_EMAIL"):
        value = str(getattr(settings, setting, ""))
        addresses = [address for _name, address in getaddresses([value])]
        if len(addresses) != 1 or not all(addresses[0].rpartition("@")[::2]):
            hint = 'Write it as "Name <address>"; a name with a comma in quotes: \'"Verkosto, öst" <v@example.fi>\'.'
            found.append(Error(f"{setting} is not one address: {value}", hint=hint, id="verkosto_registrations.E001"))
    return found


@register()
def mails_have_a_worker(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if getattr(settings, "TASKS", None):
        return []
    hint = (
        'Install verkosto[tasks], add "django_tasks" and "django_tasks_db" to INSTALLED_APPS, set '
        'TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}, and run `manage.py db_worker`.'
    )
    return [Warning("Mails are sent while the visitor waits.", hint=hint, id="verkosto_registrations.W004")]


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
