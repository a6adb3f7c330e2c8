// How it is said that something was refused: calm, with the reason and what to do.

const BEFORE = "Your message was not passed on";
const AFTER = "The answer was held back";

// The server's text says what to do; these say what happened.
const TITLES = {
  PROMPT_INJECTION: BEFORE,
  SECRET_IN_REQUEST: BEFORE,
  HIDDEN_UNICODE: BEFORE,
  MALFORMED_TEXT: BEFORE,
  CANARY_LEAK: AFTER,
  PII_LEAK: AFTER,
  UNSAFE_LINK: AFTER,
  SECRET_LEAK: AFTER,
  SLOWED: "You are slowed down",
  MODEL_GUARDRAIL: "The assistant does not do this",
};
const BY_OUTCOME = {
  refused: "This was refused",
  blocked: "Your access is stopped",
  quota_exceeded: "Today’s allowance is used up",
  unavailable: "No answer this time",
  invalid: "This message cannot be sent",
  rejected: "This message was not accepted",
};
const WAIT = new Set(["quota_exceeded", "unavailable"]);
const FALLBACK = "Please try again in a minute. If it lasts, tell the operators the reference below.";

/** Title, text and tone (`calm` or `wait`) of an end that is no answer. */
export function explain(end) {
  const title = TITLES[end.reason] ?? BY_OUTCOME[end.outcome] ?? BY_OUTCOME.unavailable;
  const usedUp = end.outcome === "quota_exceeded" && end.reason !== "SLOWED";
  const wait = usedUp ? ` ${untilMidnight(end.retryAfter)}` : "";
  const text = usedUp
    ? `You can ask again when it starts anew, at midnight UTC.${wait}`
    : end.message ?? FALLBACK;
  return { title, text, tone: WAIT.has(end.outcome) ? "wait" : "calm" };
}

function untilMidnight(seconds) {
  const now = new Date();
  const left = seconds ?? (Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1) - now.getTime()) / 1000;
  const minutes = Math.max(1, Math.round(left / 60));
  const hours = Math.floor(minutes / 60);
  return `That is in ${hours ? `${hours} h ` : ""}${minutes % 60} min.`;
}
