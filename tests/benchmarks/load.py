"""Clients that ask a server as fast as it answers; no benchmarks here."""

import asyncio
from time import perf_counter


async def _client(port, requests, until, spent):
    """One client on one connection: sends a request when the last one is answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    turn = 0
    while perf_counter() < until:
        kind, path = requests[turn % len(requests)]
        turn += 1
        start = perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        await reader.readexactly(length)
        if not head.startswith("http/1.1 200"):
            raise AssertionError(head.splitlines()[0])
        spent[kind].append(perf_counter() - start)
    writer.close()


async def _all(port, requests, clients, seconds):
    spent = {kind: [] for kind, _ in requests}
    until = perf_counter() + seconds
    shifted = [requests[at % len(requests):] + requests[:at % len(requests)]
               for at in range(clients)]
    await asyncio.gather(*(_client(port, mine, until, spent) for mine in shifted))
    return spent


def under_load(port, requests, *, clients, seconds):
    """The seconds that each answer took, by kind; an answer that is not 200 is an error."""
    return asyncio.run(_all(port, requests, clients, seconds))


def percentile(values, share):
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
