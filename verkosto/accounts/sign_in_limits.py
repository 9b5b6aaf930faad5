"""How often an account may be tried, with its password or its second factor (NIST SP 800-63B §5.2.2).

After five failures of an account from one network address, attempts on that account from that address are refused for 15
minutes. Other accounts at that address, and the account at other addresses, are not affected. After twenty failures of
an account from all addresses, one attempt a minute is allowed, except from addresses where the account signed in during
the last month. This delays distributed guessing and locks nobody out.
"""

from verkosto.registrations.public.rate_limits import has_attempts_left, reset_attempts, within_limits


def may_try(account: str, address: str) -> bool:
    """Return whether an account may be tried now from a network address."""
    return has_attempts_left("sign_in", account, address) and (
        has_attempts_left("sign_in_account", account)
        or not has_attempts_left("sign_in_known", account, address)
        or within_limits("sign_in_slowly", account)
    )


def count_failure(account: str, address: str) -> None:
    """Count a failed attempt.

    One that was refused for its address does not count for the account, so that one address alone cannot exhaust the
    limit of the account.
    """
    if within_limits("sign_in", account, address):
        within_limits("sign_in_account", account)


def forget_failures(account: str, address: str) -> None:
    """Reset the count of the account at this address, and record the address as known."""
    reset_attempts("sign_in", account, address)
    within_limits("sign_in_known", account, address)
