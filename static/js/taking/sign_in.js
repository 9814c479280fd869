// Signing in in place: the page stays, the answers wait, another person sends and discards nothing.

import { person, renewToken, send } from "../request.js";
import { amount } from "../unsent/words.js";

const SILENT = "The server does not answer. Try again in a moment.";
const dialog = document.getElementById("sign-in");
const password = document.getElementById("sign-in-password");
const error = document.getElementById("sign-in-error");
let goOn = null;
let wish = null;

/**
 * Ask the person of this page to sign in again, then call `signedIn` with what they wanted when they were found signed out:
 * `then`, null for a request that nobody asked for. `another` is who is signed in now instead, if anyone.
 */
export function askToSignIn(unsent, signedIn, then, another = null) {
  goOn = signedIn;
  wish = dialog.open ? then ?? wish : then;
  const what = amount(unsent);
  const kept = what ? ` Your ${what} ${/^1 [a-z]+$/.test(what) ? "is" : "are"} kept on this device until you sign in.` : "";
  document.getElementById("sign-in-words").textContent = (
    another ? `${another.name} is signed in in this browser now.${kept}` : `You were signed out.${kept}`
  );
  dialog.querySelector("button[type=submit]").textContent = what ? `Sign in and send ${what}` : "Sign in";
  if (dialog.open) return;
  dialog.showModal();
  password.focus();
}

function refuse(sentence) {
  error.querySelector("span").textContent = sentence;
  error.hidden = false;
  password.value = "";
  password.focus();
}

async function signIn() {
  const { url } = dialog.dataset;
  const opened = await send("GET", url);
  if (!opened.body?.csrf_token) { refuse(SILENT); return; }
  renewToken(opened.body.csrf_token);
  const email = document.getElementById("sign-in-email").value;
  const { status, body } = await send("POST", url, { email, password: password.value });
  if (status !== 200) { refuse(body?.message ?? SILENT); return; }
  if (body.person?.id !== person) {
    refuse(`That is the account of ${body.person?.name}. Nothing was sent. Sign in as the person who gave these answers.`);
    return;
  }
  renewToken(body.csrf_token);
  error.hidden = true;
  password.value = "";
  dialog.close();
  goOn(wish);
}

dialog.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  signIn();
});
