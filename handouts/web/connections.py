"""A browser's connections: one that asks for nothing never keeps another one out.

The head of a request must come in time, however it trickles; and where there are too many
connections, the one that has waited longest for a request goes.
"""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0  # from the connection's start, or from its last answer
MOST = 200


class Connection(H11Protocol):
    """One connection."""

    head_seconds, most = HEAD_SECONDS, MOST

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait for the first request."""
        super().connection_made(transport)
        self._closes: asyncio.TimerHandle | None = None
        self.since = self.loop.time()
        self._wait()
        if len(self.connections) > self.most:
            idle = [each for each in self.connections
                    if isinstance(each, Connection) and each.is_idle]
            if idle:
                min(idle, key=lambda each: each.since).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends the wait."""
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Takes what came; a request ends the wait for it, its answer begins the next."""
        super().handle_events()
        if not self.is_idle:
            self._stop_waiting()
        elif self._closes is None:
            self.since = self.loop.time()
            self._wait()

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        is_answered = self.cycle is None or self.cycle.response_complete
        return is_answered and not self.transport.is_closing()

    def _wait(self) -> None:
        self._closes = self.loop.call_later(self.head_seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._closes is not None:
            self._closes.cancel()
            self._closes = None
