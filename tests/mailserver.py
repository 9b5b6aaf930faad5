"""An SMTP server for tests (RFC 5321, the part that smtplib uses)."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """Accepts every email, unless ``refuse`` returns a reply for its recipient ("451 try later").

    ``while_sending`` is called after an email has arrived and before it is acknowledged. While it ``is_away``, every
    connection is closed at once.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Session)
        self.emails: list[tuple[str, EmailMessage]] = []
        self.refuse: Callable[[str], str] = lambda recipient: ""
        self.while_sending: Callable[[], None] = lambda: None
        self.is_away = False

    def verify_request(self, request: object, client_address: object) -> bool:
        return not self.is_away

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def recipients(self) -> list[str]:
        """The recipients of the emails, in order of arrival."""
        return [recipient for recipient, _email in self.emails]


class Session(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 tests")
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].upper()
            if verb == "RCPT TO":
                recipient = line[line.index("<") + 1 : line.index(">")]
                self.say(self.server.refuse(recipient) or "250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                self._take(recipient)
                self.server.while_sending()
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def _take(self, recipient: str) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        self.server.emails.append((recipient, message_from_bytes(b"".join(lines), policy=policy.default)))


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    """Run a mail server."""
    with MailServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
