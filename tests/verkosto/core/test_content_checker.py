"""Our checks are in Wagtail's content checker, and find what they name in our pages."""

import pytest
from django.test import Client, RequestFactory
from wagtail.admin.ui.side_panels import ChecksSidePanel

from home.models import HomePage, StandardPage
from tests.factories import StandardPageFactory
from verkosto.core.content_checker import CHECKS

pytestmark = pytest.mark.django_db


def test_content_checker_has_our_rules_with_their_texts(homes: dict[str, HomePage]) -> None:
    page: StandardPage = StandardPageFactory(parent=homes["fi"])

    configuration = ChecksSidePanel(page, RequestFactory().get("/")).get_axe_configuration()

    names = {name for name, *_ in CHECKS}
    rules = {rule["id"]: rule for rule in configuration["spec"]["rules"]}
    assert names <= {*configuration["options"]["runOnly"]} & {*rules} & {*configuration["messages"]}
    assert {"heading-order", "link-name", "image-alt", "alt-text-quality"} <= {*configuration["options"]["runOnly"]}


def test_page_without_a_version_has_the_element_that_the_check_finds(
    homes: dict[str, HomePage], client: Client
) -> None:
    page = StandardPageFactory(parent=homes["fi"])
    html = client.get(page.url).content.decode()
    assert ".missing-languages > li" in {selector for _, selector, *_ in CHECKS}
    assert '<ul class="missing-languages">' in html
