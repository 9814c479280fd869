"""Writing cases: what the parts share, each part on a page of its own, their order, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from question_bank import bank, question_types
from quiz.extensions import db
from quiz.models.questions import Question
from quiz.queries import questions as queries
from tests.factories import make_case
from tests.question_bank.factories import make_data
from tests.quiz.authoring.conftest import fields_of, kept

PART_KINDS = sorted(set(question_types.kinds()) - {"case"})
PARTED = ("id", "status", "use", "never_with", "figure", "review_by")

NEW = {
    "subtopic": "sterility/sharps",
    "difficulty": "medium",
    "expected_facility": "0.6",
    "bloom": "apply",
    "use": "both",
    "objective": "Acts on a needlestick.",
    "stem": "A colleague pricked her thumb.",
    "lead_in": "A needle in the thumb",
    "row-0-name": "Last client",
    "row-0-value": "No known infection",
    "row-1-name": "",
    "row-1-value": "",
    "row-2-name": "Vaccination",
    "row-2-value": "Complete",
    "locks": "y",
}
"""What the editor of a new case sends, a row of the record left empty."""


@pytest.fixture
def case(app):
    """A published case that may be published again, its three parts of three types."""
    return kept(bank.read(make_data("case")))


def newest(question_id: int) -> Any:
    db.session.expire_all()
    return queries.newest_version(question_id)


def asked(version: Any) -> list[str]:
    return [part["lead_in"] for part in newest(version.question_id).content["parts"]]


def part_fields(data: dict[str, Any], seen: str, **changes: str) -> dict[str, str]:
    """What the editor of a single-choice part sends."""
    fields = fields_of({"facts": [], "sources": [], "review_by": "", **data}, seen=seen, **changes)
    return {name: value for name, value in fields.items() if name not in PARTED}


def test_a_new_case_begins_with_what_its_parts_share(visit, ivy):
    visitor = visit(ivy)
    assert "Name of the case" in visitor.get("/bank/new/case").text
    page = visitor.post("/bank/new/case", NEW)
    key = db.session.scalars(select(Question.key)).one()
    assert (page.status, page.location) == (303, f"/bank/{key}/edit")
    content = newest(db.session.scalars(select(Question.id)).one()).content
    assert content["record"] == [
        {"name": "Last client", "value": "No known infection"},
        {"name": "Vaccination", "value": "Complete"},
    ]
    assert content["locks"] is True
    page = visitor.get(page.location)
    assert "A case has 2 to 5 parts; there are 0." in page.text
    assert all(f"/bank/{key}/parts/new/{kind}" in page.links for kind in PART_KINDS)


@pytest.mark.parametrize("kind", PART_KINDS)
def test_a_part_of_any_type_can_be_written(visit, ivy, case, kind):
    page = visit(ivy).get(f"/bank/{case.question.key}/parts/new/{kind}")
    assert page.status == 200
    assert question_types.kinds()[kind].label.lower() in page.heading.lower()
    assert "A 61-year-old client" in page.text


def test_a_part_is_added_behind_the_others_with_what_it_says_itself(visit, ivy, case, sound_data):
    fields = part_fields(sound_data, case.content_hash, objective="", facts="", sources="", critical="", never_event="")
    page = visit(ivy).post(f"/bank/{case.question.key}/parts/new/single_choice", fields)
    assert page.status == 303
    draft = newest(case.question_id)
    added = bank.read(draft.content).asked()[3]
    assert (draft.status, draft.size) == ("draft", 4)
    assert (added.lead_in, added.objective) == (sound_data["lead_in"], draft.content["objective"])
    assert "objective" not in draft.content["parts"][3]
    assert queries.published_version(case.question_id).size == 3


def test_changing_a_part_changes_nothing_else(visit, ivy, case):
    part = bank.data(bank.read(case.content).asked()[0])
    fields = part_fields(part, case.content_hash, lead_in="What do you answer?")
    assert visit(ivy).post(f"/bank/{case.question.key}/parts/1/edit", fields).status == 303
    kept_parts = newest(case.question_id).content["parts"]
    assert kept_parts[0] == {**case.content["parts"][0], "lead_in": "What do you answer?"}
    assert kept_parts[1:] == case.content["parts"][1:]


def test_changing_what_parts_share_keeps_the_parts(visit, ivy, case):
    data = case.content
    fields = fields_of({"facts": [], "sources": [], "options": [], "key": "", **data}, seen=case.content_hash)
    fields |= {"lead_in": "Another name", "row-0-name": "Medicines", "row-0-value": "Aspirin every day"}
    assert visit(ivy).post(f"/bank/{case.question.key}/edit", fields).status == 303
    content = newest(case.question_id).content
    assert (content["lead_in"], content["parts"]) == ("Another name", data["parts"])


def test_the_search_finds_a_case_by_what_a_part_asks(visit, ivy, case):
    page = visit(ivy).get("/bank?words=cartridge+in+the+bag")
    assert f"/bank/{case.question.key}" in page.links


@pytest.mark.parametrize(
    ("number", "act", "order"), [(1, "down", [1, 0, 2]), (3, "up", [0, 2, 1]), (2, "remove", [0, 2])]
)
def test_parts_are_moved_and_taken_out(visit, ivy, case, number, act, order):
    before = asked(case)
    fields = {"seen": case.content_hash, "number": str(number), "act": act}
    page = visit(ivy).post(f"/bank/{case.question.key}/parts", fields)
    assert (page.status, page.location) == (303, f"/bank/{case.question.key}/edit")
    assert asked(case) == [before[place] for place in order]


@pytest.mark.parametrize(("number", "act"), [("1", "up"), ("3", "down"), ("4", "remove"), ("", "up"), ("1", "away")])
def test_a_move_that_cannot_be_is_refused(visit, ivy, case, number, act):
    before = asked(case)
    fields = {"seen": case.content_hash, "number": number, "act": act}
    assert visit(ivy).post(f"/bank/{case.question.key}/parts", fields).status == 422
    assert asked(case) == before


def test_the_second_of_two_people_is_told_and_keeps_what_was_typed(visit, ivy, case):
    address, part = f"/bank/{case.question.key}/parts/1/edit", bank.data(bank.read(case.content).asked()[0])
    visit(ivy).post(address, part_fields(part, case.content_hash, stem="Hers."))
    page = visit(ivy).post(address, part_fields(part, case.content_hash, stem="Mine, later."))
    assert page.status == 409
    assert "Mine, later." in page.html
    moved = visit(ivy).post(
        f"/bank/{case.question.key}/parts", {"seen": case.content_hash, "number": "1", "act": "down"}
    )
    assert moved.status == 409
    assert newest(case.question_id).content["parts"][0]["stem"] == "Hers."


def test_a_part_that_cannot_be_stored_is_refused_under_its_field(visit, ivy, case):
    part = bank.data(bank.read(case.content).asked()[0])
    address = f"/bank/{case.question.key}/parts/1/edit"
    page = visit(ivy).post(address, part_fields(part, case.content_hash, lead_in="", expected_facility="lots"))
    assert page.status == 422
    assert 'href="#lead_in"' in page.html
    assert 'href="#expected_facility"' in page.html
    assert 'id="lead_in-problems"' in page.html
    assert newest(case.question_id).number == 1


def test_what_is_wrong_with_a_part_stands_at_it_in_the_list_and_on_its_page(visit, ivy, case):
    part, visitor = bank.data(bank.read(case.content).asked()[0]), visit(ivy)
    fields = part_fields(part, case.content_hash, **{"option-0-rationale": ""})
    page = visitor.follow(visitor.post(f"/bank/{case.question.key}/parts/1/edit", fields))
    words = "Write the rationale of option a: why it is right or wrong."
    assert words in page.tree.one("li", id="part-1").text
    assert 'href="#part-1"' in page.html
    page = visitor.get(f"/bank/{case.question.key}/parts/1/edit")
    assert words in page.text
    assert 'href="#option-0"' in page.html
    assert words not in visitor.get(f"/bank/{case.question.key}/parts/2/edit").text


def test_a_sixth_part_is_refused_with_a_sentence(visit, ivy, sound_data):
    version = make_case(count=5)
    fields = part_fields(sound_data, version.content_hash)
    page = visit(ivy).post(f"/bank/{version.question.key}/parts/new/single_choice", fields)
    assert page.status == 422
    assert "at most 5" in page.text
    assert sound_data["lead_in"] in page.html


def test_the_page_of_a_case_shows_every_part_with_key_facts_and_points(visit, ivy, case):
    page = visit(ivy).get(f"/bank/{case.question.key}")
    assert all(lead_in in page.text for lead_in in asked(case))
    assert "Medicines Aspirin every day, prescribed after a stroke last year" in page.text
    assert "Stopping it risks another stroke (CI-020)." in page.text
    assert "Point 10" in page.text
    assert "ST-007" in page.text


def test_the_preview_of_a_case_shows_its_parts_and_that_of_a_part_itself(visit, ivy, case):
    fields = fields_of({"facts": [], "sources": [], "options": [], "key": "", **case.content}, stem="Typed just now.")
    fields |= {"kind": "case", "case": case.question.key, "row-0-name": "Allergies", "row-0-value": "None"}
    html = visit(ivy).post("/bank/preview", fields).json["html"]
    assert "Typed just now." in html
    assert "Allergies" in html
    assert all(lead_in in html for lead_in in asked(case))
    assert "Stopping it risks" not in html


def test_the_preview_of_a_part_has_from_its_case_what_the_part_does_not_say(visit, ivy, case, sound_data):
    fields = part_fields(sound_data, case.content_hash, objective="", expected_facility="", stem="A part by itself.")
    fields |= {"kind": "single_choice", "case": case.question.key}
    html = visit(ivy).post("/bank/preview", fields).json["html"]
    assert "A part by itself." in html
    assert sound_data["options"][0]["text"] in html


def test_parts_of_one_type_stand_beside_each_other_on_a_page(visit, ivy):
    kinds = ("depth", "hotspot", "ordering", "depth", "hotspot")
    drawn = [{name: value for name, value in make_data(kind).items() if name not in PARTED} for kind in kinds]
    version = kept(bank.read({**make_data("case"), "parts": drawn}))
    assert visit(ivy).get(f"/bank/{version.question.key}").status == 200


def test_an_ordinary_question_has_no_parts(visit, ivy, sound):
    visitor = visit(ivy)
    assert visitor.get(f"/bank/{sound.question.key}/parts/1/edit").status == 404
    assert visitor.get(f"/bank/{sound.question.key}/parts/new/numeric").status == 404


@pytest.mark.parametrize("address", ["parts/4/edit", "parts/0/edit", "parts/new/case", "parts/new/riddle"])
def test_what_is_no_part_is_not_found(visit, ivy, case, address):
    assert visit(ivy).get(f"/bank/{case.question.key}/{address}").status == 404
