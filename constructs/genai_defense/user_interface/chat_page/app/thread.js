// The messages of a conversation.

import { Answer } from "./answer.js";
import { announce, byId, make } from "./dom.js";

const EXAMPLES = ["When are you open on Saturday?", "How do I return something?", "How long does delivery take?"];
const NEAR = 120;

export class Thread {
  #list = byId("thread");
  #scroll = byId("scroll");
  #welcome = byId("welcome");
  #hosts;
  #onFeedback;

  constructor(allowedHosts, { onFeedback }) {
    this.#hosts = allowedHosts;
    this.#onFeedback = onFeedback;
  }

  /** Offers questions to begin with. */
  offerExamples(choose) {
    const items = EXAMPLES.map((text) =>
      make("li", {}, make("button", { class: "example", type: "button", text, on: { click: () => choose(text) } })),
    );
    byId("examples").replaceChildren(...items);
    byId("greeting").textContent = `${greeting()}. What can I help you with?`;
  }

  clear() {
    this.#list.replaceChildren();
    this.#welcome.hidden = false;
  }

  /** Shows an earlier conversation; `more` loads what was said before, when there is more. */
  replay(conversationId, turns, more) {
    if (more) this.#list.append(make("button", { class: "button earlier", type: "button", text: "Show earlier messages", on: { click: more } }));
    for (const turn of turns) {
      this.#said(turn.message);
      const answer = this.#answer();
      answer.add(turn.answer ?? "", { quiet: true });
      answer.finish({ outcome: "answered", ...turn, earlier: true }, conversationId);
    }
    this.#toEnd(true);
    announce(`Conversation opened, ${turns.length} ${turns.length === 1 ? "message" : "messages"}.`);
  }

  /** Shows a question and the place of its answer. */
  ask(text) {
    const question = this.#said(text);
    const answer = this.#answer(question);
    this.#toEnd(true);
    announce("Sent. The answer is being written.");
    return answer;
  }

  #said(text) {
    this.#welcome.hidden = true;
    const body = make("p", { class: "said", text });
    const item = make("article", { class: "turn user", "aria-label": "You" }, body);
    this.#list.append(item);
    return item;
  }

  #answer(question = null) {
    const answer = new Answer({
      hosts: this.#hosts,
      question,
      onFeedback: this.#onFeedback,
      onGrow: () => this.#toEnd(),
    });
    this.#list.append(answer.element);
    return answer;
  }

  // Follows the answer only when the reader is at the end already.
  #toEnd(always = false) {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    if (always || scrollHeight - scrollTop - clientHeight < NEAR) this.#scroll.scrollTop = scrollHeight;
  }
}

function greeting() {
  const hour = new Date().getHours();
  if (hour < 5 || hour >= 18) return "Good evening";
  return hour < 12 ? "Good morning" : "Good afternoon";
}
