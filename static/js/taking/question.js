// The question page: autosave, timer, navigator, flag and shortcuts, wired together.

import { icon, showToast } from "../base.js";
import * as answers from "./answers.js";
import { listen } from "./keys.js";
import { showConflict, showNote } from "./notes.js";
import { markAnswered, markFlagged } from "./progress.js";
import { send } from "./request.js";
import { SavedState } from "./saved_state.js";
import { Saver } from "./saver.js";
import { askToSignIn } from "./sign_in.js";
import { Timer } from "./timer.js";

const TYPING_MS = 600;
const PATIENCE_MS = 5000;
const GRACE_MS = 1500;
const HOLDS = {
  conflict: "Choose which answer to keep first.",
  refused: "This answer is not saved. Change it or clear it first.",
  waiting: "Your answer is not saved yet. It is kept on this device and sent as soon as the server answers.",
};

const exam = document.getElementById("exam");
const { here, result } = exam.dataset;
const cameUnsaved = "unsaved" in exam.dataset;
const position = Number(exam.dataset.position);
const form = document.getElementById("answer-form");
const body = document.getElementById("answer-body");
const errorLine = document.getElementById("answer-error");
if (body) await loadKind();
const saved = new SavedState(document.getElementById("saved-state"), document.getElementById("offline-strip"), exam.dataset.zone);
const saver = body && new Saver(
  { read: () => answers.read(body), write: (answer) => answers.write(body, answer) },
  { url: `${here}/answer`, revision: Number(exam.dataset.revision), stored: storedAtLoad() },
  report,
);
let savedAt = null;
let leaving = false;
let warning = null;
const timerElement = document.getElementById("timer");
const timer = timerElement && new Timer(timerElement, announce, timeIsUp);

// Without its module the page stays a plain form, which keeps the answer with its buttons.
async function loadKind() {
  try {
    await answers.load(body, (wait) => saver.changed(wait));
  } catch (fault) {
    showNote("Part of this page did not load.", "Next and Previous keep your answer.", { label: "Load the page again", url: here });
    throw fault;
  }
}

function storedAtLoad() {
  return cameUnsaved ? undefined : JSON.parse(body.dataset.stored);
}

function announce(words) {
  document.getElementById("announcer").textContent = words;
}

// What the saver has to tell.
const reports = {
  kept({ answer, revision, remaining, savedAt: at }) {
    savedAt = at;
    form.elements.revision.value = revision;
    form.elements.operation.value = crypto.randomUUID();
    timer?.set(remaining);
    markAnswered(position, answer !== null);
  },
  saved() {
    showError("");
    saved.show("saved", savedAt);
  },
  conflict({ answer, revision }) {
    showConflict(body, answer, (which) => {
      markAnswered(position, answer !== null);
      if (which === "stored") saver.drop();
      saver.resume({ revision, stored: answer });
    });
  },
  "signed-out"() {
    askToSignIn(() => saver.resume());
  },
  refused({ status, message }) {
    if (status === 413) showError("The answer is too large to be saved. Shorten it.");
    else showError(message ?? "The server refused the answer. Try again.");
  },
  closed({ error, message }) {
    const locked = error === "locked" || error === "operation";
    const link = locked ? { label: "Load the question again", url: here } : { label: "Go to the result", url: result };
    showNote("Not saved.", message ?? "", link);
  },
};

function report(state, detail = {}) {
  if (state !== "kept") saved.show(state, savedAt);
  reports[state]?.(detail);
}

function showError(sentence) {
  errorLine.querySelector("span").textContent = sentence;
  errorLine.hidden = !sentence;
  for (const field of answers.textFields(body)) {
    const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== errorLine.id);
    field.setAttribute("aria-describedby", (sentence ? [...ids, errorLine.id] : ids).join(" "));
    field.classList.toggle("is-invalid", Boolean(sentence));
    field.setAttribute("aria-invalid", Boolean(sentence));
  }
}

// Leaving waits until the answer is kept; where that cannot be, the person stays and is told.
async function isKept() {
  if (!saver || saver.halted === "closed" || await saver.flush(PATIENCE_MS)) return true;
  warning?.remove();
  if (saver.halted !== "signed-out") warning = showToast("error", HOLDS[saver.halted] ?? HOLDS.waiting);
  return false;
}

async function goTo(url) {
  if (leaving) return;
  leaving = true;
  if (await isKept()) location.assign(url);
  else leaving = false;
}

async function submit(event) {
  const button = event.submitter;
  const url = exam.dataset[button?.value];
  if (button?.value === "flag") { event.preventDefault(); flag(button); }
  else if (url) { event.preventDefault(); goTo(url); }
  else if (button?.value === "check" && !saver.clean) {
    event.preventDefault();
    if (await isKept()) form.requestSubmit(button);
  }
}

async function flag(button) {
  const flagged = button.getAttribute("aria-pressed") !== "true";
  showFlag(button, flagged);
  const { status, body: answer } = await send("PUT", `${here}/flag`, { flagged });
  if (status === 200) announce(`Question ${position} ${flagged ? "flagged" : "not flagged"}.`);
  else {
    showFlag(button, !flagged);
    if (status === 401) askToSignIn(() => flag(button));
    else showToast("error", answer?.message ?? "The flag was not saved.", { label: "Try again", run: () => flag(button) });
  }
}

function showFlag(button, flagged) {
  const words = button.querySelector("span");
  button.setAttribute("aria-pressed", flagged);
  button.querySelector(".icon").replaceWith(icon(flagged ? "flag-fill" : "flag"));
  words.textContent = flagged ? "Flagged" : "Flag";
  if (!flagged) words.append(Object.assign(document.createElement("span"), { className: "wide-only", textContent: " for review" }));
  markFlagged(position, flagged);
}

async function timeIsUp() {
  showNote("Time is up.", "What was saved counts. The result comes in a moment.", { label: "Go to the result", url: result });
  announce("Time is up.");
  await saver?.flush(PATIENCE_MS);
  leaving = true;
  setTimeout(() => location.assign(result), GRACE_MS);
}

// After sleep or a long time in the background only the server knows the time left.
async function ask() {
  const { status, body: question } = await send("GET", here);
  if (status === 200) timer?.set(question.remaining_ms);
  if (status === 410) location.assign(result);
}

function whenShown() {
  if (document.visibilityState === "hidden") saver?.leave();
  else { saver?.retryNow(); if (timer) ask(); }
}

form.addEventListener("submit", submit);
document.addEventListener("click", (event) => {
  const square = event.target instanceof Element && event.target.closest("a.nav-square");
  if (!square || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goTo(square.href);
});
document.addEventListener("visibilitychange", whenShown);
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

if (saver) {
  body.addEventListener("input", (event) => { if (answers.textFields(body).includes(event.target)) saver.changed(TYPING_MS); });
  body.addEventListener("change", () => saver.changed());
  window.addEventListener("online", () => saver.retryNow());
  window.addEventListener("pagehide", () => saver.leave());
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && !cameUnsaved && !saver.clean && saver.halted !== "closed") event.preventDefault();
  });
  if (document.querySelector("#sides.conflict")) saver.halted = "conflict";
  else if (!cameUnsaved) { saver.restore(); saver.catchUp(); }
}
if (!("noShortcuts" in exam.dataset)) listen(body, document.getElementById("keys"));
if (location.hash === "#feedback") document.getElementById("feedback")?.focus();
