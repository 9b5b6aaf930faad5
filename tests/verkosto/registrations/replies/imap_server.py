"""A mailbox on this machine: as much of IMAP (RFC 9051) as a client needs to read, mark and delete mails."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """The mails by UID with their flags, and the URL of the mailbox."""

    url: str = ""
    mails: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)

    def add(self, raw: bytes) -> int:
        """Put a new mail into it. Return its UID."""
        uid = max(self.mails, default=0) + 1
        self.mails[uid], self.flags[uid] = raw, set()
        return uid


def handler_of(mailbox: Mailbox) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("* OK ready")
            for line in self.rfile:
                tag, command, rest = (line.decode().strip() + "  ").split(" ", 2)
                answer = self.answer(command.upper(), rest.strip())
                self.say(f"{tag} {answer}")
                if command.upper() == "LOGOUT":
                    return

        def say(self, line: str, literal: bytes = b"") -> None:
            self.wfile.write(line.encode() + (b"\r\n" + literal + b")" if literal else b"") + b"\r\n")

        def answer(self, command: str, rest: str) -> str:
            if command == "CAPABILITY":
                self.say("* CAPABILITY IMAP4rev1")
            elif command == "LOGIN":
                return "OK done" if rest == 'kalenteri "s p@ss"' else "NO wrong password"
            elif command == "SELECT":
                self.say(f"* {len(mailbox.mails)} EXISTS")
            elif command == "EXPUNGE":
                for uid in [uid for uid, flags in mailbox.flags.items() if r"\Deleted" in flags]:
                    del mailbox.mails[uid], mailbox.flags[uid]
            elif command == "LOGOUT":
                self.say("* BYE")
            elif command == "UID":
                self.by_uid(*rest.split(" ", 1))
            return "OK done"

        def by_uid(self, command: str, rest: str) -> None:
            if command == "SEARCH":
                unseen = [str(uid) for uid, flags in mailbox.flags.items() if r"\Seen" not in flags]
                self.say(" ".join(["* SEARCH", *unseen]))
            elif command == "FETCH":
                uid = int(rest.split()[0])
                raw = mailbox.mails[uid]
                self.say(f"* 1 FETCH (UID {uid} BODY[] {{{len(raw)}}}", raw)
            elif command == "STORE":
                mailbox.flags[int(rest.split()[0])] |= set(re.findall(r"\\\w+", rest))

    return Handler


@contextmanager
def served() -> Iterator[Mailbox]:
    """Serve a mailbox."""
    mailbox = Mailbox()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler_of(mailbox)) as server:
        server.daemon_threads = True
        mailbox.url = f"imap://kalenteri:s%20p%40ss@127.0.0.1:{server.server_address[1]}/INBOX"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield mailbox
        server.shutdown()
        thread.join()
