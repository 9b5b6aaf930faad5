"""The archive of a desk's registrations: a ZIP with the registrations as CSV and JSON, the questions, and a manifest."""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import IO, TypedDict

from django.db.models import Count, Max

from verkosto.core.page_urls import absolute_url
from verkosto.core.sites import site_url
from verkosto.registrations.conf import site_name
from verkosto.registrations.exports.csv import stream_csv
from verkosto.registrations.exports.json import stream_json
from verkosto.registrations.exports.rows import Export
from verkosto.registrations.models import Desk, Question
from verkosto.registrations.privacy.archives import REGISTRATIONS

FORMAT, VERSION = "verkosto-registration-archive", 1
NOT_INCLUDED = (
    "sensitive answers (never archived)",
    "files of registrants",
    "messages",
    "notes by staff",
    "history of changes",
    "invitations",
    "feedback",
)


class ArchivedFile(TypedDict):
    """A file of the archive in its manifest. ``size`` is in bytes."""

    name: str
    size: int
    sha256: str


def write_archive(target: IO[bytes], *, desk: Desk, due_on: date, made_at: datetime) -> int:
    """Write the ZIP with all registrations of a desk that are still stored. Return how many.

    Memory is constant: each file is written in portions.
    """
    stored = desk.registrations.filter(purged_at__isnull=True)
    # Both files hold the same registrations, also when one arrives meanwhile.
    now = stored.aggregate(rows=Count("pk"), last=Max("pk"))
    stored, language = stored.filter(pk__lte=now["last"] or 0), desk.original_language
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        # An export reads its rows anew, so each file has its own.
        files = [
            _write(archive, "registrations.csv", stream_csv(Export(desk, stored, language))),
            _write(archive, REGISTRATIONS, stream_json(Export(desk, stored, language))),
            _write(archive, "questions.json", [_as_json(_questions(desk))]),
        ]
        manifest = _manifest(desk, due_on=due_on, made_at=made_at, rows=now["rows"], files=files)
        archive.writestr("manifest.json", _as_json(manifest))
    return int(now["rows"])


def _write(archive: zipfile.ZipFile, name: str, portions: Iterable[bytes]) -> ArchivedFile:
    size, digest = 0, hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as part:
        for portion in portions:
            part.write(portion)
            digest.update(portion)
            size += len(portion)
    return {"name": name, "size": size, "sha256": digest.hexdigest()}


def _manifest(
    desk: Desk, *, due_on: date, made_at: datetime, rows: int, files: list[ArchivedFile]
) -> dict[str, object]:
    versions = {language: desk.version(language) for language in desk.versions}
    return {
        "format": FORMAT,
        "version": VERSION,
        "site": {"name": site_name(), "address": site_url()},
        "event": {
            "key": str(desk.translation_key),
            "title": {language: version.get("title", "") for language, version in versions.items()},
            "address": {language: absolute_url(version.get("url", "")) for language, version in versions.items()},
            "starts_at": desk.starts_at and desk.starts_at.isoformat(),
            "ends_at": desk.ends_at and desk.ends_at.isoformat(),
        },
        "erased_on": due_on.isoformat(),
        "made_at": made_at.isoformat(),
        "language": desk.original_language,
        "registrations": rows,
        "files": files,
        "not_included": NOT_INCLUDED,
    }


def _questions(desk: Desk) -> list[dict[str, object]]:
    return [_question(question) for question in desk.questions.all() if question.question_type.takes_answer]


def _question(question: Question) -> dict[str, object]:
    """Return a question with its texts in all languages. Of sensitive ones only the question is archived."""
    return {
        "key": question.key,
        "type": question.type,
        "labels": question.labels,
        "help_texts": question.help_texts,
        "required": question.required,
        "sensitive": question.sensitive,
        "each_attendee": question.each_attendee,
        "retired": question.is_retired,
        "choices": [{"key": choice.key, "labels": choice.labels} for choice in question.choices],
    }


def _as_json(data: object) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of a file, which is then at its beginning again."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]  # IO leaves out readinto
    file.seek(0)
    return digest.hexdigest()
