// Builds elements without a string of HTML: what is put in is text, never markup.

/** The element of the page with an id; a missing one is a mistake of ours. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

/**
 * Makes an element.
 *
 * `options`: `class`, `text`, `on` (event → listener), every other key is an attribute; false and null leave it out.
 */
export function make(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(options)) {
    if (value === false || value === null || value === undefined) continue;
    if (key === "class") made.className = value;
    else if (key === "text") made.textContent = value;
    else if (key === "on") for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** One of the page's own icons, hidden from screen readers. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Says something to screen readers, once it is quiet. */
export function announce(text) {
  const line = make("p", { text });
  const region = byId("announcer");
  region.append(line);
  // Old lines go, so that the region does not become a second copy of the page.
  while (region.childElementCount > 20) region.firstElementChild.remove();
}

/** Shows or hides a notice. */
export function notice(id, text, ...more) {
  const box = byId(id);
  box.hidden = !text;
  box.replaceChildren(...(text ? [make("span", { text }), ...more] : []));
}
