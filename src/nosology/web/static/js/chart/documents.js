// The documents: tabs, texts loaded when they are first needed, places in them. Offsets count code points.
import { fetchFragment, say } from "./net.js";

const loading = new Map();
const indexes = new WeakMap();
let frame = 0; // the moves of the text that are still to come
let again = 0;

const view = () => document.getElementById("documents-view");
export const tabs = () => [...document.querySelectorAll(".documents-tabs [role=tab]")];
export const articleOf = (id) => document.getElementById(`doc-${id}`);
export const shown = () => document.querySelector(".document:not([hidden])");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Load a document's text, once. */
export function load(id) {
  const article = articleOf(id);
  if (!article || "loaded" in article.dataset || !article.dataset.load) return Promise.resolve(article);
  if (!loading.has(id)) {
    article.setAttribute("aria-busy", "true");
    loading.set(id, fetchFragment(article.dataset.load).then((html) => {
      loading.delete(id);
      article.removeAttribute("aria-busy");
      if (html === null) return article;
      article.innerHTML = html;
      article.dataset.loaded = "";
      document.dispatchEvent(new CustomEvent("document:loaded", { detail: { id } }));
      return article;
    }));
  }
  return loading.get(id);
}

/** Read a document again, where new words were pointed out in it; what is seen stays where it is. */
export async function reload(id) {
  const article = articleOf(id);
  if (!article || !("loaded" in article.dataset)) return;
  const top = view().scrollTop;
  const html = await fetchFragment(article.dataset.load);
  if (html === null) return;
  article.innerHTML = html;
  indexes.delete(article);
  if (article === shown()) view().scrollTop = top;
  document.dispatchEvent(new CustomEvent("document:loaded", { detail: { id } }));
}

/** Show a document; resolves when its text is there. */
export async function show(id, { focus = false } = {}) {
  const before = shown();
  if (before && before.dataset.document !== id) before.dataset.top = String(view().scrollTop);
  for (const tab of tabs()) {
    const own = tab.dataset.document === id;
    tab.setAttribute("aria-selected", String(own));
    tab.tabIndex = own ? 0 : -1;
    if (own) {
      tab.scrollIntoView({ block: "nearest", inline: "nearest" });
      if (focus) tab.focus();
    }
  }
  for (const article of document.querySelectorAll(".document")) article.hidden = article.dataset.document !== id;
  const article = await load(id);
  if (article && before !== article) view().scrollTop = Number(article.dataset.top || 0);
  return article;
}

/** The next or previous document. */
export function step(by) {
  const all = tabs();
  const at = all.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
  const next = all[at + by];
  if (next) {
    show(next.dataset.document);
    say(`Document ${at + by + 1} of ${all.length}: ${next.textContent.trim()}`);
  }
}

/** The lit pieces of a loaded document with their places, in order. */
export function marksOf(article) {
  let found = indexes.get(article);
  if (!found) {
    found = [...article.getElementsByTagName("mark")].map((mark) => ({ mark, start: +mark.dataset.s, end: +mark.dataset.e }));
    indexes.set(article, found);
  }
  return found;
}

/** The lit pieces that touch a place. */
export function marksAt(article, start, end) {
  const all = marksOf(article);
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].end <= start) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let at = low; at < all.length && all[at].start < end; at += 1) found.push(all[at].mark);
  return found;
}

/** Go to a place: its document opens, the text moves there, the words pulse. */
export async function goTo(id, start, end, { pulse = true } = {}) {
  const article = await show(id);
  if (!article) return [];
  const marks = marksAt(article, start, end);
  const target = marks[0] || partAt(article, start);
  if (target) bring(target);
  if (pulse) for (const mark of marks) flash(mark);
  return marks;
}

/** Move the text so that something stands in the upper third; twice, since parts out of sight have a guessed height. */
export function bring(target) {
  const move = (behavior) => {
    const box = view().getBoundingClientRect();
    const at = target.getBoundingClientRect();
    if (at.top > box.top + 40 && at.bottom < box.bottom - 80) return;
    view().scrollBy({ top: at.top - box.top - box.height * 0.3, behavior });
  };
  const part = target.closest(".part");
  const far = Math.abs(target.getBoundingClientRect().top - view().getBoundingClientRect().top) > view().clientHeight * 3;
  if (part && far) part.scrollIntoView({ block: "start" });
  cancelAnimationFrame(frame);
  clearTimeout(again);
  frame = requestAnimationFrame(() => move(calm.matches || far ? "auto" : "smooth"));
  again = setTimeout(() => {
    const box = view().getBoundingClientRect();
    const at = target.getBoundingClientRect();
    if (at.bottom < box.top || at.top > box.bottom) move("auto");
  }, 450);
}

/** The reader has taken the text in hand: it moves no further by itself. */
export function rest() {
  cancelAnimationFrame(frame);
  clearTimeout(again);
  view().scrollTo({ top: view().scrollTop, behavior: "instant" });
}

function flash(mark) {
  mark.classList.remove("pulse");
  void mark.offsetWidth;
  mark.classList.add("pulse");
  setTimeout(() => mark.classList.remove("pulse"), 1400);
}

function partAt(article, start) {
  return [...article.querySelectorAll(".part")].find((part) => +part.dataset.s <= start && start < +part.dataset.e) || null;
}

/** The words that are marked in a document: `{document, start, end, words}` or null. */
export function marked() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const article = (range.startContainer.parentElement || range.startContainer).closest?.(".document");
  if (!article || !article.contains(range.endContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start || end - start > 2000) return null;
  return { document: article.dataset.document, start, end, words: selection.toString().trim() };
}

function offsetOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const part = element.closest(".part");
  if (!part) return null;
  const before = document.createRange();
  before.setStart(part, 0);
  before.setEnd(node, offset);
  return +part.dataset.s + [...before.toString()].length;
}
