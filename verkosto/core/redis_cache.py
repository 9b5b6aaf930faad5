"""A Redis cache that may fail: without Redis the site is slower, but it stays correct and available.

While Redis does not answer, reads find nothing and writes are dropped. Refer to this module only by its path in
``CACHES``: the package ``redis`` is optional.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.core.cache.backends import redis
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

from verkosto.core.circuit_breaker import CircuitBreaker

TIMEOUT = 0.5  # seconds to connect, and to wait for a response
CONNECTION_OPTIONS = {
    "socket_connect_timeout": TIMEOUT,
    "socket_timeout": TIMEOUT,
    # One immediate retry, for an idle connection that Redis has closed. The default of redis-py waits for seconds.
    "retry": Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
}

_breakers: dict[str, CircuitBreaker] = {}


class RedisCacheClient(redis.RedisCacheClient):
    """Django's client of the servers, which keeps what it asks with: to make it anew takes longer than to ask.

    Among several servers Django chooses one of them for each read.
    """

    _kept: Redis | None = None

    def get_client(self, key: object = None, *, write: bool = False) -> Redis:
        if len(self._servers) > 1:  # type: ignore[attr-defined]  # Django's stubs leave it out
            return super().get_client(write=write)
        if self._kept is None:
            self._kept = super().get_client(write=write)
        return self._kept


class RedisCache(redis.RedisCache):
    """Django's backend with short timeouts and a circuit breaker. ``OPTIONS`` override the connection's options.

    Threads and aliases that use the same server share its breaker.
    """

    def __init__(self, server: str | list[str], params: dict[str, object]) -> None:
        own_options = cast("dict[str, object]", params.get("OPTIONS", {}))
        super().__init__(server, {**params, "OPTIONS": {**CONNECTION_OPTIONS, **own_options}})
        self._class = RedisCacheClient
        self.breaker = _breakers.setdefault(
            str(server), CircuitBreaker("Redis", failures=(RedisError, OSError), probe=self.ping)
        )

    @property
    def connection_pool(self) -> ConnectionPool:
        """The connections to the server that is written to, for other users of the same Redis."""
        return self._cache.get_client(write=True).connection_pool

    def ping(self) -> None:
        """Raise RedisError or OSError if Redis does not answer."""
        self._cache.get_client(write=True).ping()

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        return self.breaker.call(lambda: super(RedisCache, self).get(key, default, version), default)

    def set(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self.breaker.call(lambda: super(RedisCache, self).set(key, value, timeout, version), None)

    def add(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return self.breaker.call(lambda: bool(super(RedisCache, self).add(key, value, timeout, version)), False)

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self.breaker.call(lambda: bool(super(RedisCache, self).touch(key, timeout, version)), False)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self.breaker.call(lambda: bool(super(RedisCache, self).delete(key, version)), False)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, object]:
        return self.breaker.call(lambda: dict(super(RedisCache, self).get_many(keys, version)), {})

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self.breaker.call(lambda: bool(super(RedisCache, self).has_key(key, version)), False)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Return the new value. Raises ValueError for a missing key, and for every key while Redis does not answer."""
        value = self.breaker.call(lambda: super(RedisCache, self).incr(key, delta, version), None)
        if value is None:
            raise ValueError(f"Key {key!r} not found.")
        return int(value)

    def set_many(
        self, data: dict[str, object], timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        """Return the keys that were not stored."""
        return self.breaker.call(lambda: list(super(RedisCache, self).set_many(data, timeout, version)), list(data))

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        self.breaker.call(lambda: super(RedisCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        self.breaker.call(super().clear, None)
