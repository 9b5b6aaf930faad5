"""Personal data and tokens are removed from the logs."""

import logging
import re

# Manage links and session keys: 43 characters of URL-safe base64 are 256 bits.
TOKEN = re.compile(r"[\w-]{43,}")
# From the beginning of a word only, so that each character is looked at once, whatever the text.
EMAIL_ADDRESS = re.compile(r"(?<![^\s/@])[^\s/@]+(?:@[^\s/@]+)+")
# PostgreSQL's message about a violated constraint contains values of the row.
DETAIL = re.compile(r"^(DETAIL: ).*$", re.MULTILINE)
# Characters of a message or traceback that are written; of a longer one the beginning and, for the error, the end.
MAX_LENGTH = 20_000


class RedactPersonalData(logging.Filter):
    """Replace tokens, email addresses and values of rows with ``[…]`` in a record's message and traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True


def redact(text: str) -> str:
    """Return the text without tokens, email addresses and values of rows, and without the middle of a very long one."""
    text = DETAIL.sub(r"\1[…]", text)
    if len(text) > MAX_LENGTH:
        text = f"{_first_words(text[: MAX_LENGTH // 2])} […] {_last_words(text[-MAX_LENGTH // 2 :])}"
    return EMAIL_ADDRESS.sub("[…]", TOKEN.sub("[…]", text))


def _first_words(text: str) -> str:
    # Half a token or address would not be recognised.
    return text[: max(text.rfind(" "), text.rfind("\n"), 0)]


def _last_words(text: str) -> str:
    found = [position for position in (text.find(" "), text.find("\n")) if position >= 0]
    return text[min(found) + 1 :] if found else ""
