"""Files that people were given or gave, as downloads that no browser opens."""

import logging

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

logger = logging.getLogger(__name__)


def attachment(file: FieldFile, filename: str, content_type: str = "application/octet-stream") -> FileResponse:
    """Return a file as an attachment that is neither cached, opened nor run. Raises Http404 if the store has lost it.

    A lost file is logged by its path in the store, which names nobody.
    """
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        logger.exception("%s is not in its store", file.name)
        raise Http404 from None
    response = FileResponse(opened, as_attachment=True, filename=filename, content_type=content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response
