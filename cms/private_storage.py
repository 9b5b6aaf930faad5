"""The storage of files that registrants send, in a bucket that several web servers share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3File, S3Storage
from storages.utils import clean_name

#: A service that does not answer must not keep the threads of the web server. In seconds.
CLIENT = Config(
    signature_version="s3v4", connect_timeout=3, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 3}
)


class PrivateS3File(S3File):
    """A file of the bucket. It is fetched when it is first read, and its parts are sent when it is closed."""

    def _get_file(self) -> Any:
        with os_errors():
            return super()._get_file()

    # The property of the base class calls the function of the base class.
    file = property(_get_file, S3File._set_file)

    def write(self, content: bytes | str) -> int:
        with os_errors():
            return int(super().write(content))

    def close(self) -> None:
        with os_errors():
            super().close()


class PrivateS3Storage(S3Storage):
    """A private bucket. A failure of the service is an OSError, as it is with a folder: forms and jobs handle that.

    Files are read through our views, which ask for permission. No page leads to their addresses, which are signed and
    expire after a minute.
    """

    def get_default_settings(self) -> dict[str, object]:
        return {
            **super().get_default_settings(),
            "default_acl": "private",
            "querystring_auth": True,
            "querystring_expire": 60,  # seconds
            "custom_domain": None,
            "file_overwrite": False,
            "client_config": CLIENT,
        }

    def _open(self, name: str, mode: str = "rb") -> File:
        with os_errors():
            return PrivateS3File(self._normalize_name(clean_name(name)), mode, self)

    def _save(self, name: str, content: Any) -> str:
        with os_errors():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with os_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with os_errors():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with os_errors():
            folders, files = super().listdir(path)
        return folders, files

    def get_modified_time(self, name: str) -> datetime:
        with os_errors():
            modified: datetime = super().get_modified_time(name)
        return modified


@contextmanager
def os_errors() -> Iterator[None]:
    """Raise errors of the service as OSError, and that a file does not exist as FileNotFoundError."""
    try:
        yield
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
            raise FileNotFoundError(str(error)) from error
        raise OSError(str(error)) from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(str(error)) from error
