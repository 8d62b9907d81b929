// What is said of lit words, and what can be done with words: a small card beside them.
import { chooseFrom, keysOf, mayEdit, rowOf } from "./codes.js";
import { bring, marked, marksOf, rest, shown } from "./documents.js";
import { giveWords } from "./decide.js";
import { showPart } from "./inspector.js";
import { say } from "./net.js";
import { openSearch } from "./search.js";

const NAMES = { present: "Present", uncertain: "Uncertain", absent: "Absent", historical: "Past", family: "Someone else" };
const card = () => document.getElementById("hint");
let wait = 0;
let held = null; // the words that the card offers something for: it stays with them

function kindOf(mark) {
  return Object.keys(NAMES).find((name) => mark.classList.contains(name)) || "";
}

/** What is said of lit words, in one line. */
export function wordsOn(mark) {
  const codes = keysOf(mark).map((key) => rowOf(key)?.dataset.code).filter(Boolean);
  const said = [];
  if (codes.length) said.push(`${mark.classList.contains("also") ? "Said again:" : "Words of"} ${codes.join(", ")}`);
  const kind = kindOf(mark);
  if (kind && !(codes.length && kind === "present")) said.push(mark.dataset.said ? `${NAMES[kind]} (${mark.dataset.said})` : NAMES[kind]);
  if (mark.dataset.why && !codes.length) said.push(`not coded: ${mark.dataset.why}${mark.dataset.would ? ` (would be ${mark.dataset.would})` : ""}`);
  return said;
}

function placeCard(box) {
  const frame = card();
  frame.hidden = false;
  const size = frame.getBoundingClientRect();
  const below = box.bottom + 6 + size.height < innerHeight;
  frame.style.left = `${Math.max(8, Math.min(box.left, innerWidth - size.width - 8))}px`;
  frame.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - size.height - 6)}px`;
}

function button(words, key, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-small";
  made.append(words);
  if (key) {
    const sign = document.createElement("kbd");
    sign.textContent = key;
    made.append(" ", sign);
  }
  made.addEventListener("click", () => {
    hideHint();
    action();
  });
  return made;
}

/** Take the card away. */
export function hideHint() {
  clearTimeout(wait);
  held = null;
  if (card()) card().hidden = true;
}

/** The document moved: a card that offers something goes with its words while they are to be seen. */
function follow() {
  const box = held?.isConnected ? held.getBoundingClientRect() : null;
  const frame = document.getElementById("documents-view").getBoundingClientRect();
  if (box && box.bottom > frame.top && box.top < frame.bottom) placeCard(box);
  else hideHint();
}

function showHint(mark, { act = false } = {}) {
  const said = wordsOn(mark);
  if (!said.length && !act) return;
  const lines = said.map((words, at) => Object.assign(document.createElement(at ? "span" : "strong"), { textContent: words }));
  card().replaceChildren(...lines);
  held = act ? mark : null;
  if (act && mayEdit()) card().append(document.createElement("br"), button("Find a code for these words", "Enter", () => addFor(mark)));
  placeCard(mark.getBoundingClientRect());
}

function addFor(mark) {
  const article = mark.closest(".document");
  const place = { document: article.dataset.document, start: +mark.dataset.s, end: +mark.dataset.e };
  openSearch({ words: mark.textContent, place });
}

/** Words are answered: by their code, or by a way to give them one. */
export function answer(mark, { search = false } = {}) {
  hideHint();
  if (chooseFrom(mark)) {
    if (matchMedia("(max-width: 52rem)").matches) showPart("codes");
    return;
  }
  if (search && mayEdit()) addFor(mark);
  else showHint(mark, { act: true });
}

/** On to the next lit words in the document that is shown. */
export function stepMark(by) {
  const article = shown();
  const all = article ? marksOf(article).map((each) => each.mark).filter((mark) => !mark.classList.contains("plain") || mark.classList.contains("coded")) : [];
  if (!all.length) return;
  const here = document.activeElement;
  let at = all.indexOf(here);
  if (at < 0) {
    const top = document.getElementById("documents-view").getBoundingClientRect().top;
    at = all.findIndex((mark) => mark.getBoundingClientRect().top >= top) - (by > 0 ? 1 : 0);
  }
  const next = all[(at + by + all.length) % all.length];
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  bring(next);
  say(`${next.textContent}: ${wordsOn(next).join("; ") || "lit"}`);
  showHint(next);
}

/** Listen. */
export function startHint() {
  const view = document.getElementById("documents-view");
  view.addEventListener("mouseover", (event) => {
    const mark = event.target.closest("mark");
    if (!mark || held || !getSelection().isCollapsed) return;
    clearTimeout(wait);
    wait = setTimeout(() => showHint(mark), 350);
  });
  view.addEventListener("mouseout", (event) => {
    if (!event.target.closest("mark") || held || !getSelection().isCollapsed) return;
    hideHint();
  });
  view.addEventListener("pointerdown", rest);
  view.addEventListener("wheel", rest, { passive: true });
  view.addEventListener("scroll", follow, { passive: true });
  view.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark && getSelection().isCollapsed) answer(mark);
    else if (getSelection().isCollapsed) hideHint();
  });
  view.addEventListener("mouseup", () => setTimeout(offerWords, 10));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideHint();
  });
}

function offerWords() {
  const words = marked();
  if (!words || !mayEdit()) return;
  const row = document.querySelector('#codes .code-row[aria-selected="true"]');
  const parts = [button("Find a code for these words", "/", () => openSearch({}))];
  if (row && row.dataset.state !== "rejected") parts.push(" ", button(`Give them to ${row.dataset.code}`, "V", giveWords));
  card().replaceChildren(...parts);
  placeCard(getSelection().getRangeAt(0).getBoundingClientRect());
}
