// The chatbot's API, on the page's own origin.

import { jsonLines } from "./lines.js";

const NO_ROUTE = new Set([404, 405, 501]);
const BROKEN = "The answer broke off. Please ask again; if it lasts, tell the operators.";
const AWAY = "The assistant cannot be reached right now. Check your connection and try again in a minute.";

/** A request that the server did not carry out; the message is for the user. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export class Api {
  #base;
  #session;
  #streams = true;

  constructor(base, session) {
    this.#base = base;
    this.#session = session;
  }

  /**
   * Asks. Calls `onStart(conversationId)` and `onSegment(text)` as the answer comes and returns how it ended:
   * `{outcome, reason?, message?, remaining?, sources?, request_id?, retryAfter?}`. An abort throws AbortError.
   */
  async ask(message, conversationId, { signal, onStart, onSegment }) {
    const body = { message, ...(conversationId ? { conversation_id: conversationId } : {}) };
    try {
      let response = this.#streams ? await this.#send("POST", "/chat/stream", body, signal) : null;
      if (!response || (await isMissing(response))) {
        this.#streams = false;
        response = await this.#send("POST", "/chat", body, signal);
      }
      if ((response.headers.get("content-type") ?? "").includes("ndjson")) {
        return await followed(response, { onStart, onSegment });
      }
      return whole(response, await bodyOf(response), { onStart, onSegment });
    } catch (error) {
      if (error instanceof TypeError || error instanceof SyntaxError) return { outcome: "unavailable", message: AWAY };
      throw error;
    }
  }

  /** A page of the list: `{conversations, older?}`; `older` asks for the next one. */
  conversations = (before) => this.#json("GET", `/conversations${beforeQuery(before)}`);
  conversation = (id, before) => this.#json("GET", `/conversations/${encodeURIComponent(id)}${beforeQuery(before)}`);
  deleteConversation = (id) => this.#json("DELETE", `/conversations/${encodeURIComponent(id)}`);
  /** Deletes everything that is kept of the user; true while something is left. */
  deleteData = async () => (await this.#json("DELETE", "/me/data")).outcome === "unfinished";
  feedback = (given) => this.#json("POST", "/feedback", given);
  usage = () => this.#json("GET", "/usage");
  approvals = async () => (await this.#json("GET", "/approvals")).approvals ?? [];
  decide = (id, decision, comment) =>
    this.#json("POST", `/approvals/${encodeURIComponent(id)}`, { decision, ...(comment ? { comment } : {}) });

  async #json(method, path, body) {
    const response = await this.#send(method, path, body).catch((error) => {
      throw error instanceof TypeError ? new ApiError(0, AWAY) : error;
    });
    const answer = await bodyOf(response);
    if (!response.ok) throw new ApiError(response.status, answer.message ?? AWAY);
    return answer;
  }

  async #send(method, path, body, signal) {
    const attempt = async (token) =>
      fetch(`${this.#base}${path}`, {
        method,
        signal,
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        headers: { Authorization: `Bearer ${token}`, ...(body ? { "Content-Type": "application/json" } : {}) },
        body: body ? JSON.stringify(body) : undefined,
      });
    const response = await attempt(await this.#session.accessToken());
    // A token that was revoked or has run out under way: once more with a new one.
    return response.status === 401 ? attempt(await this.#session.renew()) : response;
  }
}

const beforeQuery = (before) => (before ? `?${new URLSearchParams({ before })}` : "");

async function bodyOf(response) {
  const answer = await response.json().catch(() => null);
  return answer && typeof answer === "object" ? answer : {};
}

// Where it has no route, API Gateway itself answers 403 "Missing Authentication Token"; this API's own answer is 404.
async function isMissing(response) {
  if (NO_ROUTE.has(response.status)) return true;
  return response.status === 403 && !(await bodyOf(response.clone())).outcome;
}

async function followed(response, { onStart, onSegment }) {
  for await (const line of jsonLines(response.body)) {
    if (line.type === "start") onStart(line.conversation_id);
    else if (line.type === "segment") onSegment(line.text);
    else if (line.type === "end") return line;
  }
  return { outcome: "unavailable", message: BROKEN };
}

function whole(response, answer, { onStart, onSegment }) {
  if (answer.conversation_id) onStart(answer.conversation_id);
  if (answer.outcome === "answered") onSegment(answer.answer ?? "");
  const retryAfter = Number(response.headers.get("retry-after")) || undefined;
  return answer.outcome ? { ...answer, retryAfter } : { outcome: "unavailable", message: answer.message ?? AWAY };
}
