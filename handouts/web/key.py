"""The page's key: who holds it may use the page; other users of the computer don't have it.

The person who starts the page is shown the key in its address, and a browser that comes with it
gets a cookie. A browser is started with a ticket instead, which is good once: what a program is
started with can be read by every user of the computer.
"""

import hmac
import secrets


class Key:
    """A key, made anew with each start, or known by its token."""

    def __init__(self, token: str = "") -> None:
        self.token = token or secrets.token_urlsafe(24)
        self.cookie = self._signed("cookie", "")
        self._used: set[str] = set()

    def ticket(self) -> str:
        """What lets one browser in, once."""
        number = secrets.token_hex(8)
        return f"{number}-{self._signed('ticket', number)}"

    def proof(self, challenge: str) -> str:
        """What only a holder of the key can answer to a challenge."""
        return self._signed("proof", challenge)

    def admits(self, given: str) -> bool:
        """Whether this is the token, or a ticket that was not used."""
        number, _, signed = given.partition("-")
        if _same(signed, self._signed("ticket", number)) and number not in self._used:
            self._used.add(number)
            return True
        return _same(given, self.token)

    def is_cookie(self, given: str) -> bool:
        """Whether this is the cookie of a browser that was let in."""
        return _same(given, self.cookie)

    def _signed(self, kind: str, text: str) -> str:
        """A signature; those of one kind say nothing of another's."""
        return hmac.new(self.token.encode(), f"{kind}:{text}".encode(), "sha256").hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
