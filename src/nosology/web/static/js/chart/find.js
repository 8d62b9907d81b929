// Find in all documents of the chart, in the browser: what is sought never leaves it.
import { articleOf, bring, load, show, tabs } from "./documents.js";
import { say } from "./net.js";

const LEAST = 2;
const MOST = 2000;
let hits = [];
let at = -1;
let turn = 0;

const box = () => document.getElementById("find");
const count = () => document.getElementById("find-count");

function paint(name, ranges) {
  if (!("highlights" in CSS)) return;
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

function rangesIn(part, words) {
  const text = part.textContent.toLowerCase();
  if (!text.includes(words)) return [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let length = 0;
  while (walker.nextNode()) {
    nodes.push([length, walker.currentNode]);
    length += walker.currentNode.data.length;
  }
  const place = (offset, end) => {
    let low = 0;
    let high = nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (nodes[middle][0] < offset || (!end && nodes[middle][0] === offset)) low = middle;
      else high = middle - 1;
    }
    return [nodes[low][1], offset - nodes[low][0]];
  };
  const found = [];
  for (let from = text.indexOf(words); from >= 0; from = text.indexOf(words, from + words.length)) {
    const range = document.createRange();
    range.setStart(...place(from, false));
    range.setEnd(...place(from + words.length, true));
    found.push(range);
  }
  return found;
}

async function seek() {
  const mine = (turn += 1);
  const words = box().value.toLowerCase();
  hits = [];
  at = -1;
  if (words.trim().length >= LEAST) {
    await Promise.all(tabs().map((tab) => load(tab.dataset.document)));
    if (mine !== turn) return;
    for (const tab of tabs()) {
      const article = articleOf(tab.dataset.document);
      const before = hits.length;
      for (const part of article.querySelectorAll(".part")) {
        if (hits.length >= MOST) break;
        for (const range of rangesIn(part, words)) hits.push({ range, id: tab.dataset.document });
      }
      badge(tab, hits.length - before);
    }
  } else {
    for (const tab of tabs()) badge(tab, 0);
  }
  paint("find", hits.map((hit) => hit.range));
  paint("find-now", []);
  tell();
  const shownNow = hits.findIndex((hit) => !articleOf(hit.id).hidden);
  if (hits.length) go(shownNow >= 0 ? shownNow : 0);
}

function badge(tab, number) {
  const label = tab.querySelector("[data-count]");
  label.hidden = !number;
  label.textContent = number ? String(number) : "";
}

function tell() {
  const words = box().value.trim();
  count().textContent = words.length < LEAST ? "" : hits.length ? `${at + 1} / ${hits.length}` : "none";
}

async function go(index) {
  at = (index + hits.length) % hits.length;
  const hit = hits[at];
  await show(hit.id);
  const parent = hit.range.startContainer.parentElement;
  if (parent) bring(parent.closest("mark") || parent);
  paint("find-now", [hit.range]);
  requestAnimationFrame(() => {
    const view = document.getElementById("documents-view");
    const frame = view.getBoundingClientRect();
    const place = hit.range.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) view.scrollBy(0, place.top - frame.top - frame.height * 0.3);
  });
  tell();
}

/** Listen to the box of the search. */
export function startFind() {
  let wait = 0;
  box()?.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(seek, 150);
  });
  box()?.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (hits.length) go(at + (event.shiftKey ? -1 : 1));
    } else if (event.key === "Escape") {
      box().value = "";
      seek();
      document.getElementById("documents-view").focus();
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-find]");
    if (button && hits.length) go(at + (button.dataset.find === "next" ? 1 : -1));
  });
}

/** Put the cursor into the box. */
export function focusFind() {
  box()?.focus();
  box()?.select();
  say("Find in all documents");
}
