// The list of conversations: open one, delete one.

import { confirm } from "./confirm.js";
import { announce, byId, icon, make, notice } from "./dom.js";

const DAY = 86_400_000;

export class History {
  #api;
  #onOpen;
  #onDeleted;
  #known = [];
  #older = null;
  #current = null;

  constructor(api, { onOpen, onDeleted }) {
    this.#api = api;
    this.#onOpen = onOpen;
    this.#onDeleted = onDeleted;
  }

  async load() {
    const { conversations = [], older = null } = await this.#api.conversations();
    this.#known = conversations;
    this.#older = older;
    this.#draw();
  }

  async #more() {
    const { conversations = [], older = null } = await this.#api.conversations(this.#older);
    const before = this.#known.length;
    this.#known = [...this.#known, ...conversations];
    this.#older = older;
    this.#draw();
    byId("history").querySelectorAll(".open")[before]?.focus();
  }

  titleOf(id) {
    return this.#known.find((entry) => entry.conversation_id === id)?.title;
  }

  /** Marks the conversation that is open. */
  mark(id) {
    this.#current = id;
    for (const button of byId("history").querySelectorAll(".open")) {
      if (button.dataset.id === id) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
  }

  #draw() {
    const focused = document.activeElement?.dataset?.id;
    const groups = Map.groupBy(this.#known, (entry) => groupOf(new Date(entry.updated_at)));
    const blocks = [...groups].map(([name, entries]) =>
      make("section", {}, make("h2", { text: name }), make("ul", {}, ...entries.map((entry) => this.#item(entry)))),
    );
    const empty = make("p", { class: "fine", text: "Your conversations will stand here." });
    const more = this.#older
      ? [make("button", { class: "side-link", type: "button", text: "Show older", on: { click: () => this.#more().catch(() => null) } })]
      : [];
    byId("history").replaceChildren(...(blocks.length ? blocks : [empty]), ...more);
    this.mark(this.#current);
    if (focused) byId("history").querySelector(`.open[data-id="${CSS.escape(focused)}"]`)?.focus();
  }

  #item({ conversation_id: id, title }) {
    const name = title || "Conversation";
    const open = make("button", { class: "open", type: "button", "data-id": id, text: name, on: { click: () => this.#onOpen(id) } });
    const remove = make(
      "button",
      { class: "icon-button remove", type: "button", "aria-label": `Delete “${name}”`, on: { click: () => this.#remove(id, name) } },
      icon("bin"),
    );
    return make("li", {}, open, remove);
  }

  async #remove(id, name) {
    const sure = await confirm({
      title: "Delete this conversation?",
      text: `“${name}” will be gone for good. Records that the law asks for hold none of its text.`,
      yes: "Delete",
    });
    if (!sure) return;
    try {
      await this.#api.deleteConversation(id);
    } catch (error) {
      notice("composer-notice", `The conversation was not deleted. ${error.message}`);
      return;
    }
    const place = this.#known.findIndex((entry) => entry.conversation_id === id);
    this.#known = this.#known.filter((entry) => entry.conversation_id !== id);
    this.#draw();
    announce("Conversation deleted.");
    const left = byId("history").querySelectorAll(".open");
    (left[Math.min(place, left.length - 1)] ?? byId("new")).focus();
    this.#onDeleted(id);
  }
}

function groupOf(time) {
  const today = new Date().setHours(0, 0, 0, 0);
  if (Number.isNaN(time.getTime()) || time < today - DAY) return "Earlier";
  return time < today ? "Yesterday" : "Today";
}
