// The list of codes: which is chosen, and where its words stand in the documents.
import { articleOf, goTo, load, marksAt, shown } from "./documents.js";
import { say } from "./net.js";

let chosen = "";
let lit = [];
let turn = -1;

export const panel = () => document.getElementById("panel");
export const rows = () => [...document.querySelectorAll("#codes .code-row")];
export const rowOf = (key) => rows().find((row) => row.dataset.key === key) || null;
export const chosenRow = () => rowOf(chosen);
export const mayEdit = () => panel()?.dataset.mayEdit === "1";

/** The places of a row's words: `[{document, start, end}]`. */
export function placesOf(row) {
  const pieces = (row.dataset.evidence || "").split(" ").filter(Boolean);
  return pieces.map((piece) => {
    const [id, start, end] = piece.split(":");
    return { document: id, start: Number(start), end: Number(end) };
  });
}

/** Light the words of every standing code in the documents that are loaded. */
export function paint() {
  for (const mark of document.querySelectorAll(".document mark.coded, .document mark.also, .document mark.lit")) {
    mark.classList.remove("coded", "also", "lit");
    mark.removeAttribute("data-n");
    mark.removeAttribute("data-keys");
  }
  for (const row of rows()) {
    if (row.dataset.state === "rejected") continue;
    for (const place of placesOf(row)) {
      const article = articleOf(place.document);
      if (!article || !("loaded" in article.dataset)) continue;
      const marks = marksAt(article, place.start, place.end);
      for (const mark of marks) {
        mark.classList.add("coded");
        if (!keysOf(mark).includes(row.dataset.key)) mark.dataset.keys = [...keysOf(mark), row.dataset.key].join(" ");
      }
      const last = marks.at(-1);
      const numbers = (last?.dataset.n || "").split(" ").filter(Boolean);
      if (last && row.dataset.rank && !numbers.includes(row.dataset.rank)) last.dataset.n = [...numbers, row.dataset.rank].join(" ");
    }
  }
  paintAlso();
  light();
}

/** Words that no code rests on, but that say the same as one that stands: they answer with that code. */
function paintAlso() {
  const standing = rows().filter((row) => row.dataset.state !== "rejected");
  const byCode = new Map(standing.map((row) => [row.dataset.code, row.dataset.key]));
  const known = new Map();
  const find = (codes) => {
    if (!known.has(codes)) {
      let key = "";
      for (const code of codes.split(" ")) {
        key = byCode.get(code) || standing.find((row) => code.length > 4 && row.dataset.code.startsWith(code))?.dataset.key || "";
        if (key) break;
      }
      known.set(codes, key);
    }
    return known.get(codes);
  };
  for (const mark of document.querySelectorAll(".document mark[data-codes]:not(.coded)")) {
    const key = find(mark.dataset.codes);
    if (key) {
      mark.classList.add("also");
      mark.dataset.keys = key;
    }
  }
}

function light() {
  for (const mark of lit) mark.classList.remove("lit");
  lit = [];
  const row = chosenRow();
  if (!row) return;
  for (const place of placesOf(row)) {
    const article = articleOf(place.document);
    if (article && "loaded" in article.dataset) lit.push(...marksAt(article, place.start, place.end));
  }
  for (const mark of lit) mark.classList.add("lit");
}

/** Choose a code: it is told, its words are lit, and its details follow. */
export function choose(key, { focus = false, scroll = true, speak = true, quiet = false } = {}) {
  const row = rowOf(key);
  if (!row) return;
  const other = chosen !== key;
  chosen = key;
  for (const each of rows()) {
    const own = each === row;
    each.setAttribute("aria-selected", String(own));
    each.tabIndex = own ? 0 : -1;
  }
  row.scrollIntoView({ block: "nearest" });
  if (focus) row.focus({ preventScroll: true });
  light();
  turn = -1;
  if (scroll) showWords(1, false);
  if (speak && !focus) say(`${row.dataset.code}, ${row.dataset.state}`);
  document.dispatchEvent(new CustomEvent("code:chosen", { detail: { key, other, quiet } }));
}

/** Show the next (or previous) words of the chosen code. */
export async function showWords(by = 1, speak = true) {
  const row = chosenRow();
  if (!row) return;
  const places = placesOf(row);
  if (!places.length) {
    if (speak) say("No words are pointed out for this code");
    return;
  }
  if (turn < 0 && by > 0) {
    const here = shown()?.dataset.document;
    const first = places.findIndex((place) => place.document === here);
    turn = speak || first < 0 ? 0 : first;
  } else {
    turn = (turn + by + places.length) % places.length;
  }
  const place = places[turn];
  const marks = await goTo(place.document, place.start, place.end);
  light();
  if (speak) say(`${turn + 1} of ${places.length}: ${marks.map((mark) => mark.textContent).join("")}`);
}

/** The neighbour of the chosen row; the first where nothing is chosen. */
export function stepRow(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.dataset.key === chosen);
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1);
  choose(all[next].dataset.key, { focus: true });
}

/** The next code to decide, after the chosen one; null where all is decided. */
export function nextOpen() {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.key === chosen);
  const open = (row) => row.dataset.state === "suggested" && !row.classList.contains("is-busy");
  return all.slice(at + 1).find(open) || all.slice(0, Math.max(at, 0)).find(open) || null;
}

/** After the panel came anew: the same code stays chosen, the words are lit again. */
export function restore({ focus = false } = {}) {
  const row = chosenRow() || rows()[0];
  if (row) choose(row.dataset.key, { focus, scroll: false, speak: false, quiet: true });
  paint();
}

/** The codes whose words a lit piece holds. */
export function keysOf(mark) {
  return (mark.dataset.keys || "").split(" ").filter(Boolean);
}

/** From words to their code; from words of several codes, one after the other. */
export function chooseFrom(mark) {
  const keys = keysOf(mark);
  if (!keys.length) return false;
  const at = keys.indexOf(chosen);
  const key = keys[(at + 1) % keys.length];
  choose(key, { scroll: false });
  const row = rowOf(key);
  say(`${row?.dataset.code || ""}: ${row?.querySelector(".code-title")?.textContent || ""}`);
  return true;
}

/** Documents in which the chosen codes have words are loaded beside what is going on. */
export function preload() {
  const wanted = new Set(rows().flatMap((row) => placesOf(row).map((place) => place.document)));
  for (const id of wanted) load(id);
}
