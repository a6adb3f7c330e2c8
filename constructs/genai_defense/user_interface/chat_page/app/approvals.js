// Actions that wait for a person with the role "approver". The server checks the role; this only shows.

import { announce, byId, icon, make, notice } from "./dom.js";

export class Approvals {
  #api;

  constructor(api) {
    this.#api = api;
    byId("approvals-refresh").addEventListener("click", () => this.load().catch(() => this.#failed()));
  }

  async load() {
    notice("approvals-notice", "");
    this.#draw(await this.#api.approvals());
  }

  #draw(waiting) {
    const count = byId("approval-count");
    count.hidden = !waiting.length;
    count.replaceChildren(make("span", { text: String(waiting.length) }), make("span", { class: "visually-hidden", text: " waiting" }));
    const none = make("li", { class: "empty" }, icon("tick"), make("p", { text: "Nothing waits for a decision." }));
    byId("approvals-list").replaceChildren(...(waiting.length ? waiting.map((entry) => this.#item(entry)) : [none]));
  }

  #item(entry) {
    const id = entry.approval_id;
    const facts = Object.entries(entry.arguments ?? {}).flatMap(([key, value]) => [
      make("dt", { text: words(key) }),
      make("dd", { text: typeof value === "object" ? JSON.stringify(value) : String(value) }),
    ]);
    const heading = make("h2", { id: `approval-${id}`, text: words(entry.tool ?? "Action") });
    const decide = (decision) => this.#decide(id, decision);
    return make(
      "li",
      { class: "approval" },
      make(
        "article",
        { "aria-labelledby": `approval-${id}` },
        heading,
        make("p", { class: "fine", text: waits(entry) }),
        make("dl", {}, ...facts),
        make(
          "div",
          { class: "dialog-actions" },
          make("button", { class: "button", type: "button", text: "Refuse", on: { click: () => decide("refuse") } }),
          make("button", { class: "button primary", type: "button", text: "Approve", on: { click: () => decide("approve") } }),
        ),
      ),
    );
  }

  async #decide(id, decision) {
    try {
      await this.#api.decide(id, decision);
      await this.load();
    } catch (error) {
      this.#failed(error.message);
      return;
    }
    announce(decision === "approve" ? "Approved." : "Refused.");
    byId("approvals-title").focus();
  }

  #failed(why = "Please try again in a minute.") {
    notice("approvals-notice", `This did not work. ${why}`);
  }
}

const words = (name) => {
  const text = name.replaceAll(/[_-]+/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

function waits(entry) {
  const who = entry.requested_by ? `Asked for by ${entry.requested_by}. ` : "";
  const until = entry.expires_at ? new Date(entry.expires_at) : null;
  return who + (until && !Number.isNaN(until.getTime()) ? `Refused by itself at ${until.toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })}.` : "");
}
