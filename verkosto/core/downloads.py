"""Files that people were given or gave, as downloads that no browser opens."""

import logging

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

RETRY_AFTER = 60  # seconds


def attachment(
    file: FieldFile, filename: str, content_type: str = "application/octet-stream"
) -> FileResponse | HttpResponse:
    """Return a file as an attachment that is neither cached, opened nor run. Raises Http404 if the store has lost it.

    While the store cannot be read, the answer has status 503 and says so. A lost file is logged by its path in the store,
    which names nobody.
    """
    try:
        opened = file.open("rb")
        # A store on another machine sends the file when it is first read, which the response does here.
        response = FileResponse(opened, as_attachment=True, filename=filename, content_type=content_type)
    except FileNotFoundError:
        logger.exception("%s is not in its store", file.name)
        raise Http404 from None
    except OSError:
        logger.exception("The store of %s cannot be read", file.name)
        return _unreadable()
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _unreadable() -> HttpResponse:
    text = _("The file cannot be opened just now. It is safe. Try again in a few minutes.")
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store, private"}
    return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8", headers=headers)
