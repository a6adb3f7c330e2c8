// Deletes what is kept of the user, after a yes.

import { confirm } from "./confirm.js";

// Each call deletes for 15 seconds: as many as an hour holds are more than anybody has written.
const MOST_CALLS = 240;

/** Asks first. False when the user said no; throws when a call failed. */
export async function deleteMyData(api) {
  const sure = await confirm({
    title: "Delete all your data?",
    text: "All your conversations will be gone for good. Records that the law asks for hold none of their text.",
    yes: "Delete everything",
  });
  if (!sure) return false;
  for (let call = 0; call < MOST_CALLS; call += 1) {
    if (!(await api.deleteData())) return true;
  }
  throw new Error("too many calls");
}
