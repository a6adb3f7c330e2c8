// The side panel on a narrow page: opens over the conversation, Escape closes it, the rest is out of reach meanwhile.

import { byId } from "./dom.js";

export class Menu {
  #narrow = matchMedia("(max-width: 52rem)");

  constructor() {
    byId("menu").addEventListener("click", () => this.#set(true));
    byId("menu-close").addEventListener("click", () => this.close());
    byId("veil").addEventListener("click", () => this.close());
    byId("side").addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.#narrow.addEventListener("change", () => this.#apply(false));
    this.#apply(false);
  }

  close() {
    if (this.#narrow.matches && byId("room").classList.contains("menu-open")) this.#set(false);
  }

  #set(open) {
    this.#apply(open);
    byId(open ? "menu-close" : "menu").focus();
  }

  #apply(open) {
    byId("room").classList.toggle("menu-open", open);
    byId("menu").setAttribute("aria-expanded", String(open));
    byId("veil").hidden = !open;
    byId("side").inert = this.#narrow.matches && !open;
    byId("main").inert = open;
    document.querySelector(".topbar").inert = open;
  }
}
