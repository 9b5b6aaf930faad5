"""Ask the web server of this machine whether it serves the site: the health check of a container.

Exits with 0 while ``/readyz`` answers 200, also when a part is degraded: replacing the server would not help.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit

SECONDS = 5


def is_ready(bind: str, site_url: str) -> bool:
    """Return whether the server at ``host:port`` answers 200, under the name of the site, as ``ALLOWED_HOSTS`` wants."""
    host, _, port = bind.rpartition(":")
    connection = http.client.HTTPConnection("127.0.0.1" if host in ("", "0.0.0.0") else host, int(port), SECONDS)  # noqa: S104 - compared
    try:
        connection.request("GET", "/readyz", headers={"Host": urlsplit(site_url).netloc})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_ready(os.environ.get("WEB_BIND", "127.0.0.1:8000"), os.environ["SITE_URL"]) else 1)
