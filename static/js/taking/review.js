// The page before handing in: the timer goes on; at its end the result follows.

import { Timer } from "./timer.js";

const GRACE_MS = 1500;
const timer = document.getElementById("timer");

function announce(words) {
  document.getElementById("announcer").textContent = words;
}

function timeIsUp() {
  announce("Time is up.");
  setTimeout(() => location.assign(document.getElementById("exam").dataset.result), GRACE_MS);
}

if (timer) new Timer(timer, announce, timeIsUp);
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
