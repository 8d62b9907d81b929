// Decisions: one after the other to the server, the panel anew from its answer.
import { toast } from "../base.js";
import { ask, listed } from "./ask.js";
import { choose, chosenRow, mayEdit, nextOpen, panel, restore, rowOf, rows } from "./codes.js";
import { marked, reload } from "./documents.js";
import { restoreInspector, showDetail } from "./inspector.js";
import { fetchFragment, post, requestKey, say, toElement } from "./net.js";

const chart = () => document.getElementById("chart");
let line = Promise.resolve();

/** Send one request after those before it; the panel is drawn from the answer. True if it was done.
 * `settle(words)` is called instead of a complaint where a reason would settle what stands in the way. */
export function send(url, values, { done = "", settle = null } = {}) {
  const request = requestKey();
  const next = line.then(() => run(url, { ...values, request }, done, settle));
  line = next.catch(() => false);
  return next;
}

async function run(url, values, done, settle) {
  const answer = await post(url, { ...values, version: panel().dataset.version });
  if (answer.status === 200 || answer.status === 409) draw(answer.text);
  if (answer.status === 200) {
    if (done) say(done);
    return true;
  }
  for (const row of rows()) row.classList.remove("is-busy");
  const words = answer.message || plainText(answer.text) || "This could not be done; nothing was changed.";
  if (settle && answer.status === 422 && answer.settles) settle(words);
  else toast(words, "error");
  return false;
}

function plainText(html) {
  if (!html || html.includes("<html")) return "";
  const box = document.createElement("template");
  box.innerHTML = html;
  return box.content.textContent.trim().slice(0, 300);
}

/** Put the new panel in the place of the old one; what was seen, chosen and focused stays. */
export function draw(html) {
  const fresh = toElement(html);
  const old = panel();
  if (!fresh || fresh.id !== "panel") return;
  const list = document.getElementById("codes-list").scrollTop;
  const panes = document.getElementById("panes").scrollTop;
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const inList = Boolean(held?.closest("#codes"));
  const doing = held?.dataset.do || "";
  const detail = document.getElementById("detail");
  const comment = document.getElementById("comment")?.value || "";
  fresh.querySelector("#detail")?.replaceWith(detail);
  old.replaceWith(fresh);
  window.htmx?.process(fresh);
  restoreInspector();
  document.getElementById("codes-list").scrollTop = list;
  document.getElementById("panes").scrollTop = panes;
  const note = document.getElementById("comment");
  if (note && comment) note.value = comment;
  restore({ focus: inList || (Boolean(held) && !doing) });
  if (doing && !inList) document.querySelector(`#panel [data-do="${doing}"]`)?.focus();
  const row = chosenRow();
  if (row) showDetail(row.dataset.key, { now: true });
}

/** Decide something on the chosen code (or another). */
export function decide(verb, { key = chosenRow()?.dataset.key || "", done = "", ...values } = {}) {
  if (!mayEdit()) {
    toast("This chart cannot be changed now.", "warning");
    return Promise.resolve(false);
  }
  rowOf(key)?.classList.add("is-busy");
  return send(chart().dataset.decide, { verb, key, ...values }, { done });
}

function accept(row) {
  const { key, code, state } = row.dataset;
  if (state !== "suggested" && state !== "rejected") {
    const next = nextOpen();
    if (next) choose(next.dataset.key, { focus: true, quiet: true });
    return;
  }
  const done = decide("accept", { key, done: `${code} accepted` });
  const next = nextOpen();
  if (next) choose(next.dataset.key, { focus: true, quiet: true });
  done.then((good) => {
    if (good && !nextOpen() && !rows().some((each) => each.dataset.state === "suggested")) say("All codes are decided");
  });
}

async function reject(row) {
  const { key, code } = row.dataset;
  const why = await ask({
    title: `Why is ${code} rejected?`,
    choices: listed("reasons"),
    field: { label: "or another reason", required: true },
    go: "Reject",
    danger: true,
  });
  if (why === null) return;
  const next = nextOpen();
  const good = await decide("reject", { key, why, done: `${code} rejected` });
  if (good && next) choose(next.dataset.key, { focus: true, quiet: true });
}

async function poa(row) {
  const value = await ask({ title: `${row.dataset.code}: present on admission?`, choices: listed("poa-values") });
  if (value !== null) decide("poa", { key: row.dataset.key, value, done: `Present on admission: ${value}` });
}

async function modifiers(row) {
  const value = await ask({
    title: `Modifiers of ${row.dataset.code}`,
    text: "At most four, apart by blanks. Leave it empty for none.",
    field: { label: "Modifiers", value: row.dataset.modifiers },
    go: "Save",
  });
  if (value !== null) decide("modifiers", { key: row.dataset.key, value, done: `Modifiers: ${value || "none"}` });
}

async function units(row) {
  const value = await ask({
    title: `Units of ${row.dataset.code}`,
    field: { label: "Units", value: row.dataset.units || "1", kind: "numeric" },
    go: "Save",
  });
  if (value !== null) decide("units", { key: row.dataset.key, value, done: `Units: ${value || "none"}` });
}

/** The diagnoses for which a service was done, told by their numbers in the list. */
async function pointers(row) {
  const diagnoses = rows().filter((each) => each.dataset.system === "icd10cm" && each.dataset.state !== "rejected");
  const now = row.dataset.pointers.split(" ").map((key) => rowOf(key)?.dataset.rank).filter(Boolean);
  const value = await ask({
    title: `Diagnoses for ${row.dataset.code}`,
    text: diagnoses.slice(0, 12).map((each) => `${each.dataset.rank} ${each.dataset.code}`).join(" · "),
    field: { label: "Numbers, the most important first (at most four)", value: now.join(" ") || "1", kind: "numeric" },
    go: "Save",
  });
  if (value === null) return;
  const wanted = value.split(/[\s,]+/).filter(Boolean);
  const found = wanted.map((number) => diagnoses.find((each) => each.dataset.rank === number));
  if (found.includes(undefined)) {
    toast("Name diagnoses by their numbers in the list, such as 1 3.", "warning");
    return;
  }
  decide("pointers", { key: row.dataset.key, value: found.map((each) => each.dataset.key).join(" "), done: "Diagnoses saved" });
}

/** Words marked in the document become evidence of the chosen code. */
export async function giveWords() {
  const row = chosenRow();
  const words = marked();
  if (!row || !words) {
    toast("Mark words in the document first, then choose their code and press V.", "info");
    return;
  }
  const place = [{ document: words.document, start: words.start, end: words.end }];
  getSelection().removeAllRanges();
  if (await decide("evidence", { key: row.dataset.key, value: JSON.stringify(place), done: "Words given to the code" })) {
    reload(words.document);
  }
}

async function override(button) {
  const { ruleId: code, about } = button.dataset;
  const why = await ask({
    title: about?.startsWith("unchecked:") ? "Go on without this check?" : "Accept this finding as it is?",
    text: "It stays on record with your name and the reason.",
    field: { label: "Reason", required: true },
    go: about?.startsWith("unchecked:") ? "Acknowledge it" : "Accept it",
  });
  if (why !== null) decide("override", { key: about || "", code, why, done: "Finding accepted" });
}

async function finalize() {
  const open = rows().filter((row) => row.dataset.state === "suggested");
  if (open.length) {
    choose(open[0].dataset.key, { focus: true });
    toast(`${open.length} code${open.length > 1 ? "s are" : " is"} still to decide: accept (A) or reject (R).`, "warning");
    return;
  }
  const url = document.querySelector("[data-finalize-url]")?.dataset.finalizeUrl;
  if (!url) return;
  const standing = rows().filter((row) => row.dataset.state !== "rejected").length;
  const sure = await ask({ title: "Finalise this chart?", text: `${standing} codes go on to billing. It can be reopened with a reason.`, go: "Finalise" });
  if (sure === null) return;
  const settle = async (words) => {
    const why = await ask({ title: "Finalise as it stands?", text: words, field: { label: "Reason", required: true }, go: "Finalise" });
    if (why !== null && (await send(url, { why }, { done: "The chart is final" }))) toast("The chart is final.", "success");
  };
  if (await send(url, {}, { done: "The chart is final", settle })) toast("The chart is final.", "success");
}

/** Take a chart over that somebody else has, with a reason that stays on record. */
async function takeOver() {
  const why = await ask({
    title: "Take this chart over?",
    text: "Whoever has it now can no longer change it. The reason stays on record.",
    field: { label: "Reason", required: true },
    go: "Take it over",
  });
  if (why === null) return;
  const answer = await post(chart().dataset.lock, { take: "1", why });
  if (answer.status !== 200) toast(answer.message || "This could not be done.", "error");
  const html = await fetchFragment(chart().dataset.panel);
  if (html !== null) draw(html);
}

async function reopen(button) {
  const why = await ask({ title: "Reopen this chart?", field: { label: "Reason", required: true }, go: "Reopen" });
  if (why !== null) send(button.dataset.url, { why }, { done: "The chart is open again" });
}

const OWN = { accept, reject, poa, modifiers, units, pointers };
const SIMPLE = {
  principal: (row) => decide("principal", { key: row.dataset.key, done: `${row.dataset.code} is first` }),
  up: (row) => decide("reorder", { key: row.dataset.key, value: "up", done: "Moved up" }),
  down: (row) => decide("reorder", { key: row.dataset.key, value: "down", done: "Moved down" }),
};

/** Do something by its name; what needs a code takes the chosen one. */
export function act(name, button = null) {
  const row = button?.closest(".code-row") || chosenRow();
  if (name === "undo") return send(chart().dataset.undo, {}, { done: "Undone" });
  if (name === "redo") return send(chart().dataset.redo, {}, { done: "Done again" });
  if (name === "finalize") return finalize();
  if (name === "take-over") return takeOver();
  if (name === "reopen" && button) return reopen(button);
  if (name === "override" && button) return override(button);
  if (name === "withdraw" && button) {
    return decide("withdraw", { key: button.dataset.about || "", code: button.dataset.ruleId, done: "The finding counts again" });
  }
  if (!row) return toast("Choose a code first.", "info");
  if (!mayEdit()) return toast("This chart cannot be changed now.", "warning");
  if (row !== chosenRow()) choose(row.dataset.key, { scroll: false, quiet: true });
  return (OWN[name] || SIMPLE[name])?.(row);
}
