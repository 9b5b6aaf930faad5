"""Requests that no form of ours sends: status 400 instead of an error of the server."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError
from django.forms import CharField, Form
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page

from cms.malformed_requests import is_malformed
from home.models import HomePage


def raised(call: Callable[[], object]) -> BaseException:
    with pytest.raises((ValueError, AttributeError, ValidationError)) as failed:
        call()
    return failed.value


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_choose_page_external_link",
        "wagtailredirects:process_import",
        "wagtailsnippetchoosers_home_sitesettings:create",
        "wagtailsnippetchoosers_verkosto_registrations_formtemplate:create",
    ],
)
def test_form_without_the_fields_that_browsers_send_is_refused(admin_client: Client, name: str) -> None:
    """Fuzz: forms of Wagtail failed on them, and choosers in which nothing is created on any form."""
    for content_type in ("application/json", "application/x-www-form-urlencoded"):
        assert admin_client.post(reverse(name), "null", content_type=content_type).status_code == 400


class Failing(Form):
    a = CharField(required=False)
    b = CharField(required=False)

    def clean(self) -> dict[str, object]:
        raise AttributeError("a bug")


@pytest.mark.parametrize(("sent", "is_incomplete"), [({"a": "", "b": ""}, False), ({"a": ""}, True)])
def test_bug_in_a_whole_form_stays_an_error(sent: dict[str, str], is_incomplete: bool) -> None:
    request = RequestFactory().post("/")
    assert is_malformed(request, raised(Failing(sent).is_valid)) is is_incomplete


@pytest.mark.django_db
def test_rows_are_not_looked_up_by_what_no_key_can_be(homes: dict[str, HomePage]) -> None:
    """Fuzz: submitting a translation failed on text and on thirty digits as the id of a language."""
    request = RequestFactory().get("/")
    for look_up in (
        lambda: Page.objects.filter(pk__in=["x"]),
        lambda: Page.objects.filter(pk="x"),
        lambda: Page.objects.filter(translation_key="x"),
    ):
        assert is_malformed(request, raised(look_up))
    # A wrong value that is stored is a fault of ours.
    homes["fi"].sort_order = homes["fi"].path = homes["fi"].depth = "x"  # type: ignore[assignment]
    assert not is_malformed(request, raised(homes["fi"].save_base))


@pytest.mark.parametrize(("state", "is_out_of_range"), [("22003", True), ("22001", False), ("", False)])
def test_number_that_postgresql_cannot_hold_is_no_key_and_a_text_that_is_too_long_is_an_error(
    state: str, is_out_of_range: bool
) -> None:
    error = DataError("…")
    error.__cause__ = ValueError()
    error.__cause__.sqlstate = state  # type: ignore[attr-defined]
    assert is_malformed(RequestFactory().get("/"), error) is is_out_of_range
    assert not is_malformed(RequestFactory().get("/"), ValidationError("…"))


def test_ids_in_a_bulk_submission_name_languages(admin_client: Client, homes: dict[str, HomePage]) -> None:
    path = reverse("wagtail_localize:submit_page_translation", args=[homes["fi"].pk])
    before = Page.objects.count()
    answer = admin_client.post(path, {"locales": ["x", "9" * 30], "include_subtree": "on"})
    assert (answer.status_code in (200, 400), Page.objects.count()) == (True, before)
