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
        entry.own_request
          ? make("p", { class: "fine", text: "You asked for this yourself, so somebody else decides." })
          : make(
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
  const said = [["Asked for", entry.requested_at], ["refused by itself", entry.expires_at]];
  return said.flatMap(([what, time]) => (time ? [`${what} ${shortly(time)}`] : [])).join(", ");
}

function shortly(time) {
  const when = new Date(time);
  return Number.isNaN(when.getTime()) ? time : when.toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
}
