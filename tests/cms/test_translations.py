from cms.translations import NEWS, pages_that_register
from event_pages.models import EventPage


def test_the_site_answers_for_all_pages_in_two_queries(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert pages_that_register(None) == {}


def test_every_news_is_a_status_of_an_event():
    assert set(NEWS) < set(dict(EventPage._meta.get_field("status").choices))
