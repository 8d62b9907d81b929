// The chart screen: put together.
import { choose, paint, panel, preload, restore } from "./codes.js";
import { act, send } from "./decide.js";
import { articleOf, goTo, show } from "./documents.js";
import { startFind } from "./find.js";
import { startHint } from "./hint.js";
import { openTab, showDetail, showPart, startInspector } from "./inspector.js";
import { startKeys } from "./keys.js";
import { startLock } from "./lock.js";
import { fetchFragment, toElement } from "./net.js";
import { openSearch, startSearch } from "./search.js";

document.addEventListener("document:loaded", paint);
document.addEventListener("code:chosen", (event) => {
  if (!event.detail.quiet) openTab("code");
  showDetail(event.detail.key);
});

document.addEventListener("click", (event) => {
  const target = event.target;
  if (!(target instanceof Element)) return;
  const tab = target.closest(".documents-tabs [role=tab]");
  if (tab) {
    show(tab.dataset.document);
    return;
  }
  const kind = target.closest("[data-kind]");
  if (kind) {
    const on = kind.getAttribute("aria-pressed") !== "true";
    kind.setAttribute("aria-pressed", String(on));
    document.getElementById("documents-view").classList.toggle(`dim-${kind.dataset.kind}`, !on);
    return;
  }
  const place = target.closest("[data-go-document]");
  if (place) {
    showPart("document");
    goTo(place.dataset.goDocument, Number(place.dataset.goStart), Number(place.dataset.goEnd));
    return;
  }
  const finding = target.closest("[data-go-code]");
  if (finding) {
    choose(finding.dataset.goCode, { focus: true });
    return;
  }
  const doing = target.closest("[data-do]");
  if (doing) {
    if (doing.dataset.do === "add") openSearch({});
    else if (doing.dataset.do === "change") openSearch({ change: true });
    else act(doing.dataset.do, doing);
    return;
  }
  const row = target.closest(".code-row");
  if (row) choose(row.dataset.key, { focus: true });
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest?.("[data-comment]");
  if (!form) return;
  event.preventDefault();
  const box = document.getElementById("comment");
  const text = box.value;
  if (!text.trim()) return;
  box.value = "";
  if (!(await send(form.action, { text }, { done: "Note added" }))) document.getElementById("comment").value = text;
});

/** While the engine reads, look now and then whether it has finished. */
function waitForEngine() {
  if (panel()?.dataset.state !== "waiting") return;
  setTimeout(async () => {
    const html = document.hidden ? null : await fetchFragment(document.getElementById("chart").dataset.panel);
    if (html !== null && toElement(html)?.dataset.state !== "waiting") location.reload();
    else waitForEngine();
  }, 4000);
}

waitForEngine();
startInspector();
startSearch();
startFind();
startHint();
startKeys();
startLock();
restore();
preload();

const asked = new URLSearchParams(location.hash.slice(1));
if (asked.has("document") && articleOf(asked.get("document"))) {
  const start = Number(asked.get("start") || 0);
  goTo(asked.get("document"), start, Number(asked.get("end") || start + 1));
}
