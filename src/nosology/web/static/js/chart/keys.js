// The keyboard: one map for the whole chart (shown with "?"); single keys can be switched off.
import { isTyping } from "../base.js";
import { chosenRow, showWords, stepRow } from "./codes.js";
import { act, giveWords } from "./decide.js";
import { show, step, tabs } from "./documents.js";
import { focusFind } from "./find.js";
import { answer, stepMark } from "./hint.js";
import { openBookOf, openTab, showPart } from "./inspector.js";
import { openSearch } from "./search.js";

const STORE = "nosology.chart.single-keys";

function detail(name) {
  return () => openTab(name, { focus: true, part: true });
}

const MAP = {
  j: () => stepRow(1),
  k: () => stepRow(-1),
  a: () => act("accept"),
  r: () => act("reject"),
  c: () => openSearch({ change: true }),
  "/": () => openSearch({}),
  "+": () => openSearch({}),
  p: () => act("principal"),
  "[": () => act("up"),
  "]": () => act("down"),
  o: () => act("poa"),
  m: () => act("modifiers"),
  u: () => act("units"),
  i: () => act("pointers"),
  z: () => act("undo"),
  Z: () => act("redo"),
  e: () => showWords(1),
  E: () => showWords(-1),
  n: () => stepMark(1),
  N: () => stepMark(-1),
  v: () => giveWords(),
  ",": () => step(-1),
  ".": () => step(1),
  f: () => focusFind(),
  s: detail("code"),
  x: detail("checks"),
  g: detail("drg"),
  q: detail("queries"),
  t: () => {
    openTab("notes", { part: true });
    document.getElementById("comment")?.focus();
  },
  b: () => {
    const row = chosenRow();
    if (row) openBookOf(row.dataset.system, row.dataset.code);
  },
  l: () => {
    showPart("codes");
    (chosenRow() || document.querySelector("#codes .code-row"))?.focus();
  },
  d: () => {
    showPart("document");
    document.getElementById("documents-view").focus();
  },
  F: () => act("finalize"),
};

function inGrid(event) {
  const row = event.target.closest?.(".code-row");
  if (!row) return false;
  const buttons = [...row.querySelectorAll("button:not([disabled])")];
  const at = buttons.indexOf(document.activeElement);
  if (event.key === "ArrowDown") stepRow(1);
  else if (event.key === "ArrowUp") stepRow(-1);
  else if (event.key === "ArrowRight") buttons[Math.min(at + 1, buttons.length - 1)]?.focus();
  else if (event.key === "ArrowLeft") (at > 0 ? buttons[at - 1] : row).focus();
  else if (event.key === "Enter" && event.target === row) {
    showPart("document");
    showWords(1);
  } else return false;
  return true;
}

function onTabs(event) {
  const tab = event.target.closest?.(".documents-tabs [role=tab]");
  if (!tab || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return false;
  const all = tabs();
  const at = all.indexOf(tab);
  const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (all[next]) show(all[next].dataset.document, { focus: true });
  return true;
}

/** True while single keys are commands. */
export function singleKeys() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
}

/** Listen. */
export function startKeys() {
  const box = document.getElementById("keys-on");
  if (box) {
    box.checked = singleKeys();
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(STORE, box.checked ? "on" : "off");
      } catch { /* not kept then */ }
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    if (inGrid(event) || onTabs(event)) {
      event.preventDefault();
      return;
    }
    const mark = event.target.closest?.("mark");
    if (mark && event.key === "Enter") {
      event.preventDefault();
      answer(mark, { search: true });
      return;
    }
    if (!singleKeys()) return;
    const number = Number(event.key);
    if (number >= 1 && number <= 9) {
      const tab = tabs()[number - 1];
      if (tab) show(tab.dataset.document);
      event.preventDefault();
      return;
    }
    const action = MAP[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
}
