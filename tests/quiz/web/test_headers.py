"""What every answer carries, and what no request may slip past."""

import pytest

from question_bank import question_types
from quiz.extensions import db
from tests.factories import make_attempt
from tests.visitor import question_path


def test_every_page_forbids_what_it_does_not_need(alice, visit):
    headers = visit(alice).get("/account").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_static_files_are_cached_for_ever_under_an_address_that_changes(app, visit):
    page = visit().get(app.config["STATIC_PREFIX"] + "css/tokens.css")
    assert page.status == 200
    assert "immutable" in page.headers["Cache-Control"]
    page.answer.close()


def test_a_foreign_host_is_refused_without_a_traceback(visit):
    page = visit().get("/sign-in", base_url="http://evil.example/")
    assert page.status == 400
    assert "evil.example" not in page.html


@pytest.mark.parametrize(
    "path", ["/nothing-here", "/attempts/1/questions/1", "/quizzes/none", "/quizzes/%00", "/people/x"]
)
def test_what_is_not_there_is_said_in_words(alice, visit, path):
    page = visit(alice).get(path)
    assert page.status == 404
    assert "There is nothing at this address" in page.text


def test_an_error_as_json_is_a_word_and_a_sentence(alice, visit):
    page = visit(alice).json("/nothing-here")
    assert (page.status, set(page.json)) == (404, {"error", "message"})


def test_an_unexpected_error_is_a_page_with_a_reference_and_no_trace(app, alice, visit, caplog):
    attempt = make_attempt(alice)
    attempt.responses[0].version.content = {"kind": "no such kind"}
    db.session.commit()
    page = visit(alice).get(question_path(attempt, 1))
    assert page.status == 500
    assert "Traceback" not in page.html
    assert any(reference in page.html for reference in [caplog.records[-1].message.split()[2]])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_no_unsafe_method_works_without_the_token(app, alice, visit, method):
    visitor = visit(alice)
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "accounts.sign_in_with_password":
            path = rule.rule.replace("<uuid:", "<").replace("<int:", "<")
            for name in rule.arguments:
                value = "00000000-0000-0000-0000-000000000000" if "id" in name else "1"
                path = path.replace(f"<{name}>", value)
            assert visitor.client.open(path, method=method).status_code in (303, 400), rule


def test_of_a_question_type_only_its_script_is_sent(app, visit):
    for address in app.config["ANSWER_SCRIPTS"].values():
        page = visit().get(address)
        assert page.status == 200
        assert page.headers["Content-Type"].startswith("text/javascript")
        assert "immutable" in page.headers["Cache-Control"]
        page.answer.close()
    for kind in question_types.kinds():
        assert visit().get(f"/question-types/{kind}/examples.yaml").status == 404
