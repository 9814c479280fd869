"""What every template may use: where templates lie, globals and filters."""

from datetime import date, datetime
from functools import lru_cache

from flask import Flask, current_app
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader
from markupsafe import Markup

from question_bank.rendering.markdown import to_html
from question_bank.scoring import marks_shown
from quiz import clock, config
from quiz.web import access, assets, csrf, navigation
from quiz.web.standing import hundredths

NO_BREAK = "\N{NO-BREAK SPACE}"


def init_app(app: Flask) -> None:
    """Set up the template environment."""
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    environment = app.jinja_env
    environment.loader = _loader()
    environment.filters.update(markdown=to_html, date=day, datetime=moment, percent=percent)
    environment.filters.update(hundredths=hundredths, marks=marks_shown)
    environment.globals.update(asset=assets.asset, modules=assets.modules, answer_script=assets.answer_script)
    environment.globals.update(csrf_token=csrf.token, icon=icon)
    app.context_processor(_page)


def _loader() -> BaseLoader:
    bank = config.ROOT / "question_bank"
    return ChoiceLoader(
        [
            FileSystemLoader(config.ROOT / "templates"),
            PrefixLoader(
                {
                    "types": FileSystemLoader(bank / "question_types"),
                    "rendering": FileSystemLoader(bank / "rendering"),
                }
            ),
        ]
    )


def _page() -> dict[str, object]:
    person = access.signed_in()
    return {
        "viewer": person,
        "scheme": person.scheme if person else None,
        "navigation": navigation.tabs(person) if person else [],
        "site_name": current_app.config["QUIZ_SITE_NAME"],
        "demo": current_app.config["QUIZ_DEMO"],
    }


def icon(name: str) -> Markup:
    """A decorative icon of the sprite."""
    return _icon(assets.asset("vendor/icons.svg"), name)


@lru_cache(maxsize=512)
def _icon(sprite: str, name: str) -> Markup:
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>').format(sprite, name)


def zone() -> str:
    person = access.signed_in()
    return person.zone if person else config.ZONE


def local(at: datetime) -> datetime:
    """A moment on the clock of the person who looks."""
    return clock.local(at, zone())


def day(value: date) -> str:
    """ "Thu 27 Nov", with the year when it is not this one."""
    if isinstance(value, datetime):
        value = local(value).date()
    return clock.day_words(value, today=local(clock.now()).date())


def moment(value: datetime) -> str:
    """ "Thu 20 Nov at 16:42"."""
    return clock.moment_words(value, zone=zone(), today=local(clock.now()).date())


def percent(share: float | None) -> str:
    """A share as "84 %", with a no-break space."""
    return "" if share is None else f"{hundredths(share)}{NO_BREAK}%"
