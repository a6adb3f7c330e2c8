// The signed-in page: ties conversations, thread, composer, allowance and approvals together.

import { Approvals } from "./approvals.js";
import { Budget } from "./budget.js";
import { Composer } from "./composer.js";
import { announce, byId, notice } from "./dom.js";
import { History } from "./history.js";
import { deleteMyData } from "./my-data.js";
import { Menu } from "./menu.js";
import { explain } from "./refusals.js";
import { SessionEnded } from "./session.js";
import { Thread } from "./thread.js";

const APPROVALS = "#/approvals";
const CONVERSATION = /^#\/c\/([\w-]{1,128})$/;

export class Room {
  #api;
  #session;
  #conversation = null;
  #running = null;

  constructor(api, session, allowedHosts) {
    this.#api = api;
    this.#session = session;
    this.menu = new Menu();
    this.budget = new Budget(api);
    this.thread = new Thread(allowedHosts, { onFeedback: (given) => api.feedback(given) });
    this.composer = new Composer({ onSend: (text) => this.#ask(text), onStop: () => this.#running?.abort() });
    this.history = new History(api, {
      onOpen: (id) => this.#go(`#/c/${id}`),
      onDeleted: (id) => id === this.#conversation && this.#go("#/"),
    });
    this.approvals = new Approvals(api);
  }

  /** Shows what the address names and loads the rest. */
  async open() {
    byId("user-name").textContent = this.#session.name;
    byId("sign-out").addEventListener("click", () => this.#session.signOut());
    byId("add-passkey").addEventListener("click", () => this.#session.leaveFor("/passkeys/add"));
    byId("delete-data").addEventListener("click", () => this.#forget());
    for (const id of ["new", "new-small"]) byId(id).addEventListener("click", () => this.#go("#/"));
    byId("to-approvals").hidden = !this.#session.hasRole("approver");
    byId("to-approvals").addEventListener("click", () => this.#go(APPROVALS));
    this.thread.offerExamples((text) => this.composer.fill(text));
    document.querySelector("[data-skip]").addEventListener("click", (event) => {
      event.preventDefault();
      this.composer.focus();
    });
    addEventListener("hashchange", () => this.#show());
    await Promise.all([
      this.#show(),
      this.#quietly(this.history.load()),
      this.#quietly(this.budget.load()),
      this.#session.hasRole("approver") ? this.#quietly(this.approvals.load()) : null,
    ]);
  }

  #go(hash) {
    this.menu.close();
    if (location.hash === hash) this.#show();
    else location.hash = hash;
  }

  async #show() {
    const approving = location.hash === APPROVALS && this.#session.hasRole("approver");
    byId("chat").hidden = approving;
    byId("approvals").hidden = !approving;
    byId("to-approvals").toggleAttribute("aria-current", approving);
    if (approving) {
      this.history.mark(null);
      byId("approvals-title").focus();
      await this.#quietly(this.approvals.load());
      return;
    }
    const id = CONVERSATION.exec(location.hash)?.[1] ?? null;
    if (this.#running && id === this.#conversation) return;
    this.#running?.abort();
    this.#conversation = id;
    this.history.mark(id);
    this.thread.clear();
    notice("composer-notice", "");
    if (id) await this.#load(id);
    else this.#title("New conversation");
    this.composer.focus();
  }

  async #forget() {
    try {
      if (!(await deleteMyData(this.#api))) return;
    } catch (error) {
      this.#failed(error, "Your data was not deleted completely. Delete it again.");
      return;
    } finally {
      await this.#quietly(this.history.load());
    }
    announce("Your data is deleted.");
    this.#go("#/");
  }

  async #load(id) {
    this.#title(this.history.titleOf(id) ?? "Conversation");
    try {
      const { turns = [], older } = await this.#api.conversation(id);
      if (this.#conversation === id) this.#replay(id, turns, older);
    } catch (error) {
      this.#failed(error, "This conversation could not be opened.");
    }
  }

  #replay(id, turns, older) {
    const more = async () => {
      const earlier = await this.#api.conversation(id, older);
      if (this.#conversation !== id) return;
      this.thread.clear();
      this.#replay(id, [...(earlier.turns ?? []), ...turns], earlier.older);
    };
    const failed = (error) => this.#failed(error, "Earlier messages could not be loaded.");
    this.thread.replay(id, turns, older && (() => more().catch(failed)));
  }

  async #ask(text) {
    notice("composer-notice", "");
    const running = new AbortController();
    this.#running = running;
    this.composer.busy(true);
    const answer = this.thread.ask(text);
    try {
      const end = await this.#api.ask(text, this.#conversation, {
        signal: running.signal,
        onStart: (id) => this.#started(id, text, running),
        onSegment: (segment) => answer.add(segment),
      });
      answer.finish(end, this.#conversation);
      this.budget.update(end.remaining);
      if (end.outcome !== "answered") announce(`${explain(end).title}. ${explain(end).text}`);
    } catch (error) {
      if (error.name === "AbortError") answer.stopped();
      else {
        answer.remove();
        this.composer.fill(text);
        this.#failed(error, "Your message could not be sent.");
      }
    } finally {
      if (this.#running === running) this.#running = null;
      this.composer.busy(false);
    }
    await this.#quietly(this.history.load());
    this.history.mark(this.#conversation);
  }

  #started(id, text, running) {
    if (!id || this.#running !== running || this.#conversation === id) return;
    this.#conversation = id;
    this.#title(text.slice(0, 60));
    history.replaceState(null, "", `#/c/${id}`);
  }

  #title(text) {
    byId("chat-title").textContent = text;
    byId("topbar-title").textContent = text;
    document.title = `${text} · Assistant`;
  }

  #failed(error, what) {
    if (!(error instanceof SessionEnded)) {
      notice("composer-notice", `${what} ${error.status ? error.message : "Please try again in a minute."}`);
      return;
    }
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button";
    again.textContent = "Sign in again";
    again.addEventListener("click", () => this.#session.leaveFor());
    notice("composer-notice", "Your session has ended. What you wrote stays here until you sign in again.", again);
  }

  // What is beside the conversation may fail without disturbing it.
  #quietly = (promise) =>
    promise.catch((error) => {
      if (error instanceof SessionEnded) this.#failed(error, "");
    });
}
