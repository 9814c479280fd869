"""Pages of taking."""

from flask import Blueprint

from quiz.models.people import Role
from quiz.web import access

bp = Blueprint("taking", __name__)
bp.before_request(access.only(Role.TRAINEE))
