"""Addresses and rights: every endpoint has its row of expected answers, every action its rule."""

from __future__ import annotations

import re
from importlib import import_module

from quiz.permissions import RULES, SEEN_BY, Action

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?")
UNTYPED = re.compile(r"<(?![a-z]+:)(?P<name>[a-z_]+)>")
TEXT_KEYS = {"slug", "code", "kind", "key"}
"""Parts of an address that are words, and so need no converter."""


def test_each_endpoint_has_a_row_of_expected_answers(bare_app):
    rows = set(import_module("tests.quiz.test_access").POLICY)
    endpoints = set(bare_app.view_functions)
    assert (endpoints - rows, rows - endpoints) == (set(), set())


def test_each_action_has_a_rule():
    assert set(RULES) == set(Action)
    assert set(SEEN_BY.values()) <= set(Action)


def test_the_parts_of_an_address_are_kebab_case(bare_app):
    for rule in bare_app.url_map.iter_rules():
        for part in rule.rule.strip("/").split("/"):
            fixed = re.sub(r"<[^>]+>", "", part)
            assert not fixed or KEBAB.fullmatch(fixed.strip(".-")), rule.rule


def test_the_parameters_of_an_address_are_typed(bare_app):
    for rule in bare_app.url_map.iter_rules():
        assert set(UNTYPED.findall(rule.rule)) <= TEXT_KEYS, rule.rule
