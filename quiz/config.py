"""Settings, read once from the environment; a wrong one refuses the start with what to do."""

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from quiz.errors import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_SECRETS = frozenset({"", "dev", "secret", "change-me", "changeme"})
SHORTEST_SECRET = 32
ZONE = "Europe/London"
"""The time zone of a person who has chosen none."""


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """All settings of the application as Flask's config mapping."""
    instance = Path(environment.get("QUIZ_INSTANCE", ROOT / "instance")).resolve()
    base_url = environment.get("QUIZ_BASE_URL", f"http://127.0.0.1:{environment.get('PORT', '8000')}")
    demo = environment.get("QUIZ_DEMO") == "1"
    proxies = _whole_number(environment, "QUIZ_PROXY_COUNT", 0)
    _refuse_public_demo(demo, proxies, base_url)
    _refuse_plain_http(base_url)
    return {
        "QUIZ_INSTANCE": instance,
        "QUIZ_MEDIA": instance / "media",
        "QUIZ_DEMO": demo,
        "QUIZ_BASE_URL": base_url,
        "QUIZ_PROXY_COUNT": proxies,
        "QUIZ_SITE_NAME": environment.get("QUIZ_SITE_NAME", "Stratum"),
        "QUIZ_REDIS_URL": environment.get("QUIZ_REDIS_URL"),
        "SECRET_KEY": _secret_key(environment, instance, demo),
        "SQLALCHEMY_DATABASE_URI": environment.get("QUIZ_DATABASE_URL", f"sqlite:///{instance / 'quiz.sqlite3'}"),
        "TRUSTED_HOSTS": [urlsplit(base_url).hostname, "localhost", "127.0.0.1", "[::1]"],
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
        **FIXED,
    }


FIXED: dict[str, Any] = {
    "SESSION_COOKIE_NAME": "quiz_session",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
    "SESSION_REFRESH_EACH_REQUEST": False,
    "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 500_000,
    "MAX_FORM_PARTS": 1000,
    "WTF_CSRF_TIME_LIMIT": None,
    "JSON_SORT_KEYS": False,
}


def make_secret_key(instance: Path) -> Path:
    """Make and keep the instance's key, readable by its owner only, unless there is one."""
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = instance / "secret-key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _secret_key(environment: Mapping[str, str], instance: Path, demo: bool) -> str:
    key = environment.get("QUIZ_SECRET_KEY", "")
    if not key and demo:
        return make_secret_key(instance).read_text().strip()
    if key in DEFAULT_SECRETS or len(key) < SHORTEST_SECRET:
        raise ConfigurationError(
            f"QUIZ_SECRET_KEY is missing, a default or shorter than {SHORTEST_SECRET} characters. Make one with "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))' and set it in the environment."
        )
    return key


def _refuse_public_demo(demo: bool, proxies: int, base_url: str) -> None:
    if demo and (proxies > 0 or not is_loopback(base_url)):
        raise ConfigurationError(
            "QUIZ_DEMO=1 has people with a known password, so it runs on this machine only. "
            "Unset QUIZ_DEMO, or unset QUIZ_PROXY_COUNT and QUIZ_BASE_URL."
        )


def _refuse_plain_http(base_url: str) -> None:
    if not base_url.startswith("https://") and not is_loopback(base_url):
        raise ConfigurationError(
            f"QUIZ_BASE_URL is {base_url!r}; off this machine it must begin with https://, "
            "so that sign-ins cannot be read on the way."
        )


def _whole_number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, str(default))
    if not text.isdecimal():
        raise ConfigurationError(f"{name} is {text!r}; it must be a whole number such as {default}.")
    return int(text)
