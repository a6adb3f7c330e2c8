// Sign-in: authorization code with PKCE. The tokens live in this module's memory and nowhere else, so that nothing is
// left at rest for a later script, a copied profile or a restored tab; a reload asks Cognito again, whose own session
// answers without a password. Only what a redirect must survive stands in sessionStorage: state, verifier, way back.

const PENDING = "genai-defense.sign-in";
const WAS_IN = "genai-defense.was-signed-in";
const EARLY_SECONDS = 60;

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** The claims of a token, unverified: only for what the page shows. The server decides. */
export function claimsOf(token) {
  try {
    const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.codePointAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
}

export class SessionEnded extends Error {}

export class Session {
  #config;
  #access = null;
  #refresh = null;
  #expires = 0;
  #claims = {};
  #renewal = null;

  constructor(config) {
    this.#config = config;
  }

  get signedIn() {
    return this.#access !== null;
  }

  /** What to call the user. */
  get name() {
    return this.#claims.email ?? this.#claims["cognito:username"] ?? this.#claims.username ?? "Signed in";
  }

  /** Whether the user has a role; it decides only what is shown. */
  hasRole(role) {
    return (this.#claims["cognito:groups"] ?? []).includes(`role-${role}`);
  }

  /** Whether this tab had a session before it was reloaded. Asking takes the mark away, so that no redirect loops. */
  takeWasSignedIn() {
    const was = sessionStorage.getItem(WAS_IN) !== null;
    sessionStorage.removeItem(WAS_IN);
    return was;
  }

  /** Leaves for Cognito's pages: to sign in, or to register a passkey. */
  async leaveFor(path = "/oauth2/authorize") {
    const pending = { state: random(), verifier: random(), back: location.hash };
    sessionStorage.setItem(PENDING, JSON.stringify(pending));
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(pending.verifier));
    const query = new URLSearchParams({
      response_type: "code",
      client_id: this.#config.clientId,
      redirect_uri: this.#callback,
      scope: this.#config.scope,
      state: pending.state,
      code_challenge: base64url(new Uint8Array(digest)),
      code_challenge_method: "S256",
    });
    location.assign(`${this.#config.signIn}${path}?${query}`);
  }

  /** Takes up the answer of Cognito in the address, if there is one. Throws a text for the user. */
  async takeAnswer() {
    const query = new URLSearchParams(location.search);
    if (!query.has("code") && !query.has("error")) return;
    const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? "null");
    sessionStorage.removeItem(PENDING);
    // The code leaves the address and the history before anything else happens.
    history.replaceState(null, "", `/${pending?.back ?? ""}`);
    if (query.has("error")) throw new Error("The sign-in was not finished. Please try again.");
    if (!pending || query.get("state") !== pending.state) {
      throw new Error("This sign-in was not started on this page, so it was refused. Please sign in here.");
    }
    const granted = await this.#token({
      grant_type: "authorization_code",
      code: query.get("code"),
      redirect_uri: this.#callback,
      code_verifier: pending.verifier,
    });
    if (!granted) throw new Error("The sign-in could not be finished. Please try again.");
  }

  /** An access token that is good for the next minute. Throws SessionEnded. */
  async accessToken() {
    if (this.#access && Date.now() < this.#expires - EARLY_SECONDS * 1000) return this.#access;
    return this.renew();
  }

  /** A new access token; calls at the same time share one request. */
  async renew() {
    this.#renewal ??= this.#token({ grant_type: "refresh_token", refresh_token: this.#refresh ?? "" }).finally(() => {
      this.#renewal = null;
    });
    if (!(await this.#renewal)) {
      this.forget();
      throw new SessionEnded("The session has ended.");
    }
    return this.#access;
  }

  /** Drops the tokens of this tab. */
  forget() {
    this.#access = this.#refresh = null;
    sessionStorage.removeItem(WAS_IN);
  }

  /** Revokes the refresh token and what came of it, then ends Cognito's own session. */
  async signOut() {
    const body = new URLSearchParams({ token: this.#refresh ?? "", client_id: this.#config.clientId });
    this.forget();
    // Without the revocation the session still ends: the tokens are gone, and short.
    await fetch(`${this.#config.signIn}/oauth2/revoke`, { method: "POST", body, credentials: "omit" }).catch(() => null);
    const query = new URLSearchParams({ client_id: this.#config.clientId, logout_uri: this.#callback });
    location.assign(`${this.#config.signIn}/logout?${query}`);
  }

  get #callback() {
    return `${location.origin}/`;
  }

  async #token(grant) {
    const body = new URLSearchParams({ ...grant, client_id: this.#config.clientId });
    const response = await fetch(`${this.#config.signIn}/oauth2/token`, {
      method: "POST",
      body,
      credentials: "omit",
    }).catch(() => null);
    if (!response?.ok) return false;
    const tokens = await response.json();
    this.#access = tokens.access_token;
    this.#refresh = tokens.refresh_token ?? this.#refresh;
    this.#expires = Date.now() + tokens.expires_in * 1000;
    this.#claims = { ...claimsOf(tokens.id_token ?? ""), ...claimsOf(tokens.access_token) };
    sessionStorage.setItem(WAS_IN, "yes");
    return true;
  }
}
