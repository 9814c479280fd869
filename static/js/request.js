// Requests to our own server: JSON both ways, this session's token, a limit on waiting, never in another person's name.

const PATIENCE_MS = 15000;
const AGAIN_MS = 400;
const TIMES_AGAIN = 4;
const LARGEST_KEPT_ALIVE = 16000;
const meta = document.querySelector('meta[name="csrf-token"]');

/** Whose page this is; null where nobody is signed in. */
export const person = document.querySelector('meta[name="person"]')?.content ?? null;

/** Use a new token, also in the forms of the page. */
export function renewToken(token) {
  meta.content = token;
  freshenForms(document);
}

/** Give the forms below an element the token of now. */
export function freshenForms(root) {
  for (const field of root.querySelectorAll('input[name="csrf_token"]')) field.value = meta.content;
}

/**
 * Send and read JSON; resolves to {status, body}, status 0 where our server gave no answer.
 * A refused token means another session: where it is the same person's, the request is repeated, once; otherwise nothing
 * is sent, and the status is 401.
 */
export async function send(method, url, body = undefined, { unattended = false } = {}) {
  const first = await attempt(method, url, body, unattended);
  if (first.status !== 400 || first.body?.error !== "csrf") return first;
  const session = await renewSession();
  return session.status === 200 ? attempt(method, url, body, unattended) : session;
}

/** Take the token of the session of now, if it is still this person's; status 200, 401 or 0. */
export async function renewSession() {
  const { status, body } = await attempt("GET", "/sign-in");
  if (status !== 200) return { status: 0, body: null };
  if (body.person?.id !== person) return { status: 401, body: { error: "another", person: body.person } };
  renewToken(body.csrf_token);
  return { status, body };
}

/** What `load(again)` fetches, asked for again and ever more seldom where our server does not answer; `again` counts from 0. */
export async function patiently(load, again = 0) {
  try {
    return await load(again);
  } catch (fault) {
    if (again === TIMES_AGAIN) throw fault;
    await pause(AGAIN_MS * 2 ** again);
    return patiently(load, again + 1);
  }
}

export function pause(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

async function attempt(method, url, body, unattended = false) {
  const headers = { Accept: "application/json" };
  const text = body === undefined ? undefined : JSON.stringify(body);
  if (unattended) headers["X-Unattended"] = "yes";
  if (method !== "GET") Object.assign(headers, { "Content-Type": "application/json", "X-CSRFToken": meta.content });
  try {
    const response = await fetch(url, {
      method, headers, body: text, cache: "no-store",
      keepalive: text !== undefined && text.length < LARGEST_KEPT_ALIVE, signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, body: await ours(response) };
  } catch {
    return { status: 0, body: null };
  }
}

// What is no JSON does not come from the quiz: a proxy that says it is too large or busy is believed, another page is not.
async function ours(response) {
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  if (isJson && !response.redirected) return response.json();
  if (response.status === 413 || response.status >= 500) return null;
  throw new TypeError("not our server");
}
