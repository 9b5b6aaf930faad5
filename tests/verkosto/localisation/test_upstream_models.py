"""How our models are declared, so that wagtail-localize carries their texts and keys."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.migrations import AddField, CreateModel
from django.db.migrations.loader import MigrationLoader
from django.test.utils import isolate_apps
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import BootstrapTranslatableModel, Orderable, TranslatableMixin
from wagtail_localize.fields import TranslatableField, get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from event_pages.models import EventPage
from tests.verkosto.localisation.test_upstream_fields import extracted
from tests.verkosto.localisation.testapp.models import Badge, TalkPage
from verkosto.localisation.facts import may_differ
from verkosto.localisation.sync.original_changes import NotOriginalError, make_original


def installed(model):
    return model.__module__.split(".")[0] in {path.name for path in settings.BASE_DIR.iterdir()} - {"tests"}


OURS = [model for model in apps.get_models() if installed(model)]
TRANSLATED = [model for model in OURS if issubclass(model, TranslatableMixin)]
CHILDREN = [model for model in OURS if any(isinstance(field, ParentalKey) for field in model._meta.local_fields)]


def test_ours_are_looked_at():
    assert {model.__name__ for model in TRANSLATED} >= {"EventPage", "AgendaItem", "PrivacyNotice", "SiteSettings"}
    assert {model.__name__ for model in CHILDREN} >= {"AgendaItem", "Speaker", "TopicLink"}


def test_no_code_and_no_address_goes_to_translators():
    """Every text without choices would: whoever adds one says here that it is words, or synchronises it."""
    words = {
        field.field_name
        for model in TRANSLATED
        for field in get_translatable_fields(model)
        if type(field) is TranslatableField and isinstance(field.get_field(model), models.CharField)
    }
    assert words == {
        *{"title", "slug", "seo_title", "name", "subtitle", "tagline", "description", "term", "theme", "role"},
        *{"listing_image_alt", "picture_alt", "byline", "room", "street_address", "city", "abbreviation"},
        *{"assessment", "audience_declaration", "price", "early_price", "late_price", "speciality"},
        *{"provider_name", "organisation", "scope", "law"},
    }


def test_no_key_and_no_row_differs_in_one_language():
    """A translator detached venue, agenda, questions, speakers and organisers, and readers were sent to the old town."""
    differing = {
        field.field_name
        for model in TRANSLATED
        for field in get_translatable_fields(model)
        if may_differ(model, field.field_name)
        and not isinstance(field.get_field(model), models.CharField | models.TextField | StreamField)
    }
    # Pictures, files and counts that a model lets each language choose on purpose.
    assert differing == {
        *{"listing_image", "share_image", "invitation", "read_more"},
        *{"event_count", "network_count", "news_count", "news_months"},
    }
    assert {may_differ(EventPage, name) for name in ("venue", "agenda_items", "speakers", "questions")} == {False}
    assert {may_differ(EventPage, name) for name in ("body", "contacts", "summary")} == {True}


@pytest.mark.parametrize("model", [model for model in TRANSLATED if issubclass(model, Orderable)])
def test_a_child_with_words_keeps_both_its_key_and_its_order(model):
    """With the first base of `Meta` alone the check passes and the order is lost."""
    assert model._meta.ordering == ["sort_order"]
    assert model.check() == []


@isolate_apps("tests.verkosto.localisation.testapp")
def test_what_upstream_checks_of_a_child():
    class Keyed(TranslatableMixin, Orderable):
        class Meta(TranslatableMixin.Meta):
            app_label = "localisation_testapp"

    class Bare(TranslatableMixin, Orderable):
        class Meta:
            app_label = "localisation_testapp"

    found = [{error.id for error in model.check()} & {"wagtailcore.E003"} for model in (Keyed, Bare)]
    assert (Keyed._meta.ordering, found) == ([], [set(), {"wagtailcore.E003"}])


def test_nothing_points_at_a_child_that_is_made_anew_at_each_save():
    volatile = [model for model in CHILDREN if not issubclass(model, TranslatableMixin)]
    pointing = [
        f"{model.__name__}.{field.name}"
        for model in OURS
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and not isinstance(field, ParentalKey)
        and field.related_model in volatile
    ]
    assert pointing == []


def test_every_many_to_many_is_declared():
    """#820: upstream's own list leaves them out, and they never follow."""
    undeclared = [
        f"{model.__name__}.{field.name}"
        for model in TRANSLATED
        for field in model._meta.many_to_many
        if isinstance(field, ParentalManyToManyField)
        and field.name not in {known.field_name for known in get_translatable_fields(model)}
    ]
    assert undeclared == []


def test_a_unique_field_keeps_the_second_language_from_being_made(locales):
    """#484, in silence; none of ours has one: `test_no_translatable_field_is_unique_alone`."""
    badge = Badge.objects.create(code="a", locale=locales["fi"])
    translate_object(badge, [locales["sv"]])
    assert not badge.has_translation(locales["sv"])


def keyless(operations):
    """The models that get a key by an added field: its default is asked once, so all their rows would get the same."""
    added = {
        operation.model_name
        for operation in operations
        if isinstance(operation, AddField) and operation.name == "translation_key"
    }
    return added if not any(isinstance(operation, BootstrapTranslatableModel) for operation in operations) else set()


def test_rows_older_than_the_mixin_get_keys_of_their_own():
    """#737."""
    key = models.UUIDField(null=True)
    added = AddField("person", "translation_key", key)
    assert keyless([CreateModel("venue", [("translation_key", key)])]) == set()
    assert keyless([added]) == {"person"}
    assert keyless([added, BootstrapTranslatableModel("verkosto_directory.Person")]) == set()
    labels = {model._meta.app_label for model in OURS}
    by_app = {label: [] for label in labels}
    for (label, _name), migration in MigrationLoader(None).disk_migrations.items():
        if label in labels:
            by_app[label] += migration.operations
    assert {label: keyless(operations) for label, operations in by_app.items() if keyless(operations)} == {}


def test_what_cannot_carry_this_is_not_installed():
    """Wagtail's forms lose answers with the page; the other two are wrong after a change, or leak into titles."""
    unfit = {"wagtail.contrib.forms", "wagtail_localize_dashboard", "wagtail_localize_intentional_blanks"}
    assert unfit.isdisjoint(settings.INSTALLED_APPS)
    assert settings.WAGTAIL_PAGE_MODEL == "wagtailcore.Page"


def item(value):
    """As Wagtail stores it; items of the older kind, without ids, are not read."""
    return {"type": "item", "id": "5f0e4b7e-7f0b-4c4e-9a53-a2a1d3a6a9a2", "value": value}


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (blocks.RichTextBlock(), "<p>Sana</p>"),
        (blocks.BlockQuoteBlock(), "Sana"),
        (blocks.ListBlock(blocks.StructBlock([("label", blocks.CharBlock())])), [item({"label": "Sana"})]),
        (
            blocks.StreamBlock([("inner", blocks.StructBlock([("text", blocks.TextBlock())]))]),
            [{"type": "inner", "id": "5f0e4b7e-7f0b-4c4e-9a53-a2a1d3a6a9a1", "value": {"text": "Sana"}}],
        ),
    ],
)
def test_words_in_nested_blocks_are_read(block, value):
    assert extracted(block, value) == ["Sana"]


def test_a_second_source_for_a_target_is_refused(talk, swedish, locales, django_capture_on_commit_callbacks):
    """#878: the editor would answer 500."""
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(talk, [locales["en"]])
        with pytest.raises(NotOriginalError), transaction.atomic():
            translate_object(swedish, [locales["en"]])
        with pytest.raises(NotOriginalError), transaction.atomic():
            translate_object(swedish, [talk.locale])
    targets = Translation.objects.filter(source__object_id=talk.translation_key).order_by("target_locale")
    assert list(targets.values_list("source__locale", "target_locale")) == [
        (talk.locale.pk, pk) for pk in sorted((locales["sv"].pk, locales["en"].pk))
    ]


def test_another_original_leaves_one_source_a_target(talk, swedish, client, admin_user, locales):
    """#878 once more: what was made from the first original is made from the second from now on."""
    make_original(swedish)
    sources = TranslationSource.objects.filter(object_id=talk.translation_key, translations__isnull=False)
    assert [source.locale for source in sources] == [locales["sv"]]
    client.force_login(admin_user)
    for page in TalkPage.objects.filter(translation_key=talk.translation_key):
        assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
