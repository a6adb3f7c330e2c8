// Starts the page: settings, sign-in, then the room.

import { Api } from "./api.js";
import { loadConfig } from "./config.js";
import { byId, notice } from "./dom.js";
import { Room } from "./room.js";
import { Session } from "./session.js";

async function start() {
  const config = await loadConfig();
  const session = new Session(config);
  const signIn = byId("sign-in");
  signIn.addEventListener("click", () => session.leaveFor());
  signIn.disabled = false;
  try {
    await session.takeAnswer();
  } catch (error) {
    notice("door-notice", error.message);
  }
  if (session.signedIn) {
    byId("door").hidden = true;
    const room = new Room(new Api(config.api, session), session, config.allowedHosts);
    byId("room").hidden = false;
    await room.open();
    return;
  }
  if (session.takeWasSignedIn()) await session.leaveFor();
}

start().catch(() => {
  notice("door-notice", "The page could not start. Please reload it; if that does not help, tell the operators.");
});
