import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import get_translatable_fields

from home.models import HomePage, StandardPage
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PrivacyNoticeFactory,
    StandardPageFactory,
    TopicFactory,
    VenueFactory,
    in_language,
    locale,
)
from verkosto.directory.models import Organisation, Person, PrivacyNotice, Topic, TopicLink, Venue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "facts", "words"),
    [
        (Organisation, {"logo"}, {"name", "abbreviation", "about"}),
        (Person, {"name", "email", "phone", "picture"}, {"title", "speciality", "biography", "organisation"}),
        (Venue, {"postal_code", "country", "map_url"}, {"name", "street_address", "city", "directions"}),
        (Topic, {"slug", "concept_url"}, {"name", "description"}),
        (PrivacyNotice, {"version", "valid_from", "legal_basis"}, {"title", "purpose", "rights", "controller"}),
    ],
)
def test_entry_translates_words_and_synchronises_facts(
    model: type[TranslatableMixin], facts: set[str], words: set[str]
) -> None:
    entry = model()
    fields = {field.field_name: field for field in get_translatable_fields(model)}

    assert {name for name in facts | words if fields[name].is_translated(entry)} == words


def test_topic_key_is_once_a_language() -> None:
    TopicFactory(slug="tyohyvinvointi")
    TopicFactory(slug="tyohyvinvointi", locale=locale("sv"))

    with override("en"), pytest.raises(ValidationError, match="Another topic of this language has the same key"):
        TopicFactory.build(slug="tyohyvinvointi", locale=locale("fi")).full_clean()


def test_concept_of_a_topic_is_stored_as_its_uri_and_once_a_language() -> None:
    topic = TopicFactory.build(locale=locale("fi"), concept_url="https://finto.fi/yso/fi/page/p1234")
    topic.full_clean()
    topic.save()
    assert topic.concept_url == "http://www.yso.fi/onto/yso/p1234"
    TopicFactory(locale=locale("sv"), concept_url=topic.concept_url)
    TopicFactory(concept_url=""), TopicFactory(concept_url="")

    with override("en"), pytest.raises(ValidationError) as refused:
        TopicFactory.build(locale=locale("fi"), concept_url="https://www.yso.fi/onto/yso/p1234").full_clean()
    assert refused.value.messages == ["Another topic of this language is the same concept."]


def test_topic_is_once_a_page(homes: dict[str, HomePage]) -> None:
    page, topic = StandardPageFactory(parent=homes["fi"]), TopicFactory()
    TopicLink.objects.create(page=page, topic=topic, locale=topic.locale)

    with pytest.raises(IntegrityError), transaction.atomic():
        TopicLink.objects.create(page=page, topic=topic, locale=topic.locale)


@pytest.mark.parametrize("count", [1, 30])
def test_topics_take_one_query(homes: dict[str, HomePage], django_assert_num_queries: object, count: int) -> None:
    page = StandardPageFactory(parent=homes["fi"])
    topics = [TopicFactory() for _ in range(count)]
    for order, topic in enumerate(topics):
        TopicLink.objects.create(page=page, topic=topic, locale=topic.locale, sort_order=order)
    page = StandardPage.objects.get(pk=page.pk)

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert page.topics == topics


def test_topics_follow_the_editor_before_the_page_is_saved(homes: dict[str, HomePage]) -> None:
    page, topic = StandardPageFactory(parent=homes["fi"]), TopicFactory()
    page.topic_links = [TopicLink(topic=topic, locale=topic.locale)]

    assert page.topics == [topic]


def test_topic_links_are_copied_for_a_translation(homes: dict[str, HomePage]) -> None:
    page, topic = StandardPageFactory(parent=homes["fi"]), TopicFactory()
    link = TopicLink.objects.create(page=page, topic=topic, locale=topic.locale)

    copied = in_language(page, "sv").topic_links.get()

    assert (copied.translation_key, copied.locale.language_code) == (link.translation_key, "sv")


def test_privacy_notice_version_exists_once() -> None:
    notice = PrivacyNoticeFactory(title="Seloste", version="1.0")

    with override("en"), pytest.raises(ValidationError, match="This version of the notice already exists"):
        PrivacyNoticeFactory.build(title="Seloste", version="1.0", locale=notice.locale).full_clean()


def test_privacy_notice_replaces_another() -> None:
    notice = PrivacyNoticeFactory()
    notice.replaces = notice

    with override("en"), pytest.raises(ValidationError, match="A notice cannot replace itself"):
        notice.full_clean()


def test_venue_has_its_address_on_one_line() -> None:
    venue = Venue(name="Talo", street_address="Esimerkkikatu 1", postal_code="00100", city="Helsinki")

    assert venue.address == "Esimerkkikatu 1, 00100 Helsinki"
    assert str(venue) == "Talo, Helsinki"


@pytest.mark.parametrize(
    "factory", [OrganisationFactory, PersonFactory, VenueFactory, TopicFactory, PrivacyNoticeFactory]
)
def test_entry_has_a_list_an_editor_and_a_preview(
    admin_client: Client, homes: dict[str, HomePage], factory: type
) -> None:
    entry = factory()
    base = f"/admin/snippets/verkosto_directory/{entry._meta.model_name}"

    assert str(entry).split(",")[0].split(" (")[0] in admin_client.get(f"{base}/").content.decode()
    assert admin_client.get(f"{base}/edit/{entry.pk}/").status_code == 200
    preview = entry.make_preview_request(preview_mode="")
    assert preview.status_code == 200
