from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.registrations import event_with_desk, question
from verkosto.registrations.models import FormTemplate


@pytest.fixture
def event(db):
    starts_at = timezone.now() + timedelta(days=30)
    choice = question("choice", "Työpaja", choices=["Arki", "Juhla"])
    return event_with_desk(title="Verkostopäivä", questions=[choice], starts_at=starts_at, capacity=10)


def test_a_form_template_is_applied_with_new_keys(admin_client, event):
    url = reverse("verkosto_registrations_admin:form_template", args=[event.pk])
    admin_client.post(url, {"name": "Työpajat", "save": "1"})
    template = FormTemplate.objects.get()
    assert [block.value["label"] for block in template.questions] == ["Työpaja"]
    admin_client.post(url, {"template": template.pk, "start": "1"})
    event.refresh_from_db()
    draft = event.get_latest_revision_as_object()
    labels = [block.value["label"] for block in draft.questions]
    keys = {block.id for block in draft.questions}
    choices = {child.id for block in draft.questions for child in block.value["choices"].bound_blocks}
    assert (labels, len(keys), len(choices)) == (["Työpaja", "Työpaja"], 2, 4)
