"""The addresses for programs that watch the service."""


def test_a_running_service_is_alive_and_ready(visit):
    assert visit().get("/health").json == {"status": "alive"}
    assert visit().get("/ready").json == {"status": "ready"}
