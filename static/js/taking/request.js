// Requests to our own server: JSON both ways, this session's token, a limit on waiting.

const PATIENCE_MS = 15000;
const meta = document.querySelector('meta[name="csrf-token"]');

/** Use a new token, also in the forms of the page. */
export function renewToken(token) {
  meta.content = token;
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token;
}

/**
 * Send and read JSON; resolves to {status, body}, status 0 where no answer came.
 * A forged-request refusal brings a fresh token: the request is repeated with it, once.
 */
export async function send(method, url, body = undefined, { repeat = true } = {}) {
  const answer = await attempt(method, url, body);
  if (answer.status === 400 && answer.body?.error === "csrf" && answer.body.csrf_token && repeat) {
    renewToken(answer.body.csrf_token);
    return send(method, url, body, { repeat: false });
  }
  return answer;
}

async function attempt(method, url, body) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") {
    headers["Content-Type"] = "application/json";
    headers["X-CSRFToken"] = meta.content;
  }
  try {
    const response = await fetch(url, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body),
      keepalive: method === "PUT", signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  }
}
