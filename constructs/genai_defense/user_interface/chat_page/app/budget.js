// What is left of today's allowance.

import { byId } from "./dom.js";

const LOW = 0.1;
const counted = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

export class Budget {
  #api;
  #limit = null;

  constructor(api) {
    this.#api = api;
  }

  async load() {
    const { remaining, limit } = await this.#api.usage();
    this.#limit = limit;
    this.update(remaining);
  }

  /** Shows what an answer left over. */
  update(remaining) {
    if (!remaining || !this.#limit) return;
    byId("budget").hidden = false;
    this.#bar("requests", remaining.requests, this.#limit.requests);
    this.#bar("tokens", remaining.tokens, this.#limit.tokens);
  }

  #bar(name, left, limit) {
    const bar = byId(`budget-${name}`);
    bar.max = limit || 1;
    bar.value = Math.max(0, left);
    bar.classList.toggle("low", left < limit * LOW);
    byId(`budget-${name}-text`).textContent = `${counted.format(Math.max(0, left))} of ${counted.format(limit)}`;
  }
}
