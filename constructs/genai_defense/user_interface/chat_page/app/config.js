// What the deployment tells the page: /config.json, written beside it.

/** The settings; throws when the file is missing or one of them is. */
export async function loadConfig() {
  const response = await fetch("/config.json", { cache: "no-store", credentials: "omit" });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  return readConfig(await response.json());
}

/** Checks what was read, so that a broken deployment says so at once. */
export function readConfig(given) {
  for (const name of ["client_id", "cognito_domain", "scope"]) {
    if (typeof given[name] !== "string" || !given[name]) throw new Error(`/config.json has no ${name}`);
  }
  const domain = given.cognito_domain.includes("://") ? given.cognito_domain : `https://${given.cognito_domain}`;
  return Object.freeze({
    clientId: given.client_id,
    signIn: new URL(domain).origin,
    scope: given.scope,
    api: given.api ?? "/api",
    allowedHosts: Object.freeze((given.allowed_link_hosts ?? []).map((host) => String(host).toLowerCase())),
  });
}
