"""Browsers keep their connections open; the server still answers the next one."""

from http.client import HTTPConnection

IDLE, PATIENCE_SECONDS = 60, 5


def test_many_idle_connections_keep_nobody_waiting(server):
    """The server's `--backpressure` counts open connections, so a small one would let two tablets lock out the rest."""
    connections = [HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS) for _ in range(IDLE)]
    try:
        for connection in connections:
            connection.request("GET", "/health")
            answer = connection.getresponse()
            assert (answer.status, bool(answer.read())) == (200, True)
    finally:
        for connection in connections:
            connection.close()
