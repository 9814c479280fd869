// Outside a sitting: answers that an earlier visit could not send follow, and signing out sends them first.

import { showToast } from "../base.js";
import { send } from "../request.js";
import { Outbox } from "./outbox.js";
import { forgetAll } from "./store.js";
import { amount, count, positionOf, verb } from "./words.js";

const PATIENCE_MS = 5000;
const GATHER_MS = 400;
const NO_SERVER = "The server does not answer, so you are still signed in. Try again in a moment.";
const outbox = new Outbox(heard);
let told = "";
let sent = 0;
let late = [];
let gathering = null;
let quiet = false;

/** Send what is left of this person, and say how it went. */
export function sendLeft() {
  outbox.adopt();
}

function heard(event, item, detail) {
  if (event === "late") late.push(item);
  if (event === "drained") {
    sent += detail.sent;
    clearTimeout(gathering);
    gathering = setTimeout(tellSent, GATHER_MS);
  }
  if (["conflict", "refused", "locked"].includes(event) && !quiet) tellHalted(item, detail);
  if (event === "signed-out" && !quiet) tellOnce("error", `You were signed out. Your ${amount(outbox.unsent)} stay on this device.`, { label: "Sign in", run: signIn });
  if (event === "changed" && outbox.trouble === "offline" && !quiet) tellOnce("warning", `Offline, ${amount(outbox.unsent)} kept on this device.`);
}

function tellOnce(kind, words, action = null) {
  if (told === words) return;
  told = words;
  showToast(kind, words, action);
}

function tellSent() {
  const inTime = sent - late.length;
  if (inTime > 0) showToast("online", `${count(inTime, "answer")} from an earlier visit sent.`);
  if (late.length) {
    const words = `${count(late.length, "answer")} came after the attempt was closed and ${verb(late.length)} not counted.`;
    showToast("error", words, { label: "See the result", run: see(resultOf(late[0])) });
  }
  sent = 0;
  late = [];
}

function tellHalted(item, { status, message }) {
  const gone = [403, 404].includes(status);
  const words = gone ? "An answer kept on this device belongs to no attempt of yours." : `Question ${positionOf(item.url)} of an attempt is not saved. ${message ?? ""}`;
  const act = gone ? { label: "Discard it", run: () => outbox.discard(item) } : { label: `Go to question ${positionOf(item.url)}`, run: see(item.url) };
  showToast("error", words, act);
}

function resultOf(item) {
  return item.url.replace(/questions\/\d+$/, "result");
}

function see(url) {
  return () => location.assign(url);
}

function signIn() {
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
}

/** Sign out once nothing is unsent, or its person gives it up; `tell` lets the person's other tabs know. */
export async function signOut(form, tell) {
  quiet = true;
  outbox.takeOver();
  if (!await outbox.flush(PATIENCE_MS) && !await isGivenUp(form, tell)) return;
  const { status } = await send("POST", form.getAttribute("action"));
  if (status !== 200 && status !== 401) { showToast("error", NO_SERVER, { label: "Try again", run: () => signOut(form, tell) }); return; }
  forgetAll();
  tell();
  location.replace("/sign-in");
}

// What is unsent and why, and three ways on; resolves to whether it may be discarded.
function isGivenUp(form, tell) {
  const what = amount(outbox.unsent);
  const dialog = make("dialog", "dialog");
  const title = make("h2", "", `Sign out without sending ${what}?`);
  title.id = "unsent-title";
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.append(title, make("p", "", `${reason()} If you discard ${what.startsWith("1 ") ? "it" : "them"}, nobody can bring ${what.startsWith("1 ") ? "it" : "them"} back.`), list());
  document.body.append(dialog);
  return new Promise((resolve) => {
    const end = (isDiscarded) => { dialog.close(); dialog.remove(); resolve(isDiscarded); };
    const acts = make("div", "actions");
    acts.append(
      button("btn btn-primary", "Try again", () => { end(false); signOut(form, tell); }),
      button("btn btn-outline-secondary", "Stay signed in", () => end(false)),
      button("btn btn-danger", `Sign out and discard ${what}`, () => end(true)),
    );
    dialog.addEventListener("cancel", () => end(false));
    dialog.append(acts);
    dialog.showModal();
  });
}

function reason() {
  if (outbox.trouble === "offline") return "You are offline.";
  return outbox.trouble ? "The server does not take them now." : "They wait for you to decide.";
}

function list() {
  const lines = make("ul", "");
  for (const item of outbox.unsent) {
    const line = make("li", "");
    const link = make("a", "", `Question ${positionOf(item.url)}`);
    link.href = item.url;
    line.append(link, item.detail?.message ? `: ${item.detail.message}` : "");
    lines.append(line);
  }
  return lines;
}

function button(className, words, run) {
  const made = make("button", className, words);
  made.type = "button";
  made.addEventListener("click", run);
  return made;
}

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
