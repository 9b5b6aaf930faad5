"""What the logs must not keep."""

import logging
import re

# Manage links and session keys: 43 characters of URL-safe base64 are 256 bits.
TOKEN = re.compile(r"[\w-]{43,}")
ADDRESS = re.compile(r"[^\s/@]+@[^\s/@]+")
# PostgreSQL tells with a violated constraint what stands in the row.
DETAIL = re.compile(r"^(DETAIL: ).*$", re.MULTILINE)


class RedactTokens(logging.Filter):
    """Puts ``[…]`` for tokens, e-mail addresses and the values of rows in a record's message and traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redacted(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = redacted(logging.Formatter().formatException(record.exc_info))
        return True


def redacted(text: str) -> str:
    """The text without what points to a person."""
    return DETAIL.sub(r"\1[…]", ADDRESS.sub("[…]", TOKEN.sub("[…]", text)))
