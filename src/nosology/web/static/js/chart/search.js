// The search for a code: as somebody types, with typos; to add one or to put one in the place of another.
import { toast } from "../base.js";
import { choose, chosenRow, mayEdit, rows } from "./codes.js";
import { marked, reload } from "./documents.js";
import { decide } from "./decide.js";
import { openBookOf } from "./inspector.js";
import { fetchFragment, post, say } from "./net.js";

let task = null;
let wait = 0;
let asked = null;

const get = (id) => document.getElementById(id);
const options = () => [...get("search-results").querySelectorAll("[role=option]")];
const current = () => options().find((each) => each.getAttribute("aria-selected") === "true");

function point(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  const input = get("search-words");
  if (option) {
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
}

function own(code, title, number, name) {
  const option = document.createElement("div");
  option.className = "found";
  option.id = `found-${number}`;
  option.setAttribute("role", "option");
  Object.assign(option.dataset, { system: task.system, code, billable: "1" });
  for (const [kind, words] of [["mono found-code", code], ["found-title", title], ["muted", name]]) {
    const part = document.createElement("span");
    part.className = kind;
    part.textContent = words;
    option.append(part);
  }
  return option;
}

/** Before anything is typed: what was weighed for the code and what stands beside it. */
function offer() {
  const choices = [...document.querySelectorAll("#detail [data-choose]")];
  get("search-results").replaceChildren(...choices.map((choice, at) => {
    const title = choice.textContent.replace(choice.dataset.choose, "").trim();
    const weighed = choice.parentElement.querySelector(".choice-why") ? "weighed" : "beside it";
    return own(choice.dataset.choose, title, at + 1, weighed);
  }));
  point(options()[0]);
}

async function seek() {
  const words = get("search-words").value;
  asked?.abort();
  asked = new AbortController();
  const url = new URL(document.getElementById("chart").dataset.search, location.href);
  url.searchParams.set("q", words);
  url.searchParams.set("system", get("search-system").value);
  const html = await fetchFragment(url, asked.signal);
  if (html === null || !get("search").open) return;
  get("search-results").innerHTML = html;
  point(options()[0]);
  const number = options().length;
  say(number ? `${number} codes, first ${options()[0].dataset.code}` : "Nothing found");
}

function later() {
  clearTimeout(wait);
  if (!get("search-words").value.trim() && task?.key) offer();
  else wait = setTimeout(seek, 120);
}

/** Open the search: to add, or (`key`) to change; `words` begin it, `place` is what the code rests on. */
export function openSearch({ change = false, words = "", place = null } = {}) {
  if (!mayEdit()) {
    toast("This chart cannot be changed now.", "warning");
    return;
  }
  const row = change ? chosenRow() : null;
  if (change && !row) {
    toast("Choose a code first.", "info");
    return;
  }
  const selected = change ? null : marked();
  task = {
    key: row?.dataset.key || "",
    system: row?.dataset.system || "icd10cm",
    place: place || (selected && { document: selected.document, start: selected.start, end: selected.end }),
  };
  const said = words || selected?.words || "";
  get("search-title").textContent = row ? `Change ${row.dataset.code} to …` : "Add a code";
  get("search-about").textContent = task.place && !row ? `For the words “${said.slice(0, 80)}”` : row?.querySelector(".code-title")?.textContent || "";
  get("search-about").hidden = !get("search-about").textContent;
  get("search-system").value = task.system;
  get("search-system").disabled = Boolean(row) && task.system === "icd10cm";
  get("search-words").value = said.replace(/\s+/g, " ").slice(0, 120);
  get("search-results").replaceChildren();
  get("search").showModal();
  get("search-words").focus();
  get("search-words").select();
  if (!get("search-words").value.trim() && row) offer();
  else seek();
}

async function take(option) {
  if (!option) return;
  const { system, code, billable } = option.dataset;
  if (!billable) {
    get("search-words").value = code;
    seek();
    return;
  }
  const { key, place } = task;
  get("search").close();
  const values = { code, system, done: `${code} ${key ? "is in its place" : "added"}` };
  if (key) await decide("change", { key, ...values });
  else if (await decide("add", { key: "", ...values, value: place ? JSON.stringify([place]) : "" })) {
    const row = rows().find((each) => each.dataset.system === system && each.dataset.code === code);
    if (place) await reload(place.document);
    if (row) choose(row.dataset.key, { focus: true, scroll: Boolean(place) });
  }
}

async function keep(option) {
  if (!option) return;
  const kept = option.textContent.includes("★");
  const { system, code } = option.dataset;
  const answer = await post(document.getElementById("chart").dataset.favourite, { system, code, pinned: kept ? "" : "1" });
  if (answer.status < 300 && answer.status) {
    say(kept ? `${code} is no longer kept` : `${code} is kept at hand`);
    seek();
  } else toast(answer.message || "This could not be kept.", "error");
}

/** Listen. */
export function startSearch() {
  const input = get("search-words");
  if (!input) return;
  input.addEventListener("input", later);
  get("search-system").addEventListener("change", () => {
    if (!task.key) task.system = get("search-system").value;
    seek();
    input.focus();
  });
  get("search").addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(current());
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (by && all.length && event.target === input) point(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
    else if (event.key === "Enter" && event.target === input) take(current());
    else if (event.altKey && event.key.toLowerCase() === "b" && current()) openBookOf(current().dataset.system, current().dataset.code);
    else if (event.altKey && event.key.toLowerCase() === "p") keep(current());
    else return;
    event.preventDefault();
  });
  get("search-results").addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  document.addEventListener("click", (event) => {
    const choice = event.target.closest?.("#detail [data-choose]");
    const row = chosenRow();
    if (choice && row) decide("change", { key: row.dataset.key, code: choice.dataset.choose, system: row.dataset.system, done: `${choice.dataset.choose} is in its place` });
  });
}
