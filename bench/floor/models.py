"""What everything else is measured against: the least page and the plainest form that Wagtail has."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.api import APIField
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import StreamField
from wagtail.models import Page


class FloorPage(Page):
    """A title and one StreamField."""

    body = StreamField([("paragraph", blocks.TextBlock())])

    api_fields = [APIField("body")]


class PlainField(AbstractFormField):
    page = ParentalKey("floor.PlainFormPage", on_delete=models.CASCADE, related_name="form_fields")


class PlainFormPage(AbstractForm):
    """A form of ``wagtail.contrib.forms`` with a name and an address."""

    template = "floor/plain_form_page.html"
    landing_page_template = "floor/plain_form_page_landing.html"
