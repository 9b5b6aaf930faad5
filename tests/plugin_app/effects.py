"""The example of each hook of docs/plugins.md, and what it does on a site."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from event_pages.event_types import event_types
from event_pages.online_meetings.joining_links import joining_link_of
from event_pages.online_meetings.reconciliation import reconcile_due
from event_pages.panels import network_page_types
from home.models import HomePage
from tests.factories.registrations import desk_of, event_with_desk, register
from tests.plugin_app import examples
from tests.plugin_app import wagtail_hooks as registered
from tests.plugin_app.models import ExcursionPage
from verkosto.accounts.middleware import sensitive_views
from verkosto.api.resources import resources
from verkosto.core.blocks.body import BodyBlock
from verkosto.core.followed_content import followed_page_kinds
from verkosto.core.health import find_all
from verkosto.core.jobs import engine
from verkosto.core.page_notices import page_notice_templates
from verkosto.core.publishing_rules import reason_not_to_publish
from verkosto.core.scheduled_work.runner import run_scheduled_work
from verkosto.core.stylesheets import stylesheets
from verkosto.localisation.states.deadlines import deadlines
from verkosto.localisation.workflow.related_translations import related_translations
from verkosto.registrations.admin.bulk_actions import bulk_actions
from verkosto.registrations.admin.menu import registrations_menu_item
from verkosto.registrations.admin.registration_columns import registration_columns
from verkosto.registrations.domain.eligibility import check_eligible
from verkosto.registrations.exceptions import NotEligible
from verkosto.registrations.exports import export_formats
from verkosto.registrations.mail.outbox import write
from verkosto.registrations.mail.personal_links import links_of
from verkosto.registrations.models import Job
from verkosto.registrations.privacy.personal_data import personal_data_stores
from verkosto.registrations.privacy.processing import Controller, activities, controller, recipients
from verkosto.registrations.questions.registry import question_types
from verkosto.subscriptions.follows import find_targets
from verkosto.webhooks import outbox
from verkosto.webhooks.models import Delivery, Endpoint
from verkosto.webhooks.webhook_events import webhook_events


def an_event_type() -> None:
    assert ("excursion", "Excursion") in event_types()


def a_block() -> None:
    assert "packing_list" in BodyBlock().child_blocks


def a_network_page_type() -> None:
    assert ExcursionPage in network_page_types()


def a_page_notice() -> None:
    assert "plugin_app/notice.html" in page_notice_templates()


def a_style_sheet() -> None:
    assert stylesheets()[-1] == "plugin_app/excursion.css"


def a_list_in_the_api() -> None:
    """Its rows are empty here: an excursion in the API is tested as every resource is (tests/event_pages/api)."""
    listed = {resource.name: resource.item for resource in resources()}
    assert listed["excursions"] is examples.ExcursionItem


def a_question_type() -> None:
    assert question_types()["distance"].label == "Distance"


def a_mail_kind() -> None:
    message = write("bus_leaves", recipient="aino@example.fi", language="fi")
    assert message is not None


def a_channel() -> None:
    assert write("bus_leaves", recipient="+358295000000", channel="sms") is not None


def an_export_format() -> None:
    assert export_formats()["txt"].content_type == "text/plain"


def a_job() -> None:
    job = engine.start(Job(kind="recount_visits", total=5))
    engine.run(job)
    job.refresh_from_db()
    assert (job.state, job.done, job.result) == ("done", 5, {"visits": 5})


def a_webhook_event() -> None:
    assert webhook_events()["walk.begun"].label == "A walk begins"
    Endpoint.objects.create(name="Map", url="https://map.example.fi/", events=["walk.begun"])
    assert outbox.write("walk.begun", {"place": "Nuuksio"}) == 1
    assert Delivery.objects.get().data == {"place": "Nuuksio"}


def a_column() -> None:
    assert registration_columns()["checked_in_at"].build().label == "Back from the forest"


def a_bulk_action() -> None:
    registration = register(desk_of(event_with_desk()), "aino@example.fi")
    bulk_actions()["lost"].apply(registration, user=None)
    registration.refresh_from_db()
    assert registration.attendance == "absent"


def a_menu_item() -> None:
    request = RequestFactory().get("/")
    request.user = get_user_model()(is_superuser=True, is_active=True)
    assert "maps" in [item.name for item in registrations_menu_item().menu.menu_items_for_request(request)]


def a_member_check() -> None:
    desk = desk_of(event_with_desk(eligibility="members"))
    assert check_eligible(desk, email="aino@example.fi", declared=False, code="") is None
    with pytest.raises(NotEligible):
        check_eligible(desk, email="other@example.fi", declared=False, code="")


def a_holder_of_personal_data() -> None:
    store = next(each for each in personal_data_stores() if each.name == "walks")
    assert store.data("aino@example.fi") == [{"place": "Nuuksio"}]


def an_activity() -> None:
    assert [str(each.title) for each in activities()][-1] == "Walks"


def a_recipient() -> None:
    (landlord,) = [each for each in recipients() if each.name == "The huts’ landlord"]
    night = event_with_desk(title="A night in a hut")
    walk = event_with_desk(title="A walk", index=night.get_parent())
    assert (landlord.receives(desk_of(night)), landlord.receives(desk_of(walk))) == (True, False)


def the_controller() -> None:
    assert controller() == Controller(name="Metsäseura", email="tietosuoja@example.fi")


def personal_links() -> None:
    assert links_of("walker@example.fi", "fi") == [("Walks", "https://example.fi/walks/fi/")]


def a_target() -> None:
    assert [target.link.title for target in find_targets([("excursions", "all")], "fi")] == ["Excursions"]


def a_followed_page() -> None:
    assert "New excursion" in [kind.new for kind in followed_page_kinds()]


def a_step() -> None:
    assert run_scheduled_work(["count_excursions"]) == {"count_excursions": 7}


def an_online_meeting() -> None:
    event = event_with_desk(attendance="online", meeting_provider="campfire")
    assert reconcile_due() == 1
    assert joining_link_of(event) == f"https://campfire.example.fi/{event.translation_key}"


def a_health_check() -> None:
    (found,) = [finding for check, finding in find_all() if check.name == "buses"]
    assert (found.status, found.summary, found.figures) == ("attention", "2 buses are late.", {"buses_late": 2})


def a_sensitive_view() -> None:
    assert "excursion_keys" in sensitive_views()


def a_publishing_rule() -> None:
    page = HomePage.objects.first() or event_with_desk().get_parent().specific
    page.title = "Talviretki"
    admin = get_user_model().objects.create_superuser("publisher", "publisher@example.fi", "x")
    assert reason_not_to_publish(admin, page) == "Excursions are not published in winter."


def a_translation_deadline() -> None:
    assert deadlines([]) is not None
    assert examples.deadlines_of_excursions([]) == {}


def a_related_translation() -> None:
    page = event_with_desk()
    assert "Map" in [row.label for row in related_translations(page, page)]


#: The example of each hook, and what it does.
EXAMPLES: dict[str, tuple[Callable[..., Any], Callable[[], None]]] = {
    "event_types": (registered.excursion, an_event_type),
    "body_blocks": (registered.packing_list, a_block),
    "network_page_types": (examples.network_page_types, a_network_page_type),
    "meeting_providers": (examples.meeting_providers, an_online_meeting),
    "page_notices": (examples.page_notices, a_page_notice),
    "api": (examples.api, a_list_in_the_api),
    "stylesheets": (examples.stylesheets, a_style_sheet),
    "question_types": (registered.distance, a_question_type),
    "mail_kinds": (registered.mail_kinds, a_mail_kind),
    "channels": (registered.text_messages, a_channel),
    "export_formats": (registered.addresses, an_export_format),
    "jobs": (examples.jobs, a_job),
    "webhook_events": (examples.webhook_events, a_webhook_event),
    "registration_columns": (examples.registration_columns, a_column),
    "bulk_actions": (examples.bulk_actions, a_bulk_action),
    "registrations_menu_item": (examples.menu_item, a_menu_item),
    "member_checks": (examples.member_checks, a_member_check),
    "personal_links": (examples.personal_links, personal_links),
    "personal_data": (examples.personal_data, a_holder_of_personal_data),
    "processing": (examples.processing, an_activity),
    "recipients": (examples.recipients, a_recipient),
    "controller": (examples.controller, the_controller),
    "subscription_targets": (examples.subscription_targets, a_target),
    "subscription_pages": (examples.subscription_pages, a_followed_page),
    "scheduled_work": (examples.scheduled_work, a_step),
    "health_checks": (examples.health_checks, a_health_check),
    "sensitive_views": (examples.sensitive_views, a_sensitive_view),
    "publishing_rules": (examples.publishing_rules, a_publishing_rule),
    "translation_deadlines": (examples.translation_deadlines, a_translation_deadline),
    "related_translations": (examples.related_translations, a_related_translation),
}
