from verkosto.core.jobs import engine
from verkosto.registrations.admin import duplicates
from verkosto.registrations.admin.duplicates import find_duplicates
from verkosto.registrations.models import Job


def names(groups):
    return [[row.name for row in group] for group in groups]


def test_duplicates_by_name_in_any_order_and_by_mailbox(desk, make_registration):
    make_registration(desk, name="Åke Ängström")
    make_registration(desk, name="Ängström Åke")
    make_registration(desk, name="A. Ake", email="a.virtanen@example.org")
    make_registration(desk, name="Aino Virtanen", email="avirtanen+work@example.org")
    make_registration(desk, name="Aino")
    make_registration(desk, name="Aino")
    make_registration(desk, name="Åke Ängström", status="cancelled")
    assert names(find_duplicates(desk)) == [["Åke Ängström", "Ängström Åke"], ["A. Ake", "Aino Virtanen"]]


def test_job_finds_the_same_and_stores_no_person(desk, make_registration, admin):
    make_registration(desk, name="Åke Ängström")
    make_registration(desk, name="Ängström Åke")
    make_registration(desk, name="Aino")
    expected = find_duplicates(desk)

    job = duplicates.start_search(desk, admin)
    engine.run(job)

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert job.result == {"groups": [[row.pk for row in expected[0]]], "found": 1}
    assert duplicates.load_groups(desk, job.result["groups"]) == expected


def test_search_that_was_interrupted_begins_again(desk, make_registration, admin, monkeypatch):
    monkeypatch.setattr(duplicates, "PORTION", 1)
    for name in ("Aino Virtanen", "Virtanen Aino", "Oiva"):
        make_registration(desk, name=name)
    job = duplicates.start_search(desk, admin)
    Job.objects.filter(pk=job.pk).update(done=2)
    engine.run(job)
    job.refresh_from_db()
    assert (job.state, job.done, job.result["found"]) == ("done", 3, 1)


def test_comparing_takes_two_queries_however_many_registered(desk, make_registration, django_assert_num_queries):
    for count in (1, 30):
        for number in range(count):
            make_registration(desk, name=f"Aino Virtanen {count} {number}")
            make_registration(desk, name=f"Virtanen Aino {number} {count}")
        with django_assert_num_queries(2):
            find_duplicates(desk)
