// What the reader thinks of an answer. Wrong and harmful answers go to a queue that people look at.

import { announce, icon, make } from "./dom.js";

const RATINGS = [
  { rating: "helpful", name: "Helpful", picture: "up" },
  { rating: "wrong", name: "Wrong", picture: "down", ask: "What is wrong with it?" },
  { rating: "harmful", name: "Harmful", picture: "flag", ask: "What is harmful about it?" },
];
const LONGEST = 1000;
let made = 0;

export class Feedback {
  #about;
  #give;
  #buttons;
  #form = null;

  constructor(about, give) {
    this.#about = about;
    this.#give = give;
    this.#buttons = RATINGS.map((kind) => this.#button(kind));
    this.element = make("div", { class: "feedback", role: "group", "aria-label": "Rate this answer" }, ...this.#buttons);
  }

  #button(kind) {
    const press = () => (kind.ask ? this.#ask(kind) : this.#send(kind));
    const options = { class: "rate", type: "button", "aria-pressed": "false", on: { click: press } };
    return make("button", { ...options, "data-rating": kind.rating }, icon(kind.picture), make("span", { text: kind.name }));
  }

  #ask(kind) {
    this.#form?.remove();
    const id = `comment-${(made += 1)}`;
    const field = make("textarea", { id, rows: "3", maxlength: LONGEST });
    const send = make("button", { class: "button primary", type: "submit", text: "Send" });
    const leave = make("button", { class: "button", type: "button", text: "Cancel", on: { click: () => this.#leave(kind) } });
    this.#form = make("form", { class: "comment", on: {
      submit: (event) => {
        event.preventDefault();
        this.#send(kind, field.value.trim());
      },
      keydown: (event) => event.key === "Escape" && this.#leave(kind),
    } }, make("label", { for: id, text: `${kind.ask} (if you like to say)` }), field, make("div", { class: "dialog-actions" }, leave, send));
    this.element.append(this.#form);
    this.#press(kind);
    field.focus();
  }

  #leave(kind) {
    this.#form?.remove();
    this.#form = null;
    this.#press(null);
    this.#buttons.find((button) => button.dataset.rating === kind.rating).focus();
  }

  async #send(kind, comment) {
    this.#press(kind);
    const given = { ...this.#about, rating: kind.rating, ...(comment ? { comment } : {}) };
    try {
      await this.#give(given);
    } catch {
      this.#press(null);
      this.#say("This could not be sent. Please try again in a minute.");
      return;
    }
    for (const button of this.#buttons) button.disabled = true;
    this.#form?.remove();
    this.#say(kind.ask ? "Thank you. A person will look at this answer." : "Thank you.");
  }

  #press(kind) {
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String(button.dataset.rating === kind?.rating));
  }

  #say(text) {
    this.element.querySelector(".thanks")?.remove();
    const line = make("p", { class: "thanks fine", tabindex: "-1", text });
    this.element.append(line);
    // The button that had the focus is disabled now.
    line.focus({ preventScroll: true });
    announce(text);
  }
}
