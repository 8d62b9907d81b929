// The worklist by keyboard: a current chart, chosen charts, and the keys of the map.
import { isTyping, openDialog } from "./base.js";

let rows = [...document.querySelectorAll("[data-row]")];
const bulk = document.getElementById("bulk");
let current = -1;

const box = (row) => row?.querySelector('input[name="chart"]');
const chosen = () => rows.filter((row) => box(row)?.checked);

function show() {
  const many = chosen().length;
  for (const each of document.querySelectorAll("[data-chosen]")) each.textContent = String(many);
  for (const each of document.querySelectorAll("[data-needs-choice]")) each.disabled = many === 0;
  for (const row of rows) {
    row.classList.toggle("is-chosen", Boolean(box(row)?.checked));
  }
  const all = document.getElementById("choose-all");
  if (all) {
    all.checked = many > 0 && many === rows.length;
    all.indeterminate = many > 0 && many < rows.length;
  }
}

function mark(at) {
  rows[current]?.classList.remove("is-current");
  current = at;
  rows[current]?.classList.add("is-current");
}

function move(step) {
  if (!rows.length) return;
  mark(Math.min(rows.length - 1, Math.max(0, current + step)));
  rows[current].querySelector("[data-open]")?.focus();
  rows[current].scrollIntoView({ block: "nearest" });
}

/** The chosen charts, or else the current one: chosen then. */
function choice() {
  if (!chosen().length && box(rows[current])) {
    box(rows[current]).checked = true;
    show();
  }
  return chosen().length > 0;
}

const press = (key) => choice() && bulk?.querySelector(`[data-key="${key}"]`)?.click();
const follow = (selector) => document.querySelector(selector)?.click();

const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: () => {
    if (!box(rows[current])) return;
    box(rows[current]).checked = !box(rows[current]).checked;
    show();
  },
  n: () => document.getElementById("claim-next")?.requestSubmit(),
  c: () => press("c"),
  r: () => press("r"),
  h: () => choice() && openDialog("hand-over"),
  a: () => choice() && document.getElementById("assign-to")?.focus(),
  f: () => document.getElementById("f-setting")?.focus(),
  "/": () => document.getElementById("find-number")?.focus(),
  "[": () => follow('a[rel="prev"]'),
  "]": () => follow('a[rel="next"]'),
};

document.documentElement.classList.add("has-script");
bulk?.addEventListener("focusin", (event) => {
  const at = rows.indexOf(event.target.closest?.("[data-row]"));
  if (at >= 0) mark(at);
});
bulk?.addEventListener("change", (event) => {
  if (event.target.id === "choose-all") for (const row of rows) if (box(row)) box(row).checked = event.target.checked;
  show();
});
for (const menu of document.querySelectorAll("#filters > .field select")) {
  menu.addEventListener("change", () => menu.form.requestSubmit());
}
document.getElementById("filters")?.addEventListener("submit", (event) => {
  for (const each of event.target.elements) if (each.name && !each.value) each.disabled = true; // short addresses
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && event.target.id === "find-number") {
    event.target.value = "";
    document.getElementById("found")?.replaceChildren();
    event.target.blur();
    return;
  }
  const ticks = event.target instanceof HTMLInputElement && event.target.type === "checkbox";
  if (isTyping(event.target) && !ticks) return;
  const tab = /^[1-9]$/.test(event.key) && document.querySelectorAll("#lists a")[Number(event.key) - 1];
  const act = tab ? () => tab.click() : keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// The list lives: it is asked for anew while somebody looks, and what is chosen, current and focused stays so.
let kept = null;

/** True while new rows would be in the way: nobody looks, or somebody fills something in. */
function busy() {
  const here = document.activeElement;
  return document.hidden || document.querySelector("dialog[open], details[data-menu][open]") !== null
    || (here instanceof HTMLElement && here.closest("#bulk-bar select") !== null);
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (["lists", "rows"].includes(event.target.id) && busy()) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "rows") return;
  if (busy()) {
    event.detail.shouldSwap = false;
    return;
  }
  const here = document.activeElement;
  const row = here?.closest?.("[data-row]");
  kept = {
    chosen: new Set(chosen().map((each) => each.dataset.row)),
    current: rows[current]?.dataset.row,
    at: current,
    focus: row && (here.matches("input") ? "input" : "[data-open]"),
    all: here?.id === "choose-all",
    top: window.scrollY,
  };
});
document.addEventListener("htmx:afterSettle", () => {
  if (!kept) return;
  const was = kept;
  kept = null;
  rows = [...document.querySelectorAll("[data-row]")];
  for (const row of rows) if (box(row)) box(row).checked = was.chosen.has(row.dataset.row);
  const again = rows.findIndex((row) => row.dataset.row === was.current);
  current = -1;
  if (was.at >= 0 && rows.length) mark(again >= 0 ? again : Math.min(was.at, rows.length - 1));
  const focus = { preventScroll: true };
  if (was.focus) (rows[current]?.querySelector(was.focus) ?? document.getElementById("main")).focus(focus);
  if (was.all) document.getElementById("choose-all")?.focus(focus);
  const part = document.getElementById("bulk-part");
  if (part) part.hidden = rows.length === 0;
  window.scrollTo(window.scrollX, was.top);
  show();
});
show();
