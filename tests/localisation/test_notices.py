from django.core import mail
from django.core.management import call_command

from localisation.counting import recount
from localisation.models import Notice, NoticePreference
from localisation.notices import notify_urgently, send_notices


def outdated(talk):
    talk.intro = "Uusi johdanto"
    talk.save_revision().publish()
    recount()


def test_a_digest_goes_to_the_translators_of_the_language(talk, swedish, make_user):
    user = make_user("sv", "change_page")
    user.email = "sv@example.org"
    user.save()
    outdated(talk)
    call_command("send_translation_digest")
    send_notices.call()
    assert [message.to for message in mail.outbox] == [["sv@example.org"]]
    assert f"/admin/pages/{swedish.pk}/edit/" in mail.outbox[0].body
    send_notices.call()
    assert len(mail.outbox) == 1


def test_each_person_chooses(talk, swedish, make_user):
    user = make_user("sv", "change_page")
    user.email = "sv@example.org"
    user.save()
    NoticePreference.objects.create(user=user, digest=False, urgent=False)
    outdated(talk)
    call_command("send_translation_digest")
    assert notify_urgently(original=talk, reason="!") == 0
    assert not Notice.objects.exists()


def test_what_cannot_wait_is_told_at_once(talk, swedish, make_user):
    user = make_user("sv", "change_page")
    user.email = "sv@example.org"
    user.save()
    assert notify_urgently(original=talk, reason="Cancelled") == 1
    assert "Cancelled" in Notice.objects.get().body
