// A sitting, wired together: pages, outbox, bar, time, and what the person does.

import { showToast } from "../base.js";
import { renewSession, send } from "../request.js";
import { Outbox } from "../unsent/outbox.js";
import { amount, count, positionOf } from "../unsent/words.js";
import { Bar } from "./bar.js";
import { Ending } from "./ending.js";
import { listen } from "./keys.js";
import { Pages } from "./pages.js";
import { Progress } from "./progress.js";
import { Timer } from "./timer.js";

const PATIENCE_MS = 5000;
const SYNC_MS = 60000;
const SYNC_AGAIN_MS = 10000;
const SYNC_AT_END_MS = 1000;
const WAVE_MS = 500;
const HOLDS = { conflict: "Choose which answer to keep first.", refused: "This answer is not saved. Change it or clear it first." };
const NOT_YET = "Nothing was lost. Hand in again as soon as the server answers.";
const BUSY = "The server is busy. Nothing was lost.";
const UNSETTLED = "This step needs the server, which does not answer now. Your answer is kept; try again in a moment.";

const exam = document.getElementById("exam");
const { zone, result, review, first } = exam.dataset;
const hasShortcuts = !("noShortcuts" in exam.dataset);
const progress = new Progress();
const outbox = new Outbox(heard);
const pages = new Pages({ outbox, progress, announce, hasShortcuts, tell, learn, refresh, reload: () => pages.reload() }, { review, first });
const bar = new Bar({ outbox, progress, zone, actTo: (url) => pages.holds(url) ? { run: () => goTo(url) } : { url } });
const ending = new Ending({ outbox, result, announce, leave, page: () => pages.current });
let timer = null;
let leaving = false;
let nextSync = null;
let warning = null;

function announce(words) {
  document.getElementById("announcer").textContent = words;
}

function warn(sentence, action = null) {
  warning?.remove();
  warning = showToast("error", sentence, action);
}

function leave(url) {
  leaving = true;
  location.assign(url);
}

// What is known of all questions

function refresh() {
  if (!pages.current.view) return;
  progress.show();
  bar.show(pages.current);
  ending.show();
}

// What a page of the server says, but for what is unsent here; a page asked for before the last save is no news.
function learn(page) {
  timer?.set(page.remaining, page.at);
  outbox.noteOnline();
  const isNews = page.begun > outbox.heardAt;
  if (isNews) progress.learn(page.stage);
  outbox.unsent.forEach(mark);
  return isNews;
}

function mark(item) {
  if (!pages.holds(item.url)) return;
  const answer = item.halted === "refused" ? item.stored : item.wanted;
  if (item.isOpen) progress.mark(positionOf(item.url), { answered: (answer ?? null) !== null });
  if (item.flag !== null) progress.mark(positionOf(item.url), { flagged: item.flag });
}

// What the outbox has to tell, to the view of the question, and to all.
function heard(event, item, detail) {
  if (event === "kept") timer?.set(detail.remaining_ms);
  if (event === "signed-out") signedOut(null, detail?.person);
  if (event === "late") ending.noteLate(item, detail.message);
  if (event === "drained" && detail.wasOffline) showToast("online", detail.sent ? `Back online. ${count(detail.sent, "answer")} sent.` : "Back online.");
  if (event === "flag-refused" && !ending.isOver) warn(detail.message ?? "The flag was not saved.");
  if (item) {
    pages.viewAt(item.url)?.hear(event, item, detail);
    mark(item);
  }
  refresh();
}

// No page of the sitting came: say why, to a person who waits for it at `path`.
function tell({ status, path: end }, path) {
  if (status === 0) outbox.noteOffline();
  if (end === "/sign-in") signedOut(path ? () => { goTo(path); } : null);
  else if (end === result) closed("This attempt is closed.");
  else if (path && status === 0) warn(`You are offline, and ${pages.nameOf(path)} is not on this device yet. It comes when you are back online.`);
  else if (path && status >= 500) warn(BUSY, { label: "Try again", run: () => goTo(path) });
  else if (path) leave(path);
}

async function signedOut(then, another = null) {
  outbox.trouble = "signed-out";
  refresh();
  const { askToSignIn } = await import("./sign_in.js");
  askToSignIn(outbox.unsent, (wish) => { outbox.resume(); sync(); fetchAhead(); wish?.(); }, then, another);
}

// Time

async function sync() {
  clearTimeout(nextSync);
  const begun = performance.now();
  const { status, body } = await send("GET", first, undefined, { unattended: true });
  if (status === 200) heardTime(body.remaining_ms, (begun + performance.now()) / 2);
  else if (status === 0) outbox.noteOffline();
  else if (status === 401) signedOut(null, body.person);
  else if (status === 410) closed(body.message);
  else if (body?.error === "deadline-in-question") ending.wait(body.message);
  if (!ending.isOver) nextSync = setTimeout(sync, (status !== 200 ? SYNC_AGAIN_MS : timer?.ended ? SYNC_AT_END_MS : SYNC_MS) * (0.75 + Math.random() / 2));
  return status;
}

function heardTime(remaining, at) {
  outbox.noteOnline();
  timer?.set(remaining, at);
  if (remaining !== 0) ending.goOn();
}

function closed(message) {
  ending.close(message);
  outbox.flush(PATIENCE_MS);
}

async function timeIsUp() {
  ending.timeIsUp();
  await outbox.flush(PATIENCE_MS);
  sync();
}

// What the person does

async function goTo(url) {
  if (ending.isOver || isHeld()) return;
  outbox.hurry(pages.current.url);
  await pages.goTo(new URL(url, location.href).pathname);
}

// An answer that the server will not take is mended before the person goes on.
function isHeld() {
  const { halted, detail } = pages.current.view?.item ?? {};
  const isHeldHere = halted === "conflict" || (halted === "refused" && [413, 422].includes(detail.status));
  if (isHeldHere) warn(HOLDS[halted]);
  return isHeldHere;
}

async function isSettled() {
  if (await outbox.flush(PATIENCE_MS)) return true;
  if (outbox.trouble === "signed-out") signedOut();
  return false;
}

// Checking, reporting, and going on from a part of a case that locks behind: the server does it and sends the page that follows.
async function post(form, button) {
  if (!await isSettled()) { if (!isHeld()) warn(UNSETTLED); return; }
  const { url } = pages.current;
  let found = await pages.paper.post(form, button);
  if (found.status === 400 && (await renewSession()).status === 200) found = await pages.paper.post(form, button);
  if (!found.page || !pages.holds(found.path)) { tellUnposted(found, form, button); return; }
  if (found.path !== url) pages.forget(url);
  pages.take(found.page);
  if (pages.current.url === url) await pages.follow(found.page, button.value === "report" ? ".report-told, #report" : "");
  fetchAhead();
}

function tellUnposted({ status, path }, form, button) {
  if (status === 0) { outbox.noteOffline(); warn(UNSETTLED); }
  else if (path === "/sign-in") signedOut(() => post(form, button));
  else if (path === result) closed("This attempt is closed.");
  else if (status >= 500) warn(BUSY, { label: "Try again", run: () => post(form, button) });
  else leave(pages.current.url);
}

// Handing in waits for every answer; what cannot be sent is handed in without only if the person says so.
async function handIn(form, isKnown = false) {
  form.closest("dialog")?.close();
  const { view } = pages.current;
  const again = () => handIn(form, true);
  await outbox.flush(PATIENCE_MS);
  const status = await sync();
  const what = amount(outbox.unsent);
  if (ending.isOver) return;
  if (status === 401) signedOut(() => handIn(form));
  else if (status !== 200) view.hold(`Not handed in. ${status ? "The server is busy." : "You are offline."}`, NOT_YET);
  else if (what && !isKnown) view.hold("Not handed in.", `${what} could not be saved.`, [{ label: `Hand in without ${what}`, run: again }]);
  else { leaving = true; form.submit(); }
}

// A page whose script is on its way: then the step is done as it would have been.
function waitFor(beginning, form, button) {
  const again = () => form.requestSubmit(button);
  sync();
  beginning.then(again, again);
}

function onSubmit(event) {
  const { target: form, submitter: button } = event;
  const go = button?.value;
  const { stage, view, beginning } = pages.current;
  const isAnswer = form.id === "answer-form";
  if (!view && beginning) waitFor(beginning, form, button);
  else if (!view) return; // A page without its script stays a plain form, which keeps the answer with its buttons.
  else if (isAnswer && go === "flag") view.toggleFlag();
  else if (isAnswer && go === "stay") outbox.hurry(pages.current.url);
  else if (isAnswer && ["check", "onward", "report"].includes(go)) post(form, button);
  else if (isAnswer && ["next", "previous", "review"].includes(go)) goTo(stage.dataset[go]);
  else if (form.matches(".hand-in")) handIn(form);
  else return;
  event.preventDefault();
}

function onClick(event) {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !pages.holds(link.pathname) || link.hash) return;
  if (link.pathname === pages.current.url && !link.matches(".nav-square")) return;
  event.preventDefault();
  goTo(link.href);
}

function onVisibility() {
  if (document.visibilityState === "hidden") outbox.leave();
  else { outbox.retry(); sync(); }
}

// Ahead of need: onward first, then the review, then what lies behind.
function fetchAhead() {
  const here = positionOf(pages.current.url) || 1;
  const urls = [...progress.places.keys()].map((position) => first.slice(0, -1) + position);
  const isFree = () => !ending.isOver && !outbox.trouble && !outbox.unsent.length && document.visibilityState === "visible";
  pages.paper.fetchAhead([...urls.slice(here), review, ...urls.slice(0, here)], isFree);
}

async function begin() {
  progress.learn(pages.current.stage);
  const element = document.getElementById("timer");
  timer = element && new Timer(element, { announce, over: () => { timeIsUp(); }, gap: () => { sync(); } });
  history.scrollRestoration = "manual";
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  document.addEventListener("visibilitychange", onVisibility);
  document.addEventListener("resume", () => { sync(); });
  window.addEventListener("popstate", () => { pages.goTo(location.pathname, { push: false }); });
  window.addEventListener("online", () => { setTimeout(() => { outbox.noteOnline(); sync(); }, Math.random() * WAVE_MS); });
  window.addEventListener("offline", () => { outbox.noteOffline(); });
  document.addEventListener("signed-out", () => { outbox.trouble = "signed-out"; leaving = true; });
  window.addEventListener("pagehide", () => { outbox.leave(); });
  window.addEventListener("beforeunload", (event) => { if (!leaving && outbox.unsent.length) event.preventDefault(); });
  if (hasShortcuts) listen(() => pages.current.view?.answers?.choices ?? []);
  await pages.show(pages.current, location.hash === "#feedback" ? "#feedback" : "");
  outbox.adopt();
  nextSync = setTimeout(sync, SYNC_MS);
  fetchAhead();
}

begin();
