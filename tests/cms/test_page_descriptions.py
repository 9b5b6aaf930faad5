"""Editors choose a page type by its name and what it is for."""

from django.utils.translation import override
from wagtail.models import get_page_models


def test_every_type_that_editors_can_add_has_a_description_in_three_languages() -> None:
    """Finding: calendars, lists of networks and programmes had none."""
    types = [model for model in get_page_models() if model.is_creatable and model.__module__.split(".")[0] != "tests"]
    missing = []
    for model in types:
        descriptions = []
        for language in ("en", "fi", "sv"):
            with override(language):
                descriptions.append(str(model.page_description or ""))
        if "" in descriptions or len(set(descriptions)) < 3:
            missing.append(model.__name__)

    assert len(types) > 10
    assert missing == []
