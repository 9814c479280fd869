"""Pages of authoring."""

from flask import Blueprint

from quiz.models.people import Role
from quiz.web import access

bp = Blueprint("authoring", __name__)
bp.before_request(access.only(Role.INSTRUCTOR, Role.ADMIN))
