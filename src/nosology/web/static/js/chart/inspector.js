// The details: tabs, what is known of the chosen code, the code book over the chart.
import { openDialog } from "../base.js";
import { chosenRow, rowOf } from "./codes.js";
import { fetchFragment, toElement } from "./net.js";

let tab = "code";
let asked = null;
let waiting = 0;
const known = new Map();
const read = [];

const tabs = () => [...document.querySelectorAll("#inspector > .tabs [role=tab]")];

/** Show one of the details; on a narrow screen this part comes up. */
export function openTab(name, { focus = false, part = false } = {}) {
  tab = name;
  for (const each of tabs()) {
    const own = each.dataset.tab === name;
    each.setAttribute("aria-selected", String(own));
    each.tabIndex = own ? 0 : -1;
    const pane = document.getElementById(each.getAttribute("aria-controls"));
    if (pane) pane.hidden = !own;
    if (own && focus) each.focus();
  }
  if (part) showPart("detail");
}

/** Which part of the chart a narrow screen shows. */
export function showPart(name) {
  const chart = document.getElementById("chart");
  chart.dataset.show = name;
  for (const button of document.querySelectorAll("[data-show-part]")) {
    button.setAttribute("aria-pressed", String(button.dataset.showPart === name));
  }
}

/** Load what is known of the chosen code, soon: while somebody runs through the list nothing is asked. */
export function showDetail(key, { now = false } = {}) {
  clearTimeout(waiting);
  const row = rowOf(key);
  if (!row) return;
  const version = document.getElementById("panel").dataset.version;
  const name = `${version} ${key}`;
  if (known.has(name)) {
    put(known.get(name), key);
    return;
  }
  waiting = setTimeout(async () => {
    asked?.abort();
    asked = new AbortController();
    const html = await fetchFragment(row.dataset.detail, asked.signal);
    if (html === null) return;
    if (known.size > 60) known.clear();
    known.set(name, html);
    if (chosenRow()?.dataset.key === key) put(html, key);
  }, now ? 0 : 90);
}

function put(html, key) {
  const old = document.getElementById("detail");
  if (!old) return;
  const same = old.dataset.detailOf === key;
  const hold = old.contains(document.activeElement) ? document.activeElement.dataset.do || "" : "";
  old.replaceWith(toElement(html));
  if (!same) document.getElementById("panes").scrollTop = 0;
  if (hold) document.querySelector(`#detail [data-do="${hold}"]`)?.focus();
}

/** After the panel came anew. */
export function restoreInspector() {
  openTab(tab);
}

/** The code book, or a rule, in a window over the chart. */
export async function openBook(url, { fresh = true } = {}) {
  const box = document.getElementById("book-text");
  if (fresh) {
    read.length = 0;
    box.textContent = "Opening …";
  }
  openDialog("book");
  const html = await fetchFragment(url);
  if (html === null) {
    if (fresh) document.getElementById("book").close();
    return;
  }
  read.push(url);
  box.replaceChildren(toElement(html));
  document.querySelector("[data-book-back]").hidden = read.length < 2;
  document.getElementById("book").scrollTop = 0;
}

/** The code book of a code. */
export function openBookOf(system, code) {
  const on = document.getElementById("chart").dataset.on;
  return openBook(`/codebook/${encodeURIComponent(system)}/${encodeURIComponent(code)}?on=${on}`);
}

/** Listen. */
export function startInspector() {
  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-tab], [data-book], [data-rule], [data-book-back], [data-show-part]");
    if (!target) return;
    if (target.dataset.tab) openTab(target.dataset.tab, { part: target.classList.contains("stand") });
    else if (target.dataset.showPart) showPart(target.dataset.showPart);
    else if ("bookBack" in target.dataset) {
      read.pop();
      openBook(read.pop(), { fresh: false });
    } else if (target instanceof HTMLAnchorElement && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      openBook(target.href, { fresh: !target.closest("#book") });
    }
  });
  document.addEventListener("keydown", (event) => {
    const own = event.target.closest?.("#inspector > .tabs [role=tab]");
    if (!own || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const all = tabs();
    const next = all[(all.indexOf(own) + (event.key === "ArrowRight" ? 1 : -1) + all.length) % all.length];
    openTab(next.dataset.tab, { focus: true });
    event.preventDefault();
    event.stopPropagation();
  });
}
