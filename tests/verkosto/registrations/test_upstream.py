"""What ``upstream`` says of Wagtail is still so. A test that fails here names what to look at after an upgrade."""

import inspect

import pytest
from django.urls import resolve, reverse
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.unpublish import UnpublishView

from verkosto.core import upstream as core_upstream
from verkosto.registrations import upstream


@pytest.mark.parametrize(
    ("view_name", "kwargs"),
    [
        (core_upstream.WORKFLOW_ACTION_VIEW, {"page_id": 1, "action_name": "approve", "task_state_id": 2}),
        (upstream.UNPUBLISH_VIEW, {"page_id": 1}),
        (core_upstream.API_ACTION_VIEW, {"pk": 1, "action_name": "publish"}),
    ],
)
def test_wagtails_views_have_these_names_and_arguments(view_name, kwargs):
    match = resolve(reverse(view_name, kwargs=kwargs))
    assert match.view_name == view_name
    assert {name: str(value) for name, value in match.kwargs.items() if name in kwargs} == {
        name: str(value) for name, value in kwargs.items()
    }


def test_wagtails_workflow_view_has_no_hook_and_answers_its_dialog_so():
    source = inspect.getsource(WorkflowAction)
    assert "hook" not in source, "Wagtail has a hook for approvals now: use it in place of the middleware."
    assert '{"step": "success", "redirect": self.redirect_url}' in source


def test_wagtails_unpublish_view_calls_its_hook_after_the_confirmation_only():
    assert "run_hook" not in inspect.getsource(UnpublishView.dispatch)
    assert '"before_unpublish_page"' in inspect.getsource(UnpublishView.unpublish)


def test_wagtails_api_publishes_without_a_hook():
    source = inspect.getsource(PublishPageAPIAction)
    assert "hook" not in source, "Wagtail has a hook for its API now: use it in place of the middleware."


@pytest.mark.parametrize(
    "field",
    [
        "action-workflow-action",
        "workflow-action-name",
        "workflow-action-extra-data",
        "action-submit",
        "action-restart-workflow",
    ],
)
def test_wagtails_editor_reads_these_fields(field):
    assert f'"{field}"' in inspect.getsource(EditView)


def test_wagtails_editor_saves_a_draft_so():
    source = inspect.getsource(EditView.perform_workflow_action)
    assert "self.form.save(commit=not self.page.live)" in source
    assert "self.page.save_revision(" in source
