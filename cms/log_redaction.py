"""Personal data and tokens are removed from the logs."""

import logging
import re

# Manage links and session keys: 43 characters of URL-safe base64 are 256 bits.
TOKEN = re.compile(r"[\w-]{43,}")
EMAIL_ADDRESS = re.compile(r"[^\s/@]+@[^\s/@]+")
# PostgreSQL's message about a violated constraint contains values of the row.
DETAIL = re.compile(r"^(DETAIL: ).*$", re.MULTILINE)


class RedactPersonalData(logging.Filter):
    """Replace tokens, email addresses and values of rows with ``[…]`` in a record's message and traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True


def redact(text: str) -> str:
    """Return the text without tokens, email addresses and values of rows."""
    return DETAIL.sub(r"\1[…]", EMAIL_ADDRESS.sub("[…]", TOKEN.sub("[…]", text)))
