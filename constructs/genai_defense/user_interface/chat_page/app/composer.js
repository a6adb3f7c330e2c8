// The field to write in: grows with the text, Enter sends, Shift + Enter is a new line, Escape stops an answer.

import { byId } from "./dom.js";

const COUNT_FROM = 3500;

export class Composer {
  #field = byId("message");
  #send = byId("send");
  #stop = byId("stop");
  #onSend;
  #onStop;
  #busy = false;

  constructor({ onSend, onStop }) {
    this.#onSend = onSend;
    this.#onStop = onStop;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#field.addEventListener("input", () => this.#changed());
    this.#stop.addEventListener("click", () => this.#onStop());
    this.#changed();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  /** Puts a text into the field without sending it. */
  fill(text) {
    this.#field.value = text;
    this.#changed();
    this.focus();
  }

  /** Shows that an answer is under way; the field stays open, so that the next question can be written. */
  busy(on) {
    const focused = [this.#send, this.#stop].includes(document.activeElement);
    this.#busy = on;
    this.#send.hidden = on;
    this.#stop.hidden = !on;
    if (focused) this.focus();
  }

  #key(event) {
    if (event.isComposing) return; // an input method is still choosing
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#busy) this.#onStop();
  }

  #submit() {
    const text = this.#field.value.trim();
    if (!text || this.#busy) return;
    this.#field.value = "";
    this.#changed();
    this.#onSend(text);
  }

  #changed() {
    const { value, maxLength } = this.#field;
    this.#send.disabled = !value.trim();
    byId("length").textContent = value.length > COUNT_FROM ? `${maxLength - value.length} characters left` : "";
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }
}
