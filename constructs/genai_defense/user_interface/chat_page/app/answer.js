// One answer: grows segment by segment, then shows how it ended, its sources and what the reader thinks of it.

import { announce, icon, make } from "./dom.js";
import { Feedback } from "./feedback.js";
import { allowedUrl, hostOf } from "./links.js";
import { render } from "./markdown.js";
import { explain } from "./refusals.js";

export class Answer {
  #text = "";
  #body = make("div", { class: "prose" });
  #waiting = make("p", { class: "waiting" }, make("span", { class: "visually-hidden", text: "Being written" }), dots());
  #hosts;
  #question;
  #onFeedback;
  #onGrow;

  constructor({ hosts, question, onFeedback, onGrow }) {
    this.#hosts = hosts;
    this.#question = question;
    this.#onFeedback = onFeedback;
    this.#onGrow = onGrow;
    this.element = make("article", { class: "turn assistant", "aria-label": "Assistant", "aria-busy": "true" }, this.#body, this.#waiting);
  }

  /** Adds a segment. It was screened before it came; it is still not trusted. */
  add(segment, { quiet = false } = {}) {
    this.#text += segment;
    this.#body.replaceChildren(render(this.#text, this.#hosts));
    if (!quiet) announce(textOf(render(segment, this.#hosts)));
    this.#onGrow();
  }

  /** Shows how it ended. */
  finish(end, conversationId) {
    this.#settle();
    if (end.outcome !== "answered") this.element.append(refusal(end));
    if (end.sources?.length) this.element.append(sources(end.sources, this.#hosts));
    if (this.#text && end.request_id && conversationId) {
      const about = { conversation_id: conversationId, request_id: end.request_id };
      this.element.append(new Feedback(about, this.#onFeedback).element);
    }
    this.#onGrow();
  }

  /** The user stopped it. What was shown stays. */
  stopped() {
    this.#settle();
    this.element.append(make("p", { class: "fine", text: "You stopped this answer." }));
    announce("Answer stopped.");
  }

  /** Takes question and answer away again: nothing was sent. */
  remove() {
    this.#question?.remove();
    this.element.remove();
  }

  #settle() {
    this.#waiting.remove();
    this.element.setAttribute("aria-busy", "false");
  }
}

function dots() {
  return make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
}

function textOf(fragment) {
  return make("div", {}, fragment).textContent;
}

function refusal(end) {
  const { title, text, tone } = explain(end);
  const reference = end.request_id
    ? make("p", { class: "reference" }, "Reference ", make("code", { text: end.request_id }))
    : null;
  return make(
    "section",
    { class: `refusal ${tone}`, "aria-label": title },
    icon(tone === "calm" ? "shield" : "clock"),
    make("div", {}, make("h2", { text: title }), make("p", { text }), reference),
  );
}

function sources(list, hosts) {
  const items = list.map(({ title, uri }) => {
    const url = allowedUrl(uri ?? "", hosts);
    const name = title || hostOf(uri) || "Document";
    if (!url) return make("li", { text: name });
    const link = make("a", { href: url.href, rel: "noopener noreferrer nofollow", target: "_blank" });
    link.append(make("span", { class: "label", text: name }), " ", make("span", { class: "host", text: `(${url.hostname})` }));
    return make("li", {}, link);
  });
  return make("section", { class: "sources", "aria-label": "Sources" }, make("h2", { text: "Sources" }), make("ol", {}, ...items));
}
