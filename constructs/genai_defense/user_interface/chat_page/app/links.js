// Which addresses an answer may offer to click.

/**
 * The address when it may be clicked, otherwise null.
 *
 * Only https to a host of the list (or below one), with no credentials and no port. Relative addresses are refused as
 * well: an answer has no business inside the page.
 */
export function allowedUrl(target, hosts) {
  let url;
  try {
    url = new URL(target);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" || url.username || url.password || url.port) return null;
  const known = hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  return known ? url : null;
}

/** The host of an address as the user should read it; empty when there is none. */
export function hostOf(target) {
  try {
    return new URL(target).hostname;
  } catch {
    return "";
  }
}
