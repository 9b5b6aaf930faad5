"""Where a mail provider hands over the mails to the calendar's address."""

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from verkosto.registrations import conf
from verkosto.registrations.replies.parsing import MAX_SIZE
from verkosto.registrations.replies.reply_actions import take_mail


@csrf_exempt
@require_POST
def receive(request: HttpRequest, secret: str) -> HttpResponse:
    """Take one mail, sent as it is (message/rfc822). The URL is known to the provider alone.

    Whatever the mail is, the answer is the same: who guesses learns nothing, and the provider does not repeat it.
    """
    expected = conf.calendar_secret()
    if not expected or not constant_time_compare(secret, expected):
        raise Http404
    try:
        raw = request.read(MAX_SIZE + 1)
    except (OSError, RequestDataTooBig):
        return HttpResponse(status=400)
    take_mail(raw)
    return HttpResponse(status=204)
