"""Settings from the environment: a wrong one refuses the start with what to do."""

import os
import stat
import subprocess
import sys

import pytest

from quiz.config import ROOT, settings
from quiz.errors import ConfigurationError

SECRET = "0123456789-abcdefghij-0123456789-abcdefghij"


@pytest.fixture
def environment(tmp_path):
    return {"QUIZ_INSTANCE": str(tmp_path), "QUIZ_SECRET_KEY": SECRET}


@pytest.mark.parametrize("key", [None, "", "dev", "change-me", "short"])
def test_a_missing_or_default_secret_is_refused_with_what_to_do(environment, key):
    environment.pop("QUIZ_SECRET_KEY")
    if key is not None:
        environment["QUIZ_SECRET_KEY"] = key
    with pytest.raises(ConfigurationError, match=r"QUIZ_SECRET_KEY .* Make one with python3"):
        settings(environment)


def test_the_demo_makes_and_keeps_its_own_secret(environment, tmp_path):
    environment.pop("QUIZ_SECRET_KEY")
    environment["QUIZ_DEMO"] = "1"
    first = settings(environment)["SECRET_KEY"]
    assert len(first) >= 32
    assert settings(environment)["SECRET_KEY"] == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "public", [{"QUIZ_PROXY_COUNT": "1"}, {"QUIZ_BASE_URL": "https://quiz.example.org"}], ids=["proxy", "base url"]
)
def test_the_demo_is_refused_where_others_can_reach_it(environment, public):
    with pytest.raises(ConfigurationError, match="QUIZ_DEMO=1"):
        settings({**environment, "QUIZ_DEMO": "1", **public})


def test_plain_http_is_refused_off_this_machine(environment):
    with pytest.raises(ConfigurationError, match="https://"):
        settings({**environment, "QUIZ_BASE_URL": "http://quiz.example.org"})


def test_cookies_are_secure_exactly_where_the_address_is_https(environment):
    assert settings(environment)["SESSION_COOKIE_SECURE"] is False
    assert settings({**environment, "QUIZ_BASE_URL": "https://quiz.example.org"})["SESSION_COOKIE_SECURE"] is True


def test_a_proxy_count_that_is_no_number_is_refused(environment):
    with pytest.raises(ConfigurationError, match="QUIZ_PROXY_COUNT is 'many'"):
        settings({**environment, "QUIZ_PROXY_COUNT": "many"})


def test_the_start_ends_with_a_sentence_and_no_traceback(tmp_path):
    environment = {"PATH": os.environ["PATH"], "QUIZ_INSTANCE": str(tmp_path)}
    command = [sys.executable, "-c", "from app import create_app; create_app()"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Not started. QUIZ_SECRET_KEY is missing")
    assert "Traceback" not in done.stderr
