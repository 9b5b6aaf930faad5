"""The private API that `verkosto.core.upstream` uses: these tests fail when Wagtail, Willow or modelcluster moves it."""

import inspect
import re
from collections.abc import Callable
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django import forms
from django.test import Client, RequestFactory
from django.urls import reverse
from modelcluster.models import ClusterableModel
from wagtail.actions.copy_page import CopyPageAction
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from willow.plugins.pillow import PillowImage
from willow.registry import registry

from home.models import HomePage, StandardPage
from tests.factories import StandardPageFactory, TopicFactory
from verkosto.core import images, upstream
from verkosto.core.copied_rows import CopyRowsMixin
from verkosto.directory.models import TopicLink


@pytest.mark.django_db
def test_wagtail_reads_the_stored_site(django_assert_num_queries: Callable[[int], Any]) -> None:
    request, site = RequestFactory().get("/"), Site(hostname="set.example.fi")

    upstream.set_site(request, site)

    with django_assert_num_queries(0):
        found = Site.find_for_request(request)
    assert found is site, "Site.find_for_request no longer reads request._wagtail_site"


def test_wagtail_reads_the_stored_route(
    homes: dict[str, HomePage], django_assert_num_queries: Callable[[int], Any]
) -> None:
    request, route = RequestFactory().get("/fi/"), RouteResult(homes["sv"], [], {})

    upstream.set_route(request, route)

    with django_assert_num_queries(0):
        found = Page.route_for_request(request, "fi/")
    assert found is route, "Page.route_for_request no longer reads request._wagtail_route_for_request"


@pytest.mark.parametrize("file_type", upstream.IMAGE_FILES, ids=lambda file_type: file_type.__name__)
def test_willow_opens_every_image_file_without_metadata(file_type: type) -> None:
    converter = registry._registered_converters.get((file_type, PillowImage))
    assert converter is images.open_without_metadata, "Willow's registry no longer uses registered converters"


def test_no_kind_of_image_file_is_left_to_willow() -> None:
    pillow_converters = {file_type for file_type, to in registry._registered_converters if to is PillowImage}
    missing = {file_type.__name__ for file_type in pillow_converters} - {
        each.__name__ for each in upstream.IMAGE_FILES
    }
    assert missing == set(), "Willow opens more types of image files than IMAGE_FILES names"


def test_wagtail_gives_a_key_as_text_and_as_uuid_the_same_new_key(homes: dict[str, HomePage]) -> None:
    action, key = CopyPageAction(homes["fi"]), uuid4()
    new_key = action.generate_translation_key(key)
    assert action.generate_translation_key(str(key)) == new_key != key, (
        "CopyPageAction.generate_translation_key no longer keeps the new keys by the old ones"
    )


def test_wagtail_copies_pages_through_the_patched_methods(
    homes: dict[str, HomePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    def record(owner: type, name: str) -> None:
        original = getattr(owner, name)

        def recorder(self: Any, *args: Any, **kwargs: Any) -> Any:
            called.append(name)
            return original(self, *args, **kwargs)

        monkeypatch.setattr(owner, name, recorder)

    page = StandardPageFactory(parent=homes["fi"])
    page.topic_links.add(TopicLink(topic=TopicFactory()))
    page.save_revision().publish()
    record(CopyPageAction, "generate_translation_key")
    record(CopyRowsMixin, "copy_child_relation")
    record(CopyRowsMixin, "get_latest_revision_as_object")
    StandardPage.objects.get(pk=page.pk).copy(update_attrs={"slug": "copy"})
    assert {*called} == {"generate_translation_key", "copy_child_relation", "get_latest_revision_as_object"}, (
        "Wagtail copies pages without one of the methods that CopyRowsMixin and upstream.py change"
    )


def test_modelcluster_copies_child_relations_with_the_same_arguments() -> None:
    ours = inspect.signature(CopyRowsMixin.copy_child_relation)
    theirs = inspect.signature(ClusterableModel.copy_child_relation)
    assert [*ours.parameters] == [*theirs.parameters], "ClusterableModel.copy_child_relation has other arguments"


def test_form_that_copies_pages_shows_fields_of_our_own(homes: dict[str, HomePage], admin_client: Client) -> None:
    class NamedCopyForm(CopyForm):
        note = forms.CharField(label="Our own field")

    page = StandardPageFactory(parent=homes["fi"])
    with patch.object(StandardPage, "copy_form_class", NamedCopyForm):
        html = admin_client.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).content.decode()

    missing = {"new_title", "new_slug", "new_parent_page", "note"} - {*re.findall(r'name="([a-z_]+)"', html)}
    assert missing == set(), "Wagtail's CopyView no longer uses its template_name"


def test_wagtail_reads_the_stored_parents_workflow_states_and_chosen_objects(
    homes: dict[str, HomePage], django_assert_num_queries: Callable[[int], Any]
) -> None:
    page, topic, chooser = StandardPageFactory(parent=homes["fi"]), TopicFactory(), BaseChooser()
    chooser.model = type(topic)
    upstream.remember_parents([page])
    upstream.remember_workflow_state(page)
    upstream.remember_instances(chooser, {str(topic.pk): topic})
    with django_assert_num_queries(0):
        assert page.get_parent().pk == homes["fi"].pk, "MP_Node.get_parent no longer reads _cached_parent_obj"
        assert page.current_workflow_state is None, "Wagtail no longer reads _current_workflow_states"
        assert chooser.get_value_data(topic.pk)["id"] == topic.pk, "BaseChooser no longer calls get_instance"


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["%(name)s", "1.5", "9" * 400, "[]"])
def test_chooser_of_a_form_that_is_shown_again_shows_nothing_for_what_is_no_key(value: str) -> None:
    """Fuzz: Wagtail's chooser failed where it should have shown the form with its error."""
    assert AdminPageChooser().get_value_data(value) is None


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ['"', 'a"', '"a', "a'b", '"Verkosto" a"', '\\"'])
def test_search_of_the_admin_takes_quotation_marks(
    admin_client: Client, homes: dict[str, HomePage], asked: str
) -> None:
    """Fuzz: on SQLite a single one was an error."""
    for path in ("/admin/pages/1/results/", "/admin/pages/search/results/", "/admin/images/results/"):
        answer = admin_client.get(path, {"q": asked})
        assert answer.status_code == 200
        assert asked == '"' or not list(answer.context["object_list"])  # one alone asks for nothing


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["verkosto", '"verkosto"'])
def test_search_with_quotation_marks_finds_what_it_finds_without(
    admin_client: Client, homes: dict[str, HomePage], asked: str
) -> None:
    assert "Verkosto" in admin_client.get("/admin/pages/search/results/", {"q": asked}).content.decode()
