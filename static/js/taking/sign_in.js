// Signing in in place: the page stays, the answer waits, another person sends nothing.

import { renewToken, send } from "./request.js";

const dialog = document.getElementById("sign-in");
const password = document.getElementById("sign-in-password");
const error = document.getElementById("sign-in-error");
let goOn = null;

/** Ask the person of this page to sign in again, then call `then`. */
export function askToSignIn(then) {
  goOn = then;
  if (!dialog.open) dialog.showModal();
  password.focus();
}

function refuse(sentence) {
  error.querySelector("span").textContent = sentence;
  error.hidden = false;
  password.value = "";
  password.focus();
}

async function signIn() {
  const { url, person } = dialog.dataset;
  const opened = await send("GET", url);
  if (!opened.body?.csrf_token) return refuse("The server does not answer. Try again in a moment.");
  renewToken(opened.body.csrf_token);
  const email = document.getElementById("sign-in-email").value;
  const { status, body } = await send("POST", url, { email, password: password.value });
  if (status !== 200) return refuse(body?.message ?? "The server does not answer. Try again in a moment.");
  renewToken(body.csrf_token);
  if (body.person?.id !== person) {
    return refuse(`That is the account of ${body.person?.name}. Nothing was sent. Sign in as the person who gave this answer.`);
  }
  error.hidden = true;
  password.value = "";
  dialog.close();
  goOn?.();
}

dialog.addEventListener("cancel", (event) => event.preventDefault());
dialog.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  signIn();
});
