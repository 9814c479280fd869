"""Pages of managing."""

from flask import Blueprint

from quiz.models.people import Role
from quiz.web import access

bp = Blueprint("managing", __name__)
bp.before_request(access.only(Role.MANAGER, Role.ADMIN))
