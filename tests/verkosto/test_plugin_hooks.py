"""Every hook of docs/plugins.md has an example that is run here (finding: most had none)."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from wagtail import hooks

from event_pages.online_meetings.providers import meeting_providers
from tests.factories.registrations import desk_of, event_with_desk
from tests.plugin_app import wagtail_hooks as registered
from tests.plugin_app.effects import EXAMPLES
from verkosto.accounts.middleware import sensitive_views
from verkosto.api.resources import resources
from verkosto.core.followed_content import followed_page_kinds, target_kinds
from verkosto.core.health import health_checks
from verkosto.core.jobs.registry import job_kinds
from verkosto.core.page_notices import page_notice_templates
from verkosto.core.scheduled_work.registry import steps
from verkosto.registrations import checks
from verkosto.registrations.domain.eligibility import member_checks
from verkosto.registrations.exports import export_formats
from verkosto.registrations.mail.channels import UnknownChannel, channels
from verkosto.registrations.mail.kinds import MailKind, UnknownMailKind, mail_kinds
from verkosto.registrations.mail.outbox import write, write_many
from verkosto.registrations.mail.personal_links import other_links
from verkosto.registrations.models import Message
from verkosto.registrations.privacy.personal_data import personal_data_stores
from verkosto.registrations.questions.registry import question_types
from verkosto.webhooks.webhook_events import webhook_events

pytestmark = pytest.mark.django_db
PREFIX = "register_verkosto_"
CACHED = (
    job_kinds, page_notice_templates, member_checks, personal_data_stores, mail_kinds, channels, question_types,
    export_formats, other_links, resources, target_kinds, followed_page_kinds, steps, webhook_events,
    health_checks, meeting_providers, sensitive_views,
)  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_registries() -> Any:
    for registry in CACHED:
        registry.cache_clear()
    yield
    for registry in CACHED:
        registry.cache_clear()


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_of_a_hook_does_what_it_says(name: str) -> None:
    example, effect = EXAMPLES[name]
    if example.__module__ == registered.__name__:
        effect()
        return
    with hooks.register_temporarily(PREFIX + name, example, order=1000):
        effect()


def test_every_hook_is_documented_and_has_an_example() -> None:
    guide = Path(settings.BASE_DIR, "docs/plugins.md").read_text()
    documented = set(re.findall(rf"^\| `{PREFIX}(\w+)`", guide, re.MULTILINE))
    rooms = ("verkosto", "event_pages", "network_pages")
    sources = "".join(path.read_text() for room in rooms for path in Path(settings.BASE_DIR, room).rglob("*.py"))
    called = set(re.findall(rf'"{PREFIX}(\w+)"', sources))
    assert documented == called == set(EXAMPLES)


def test_unknown_kind_or_channel_is_refused_when_written(desk: Any) -> None:
    """Finding: ``outbox.write`` took an unknown kind, which failed at delivery with a KeyError."""
    with pytest.raises(UnknownMailKind):
        write("no_such_kind", recipient="a@example.fi")
    with pytest.raises(UnknownMailKind):
        write_many("no_such_kind", [], context=lambda registration: {})
    with pytest.raises(UnknownChannel):
        write("links", recipient="a@example.fi", channel="pigeon")
    assert not Message.objects.exists()


@pytest.fixture
def desk(db: None) -> Any:
    return desk_of(event_with_desk())


@pytest.mark.parametrize(
    ("hook", "returned", "problem"),
    [
        ("mail_kinds", lambda: [MailKind(name="x" * 41, label="", subject="", body="")], "longer than 40 characters"),
        ("mail_kinds", lambda: [MailKind(name="two words", label="", subject="", body="")], "not made of letters"),
        ("mail_kinds", lambda: 1 / 0, "ZeroDivisionError"),
        ("channels", lambda: {"pigeon": "not a function"}, "'pigeon' is a str"),
        ("jobs", lambda: {"count": None}, "'count' is a NoneType"),
        ("question_types", lambda: [MailKind(name="bird", label="", subject="", body="")], "'bird' is a MailKind"),
        ("export_formats", lambda: [MailKind(name="pdf", label="", subject="", body="")], "'pdf' is a MailKind"),
    ],
)
def test_system_check_finds_what_a_plugin_registers_wrongly(hook: str, returned: Any, problem: str) -> None:
    assert checks.extensions_are_usable(None) == []
    for registry in CACHED:
        registry.cache_clear()
    with hooks.register_temporarily(PREFIX + hook, returned):
        (found,) = checks.extensions_are_usable(None)
    assert problem in found.msg
    assert hook in found.msg
