"""What the worker does. Arguments are primary keys: they stay in the queue's table in plain sight."""

from django_tasks import task

from verkosto.registrations.mail import outbox


@task()
def deliver_message(message_pk: int) -> None:
    """Deliver one message of the outbox."""
    outbox.deliver(message_pk)


@task()
def deliver_due_messages() -> None:
    """Deliver everything that is due."""
    while outbox.deliver_due():
        pass


@task()
def project_desk(page_pk: int) -> None:
    """Bring a desk in line with a published page again."""
    # The projection knows pages, which the worker's other tasks do not need.
    from wagtail.models import Page

    from verkosto.registrations.sync.desk import project

    if page := Page.objects.filter(pk=page_pk).specific().first():
        project(page)
