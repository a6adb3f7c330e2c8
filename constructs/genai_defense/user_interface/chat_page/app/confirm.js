// Asks before something that cannot be undone. The browser keeps the focus inside and gives it back.

import { byId } from "./dom.js";

/** Whether the user said yes. Escape says no. */
export function confirm({ title, text, yes }) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = title;
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = yes;
  return new Promise((resolve) => {
    const end = () => resolve(dialog.returnValue === "yes");
    byId("confirm-yes").onclick = () => dialog.close("yes");
    byId("confirm-no").onclick = () => dialog.close("no");
    dialog.returnValue = "no";
    dialog.addEventListener("close", end, { once: true });
    dialog.showModal();
    byId("confirm-no").focus();
  });
}
