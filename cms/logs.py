"""What the logs must not keep."""

import logging
import re

# Manage links and session keys: 43 characters of URL-safe base64 are 256 bits.
TOKEN = re.compile(r"[\w-]{43,}")
ADDRESS = re.compile(r"[^\s/@]+@[^\s/@]+")


class RedactTokens(logging.Filter):
    """Puts ``[…]`` for tokens and e-mail addresses in a record's message."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        record.msg, record.args = ADDRESS.sub("[…]", TOKEN.sub("[…]", message)), ()
        return True
