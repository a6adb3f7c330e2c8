// Model output → Markdown → DOMPurify → DOM. The model is not trusted: it repeats what it read.

import DOMPurify from "/vendor/purify.js";
import { Marked } from "/vendor/marked.js";
import { make } from "./dom.js";
import { allowedUrl, hostOf } from "./links.js";

// Longer than any answer that the API gives; beyond it nothing is parsed.
const LONGEST = 100_000;
const TAGS = [
  ...["p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "small", "a"],
  ...["h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"],
];
const SANITIZE = {
  ALLOWED_TAGS: TAGS,
  ALLOWED_ATTR: ["href", "start", "align"],
  ALLOWED_URI_REGEXP: /^https:\/\//i,
  ADD_URI_SAFE_ATTR: ["start", "align"], // no addresses, so not judged as such
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const escape = (text) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const parser = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    // Raw HTML is shown as the text that it is.
    html: ({ text }) => escape(text),
    image: ({ text, href }) => `<small>${escape(pictureNote(text, href))}</small>`,
    checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
  },
});

function pictureNote(text, href) {
  const host = hostOf(href);
  return `[Picture left out${text ? `: ${text}` : ""}${host ? ` (${host})` : ""}]`;
}

/** The answer as nodes that can neither run a script nor load anything. */
export function render(text, allowedHosts) {
  const fragment = sanitized(text) ?? plain(text);
  for (const anchor of fragment.querySelectorAll("a")) replaceLink(anchor, allowedHosts);
  let level = 1;
  for (const heading of fragment.querySelectorAll("h1, h2, h3, h4, h5, h6")) level = lower(heading, level);
  for (const table of fragment.querySelectorAll("table")) frame(table);
  for (const block of fragment.querySelectorAll("pre")) block.tabIndex = 0;
  return fragment;
}

function sanitized(text) {
  if (text.length > LONGEST) return null;
  try {
    return DOMPurify.sanitize(parser.parse(text), SANITIZE);
  } catch {
    return null; // Nested beyond the parser's stack, for one: then it is text.
  }
}

function plain(text) {
  const fragment = document.createDocumentFragment();
  fragment.append(make("p", { class: "as-text", text }));
  return fragment;
}

function replaceLink(anchor, allowedHosts) {
  const target = anchor.getAttribute("href") ?? "";
  const url = allowedUrl(target, allowedHosts);
  const label = [...anchor.childNodes];
  if (!url) {
    const host = hostOf(target);
    const said = anchor.textContent.includes(target) || !host;
    anchor.replaceWith(...label, ...(said ? [] : [make("small", { text: ` [link to ${host} left out]` })]));
    return;
  }
  const shown = make("a", { href: url.href, rel: "noopener noreferrer nofollow", target: "_blank" });
  shown.append(make("span", { class: "label" }, ...label), " ", make("span", { class: "host", text: `(${url.hostname})` }));
  anchor.replaceWith(shown);
}

// The first level is the page's own, and no level is left out: screen readers jump from heading to heading.
function lower(heading, above) {
  const level = Math.min(6, above + 1, Number(heading.localName[1]) + 1);
  heading.replaceWith(make(`h${level}`, {}, ...heading.childNodes));
  return level;
}

// A wide table scrolls by itself, with the keyboard as well.
function frame(table) {
  const holder = make("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Table" });
  table.replaceWith(holder);
  holder.append(table);
}
