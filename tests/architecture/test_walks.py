"""The tables of docs/architecture.md name the modules of three changes in their order, and each that is returned to."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Page, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from event_pages.models import EventPage
from tests.architecture.walks import called_modules, read_walk, returned_to, sources_of
from tests.factories.registrations import desk_of, event_with_desk, question, register
from tests.verkosto.localisation.conftest import translate_strings
from tests.verkosto.localisation.editing import save_text
from tests.verkosto.registrations.form_posts import address, fill

ANSWER = "A visitor's answer, from POST to export column"
START_TIME = "A changed start time, from publishing to the calendar"
TEXT = "A translated text to the published page"


@pytest.fixture
def event(db):
    starts_at = (timezone.now() + timedelta(days=30)).replace(second=0, microsecond=0)
    return event_with_desk(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), capacity=10)


@pytest.fixture
def swedish(event, django_capture_on_commit_callbacks):
    """The event's published translation."""
    locale = Locale.objects.get(language_code="sv")
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(event.get_parent().specific, [locale])
        event.get_parent().specific.get_translation(locale).save_revision().publish()
        translate_object(event, [locale])
    translation = Translation.objects.get(source__object_id=event.translation_key, target_locale=locale)
    translate_strings(translation.source, locale)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    return translation


@pytest.mark.parametrize("heading", [ANSWER, START_TIME, TEXT])
def test_tables_name_functions_that_their_modules_have(heading):
    walk = read_walk(heading)
    assert len(walk.steps) > 5
    missing = [
        (module, name)
        for module, name in walk.functions
        if f"def {name}(" not in sources_of(module) and f"class {name}" not in sources_of(module)
    ]
    assert missing == []


def test_an_answer_is_registered_and_exported(db, client, admin_client, django_capture_on_commit_callbacks):
    topic = question("choice", "Työpaja", choices=[("Arki", 5)])
    desk = desk_of(event_with_desk(questions=[topic], capacity=10))
    data = fill(desk) | {f"q-{topic['id']}": topic["value"]["choices"][0]["id"]}
    with called_modules() as called:
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(address(desk), data)
        client.get(answer["Location"])
        url = reverse("verkosto_registrations_admin:export", args=[desk.pk])
        file = admin_client.post(url, {"format": "csv", "language": "fi"})
        assert "Arki" in b"".join(file.streaming_content).decode()
    walk = read_walk(ANSWER)
    assert returned_to(walk, called) == walk.returned_to


def test_a_start_time_reaches_translations_and_registrants(
    event, swedish, admin_client, django_capture_on_commit_callbacks
):
    register(desk_of(event), "a@example.fi")
    page = EventPage.objects.get(pk=event.pk)
    page.starts_at += timedelta(hours=1)
    page.title = "Webinaari tunnin myöhemmin"
    page.save_revision()
    # The steps of the transaction: the later ones follow the commit, in any order of the worker and the visitors.
    with django_capture_on_commit_callbacks(execute=True), called_modules() as called:
        admin_client.post(reverse("verkosto_registrations_admin:announce", args=[event.pk]))
    assert EventPage.objects.get(locale__language_code="sv").starts_at == page.starts_at
    walk = read_walk(START_TIME)
    walk.steps = walk.steps[:7]
    assert returned_to(walk, called) <= walk.returned_to


def test_a_text_is_saved_submitted_approved_and_public(swedish, admin_client, django_capture_on_commit_callbacks):
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Approve"))
    WorkflowPage.objects.update_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})
    segment = swedish.source.stringsegment_set.select_related("string", "context").get(context__path="title")
    page = swedish.get_target_instance()
    with called_modules() as called:
        with django_capture_on_commit_callbacks(execute=True):
            save_text(admin_client, swedish, segment, "Ny rubrik")
        with django_capture_on_commit_callbacks(execute=True):
            admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "submit"})
        state = Page.objects.get(pk=page.pk).current_workflow_task_state
        approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        with django_capture_on_commit_callbacks(execute=True):
            admin_client.post(approve, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    assert EventPage.objects.get(pk=page.pk).title == "Ny rubrik"
    walk = read_walk(TEXT)
    assert returned_to(walk, called) == walk.returned_to
