// What keyboard.py puts into a page: notes where the focus goes, and judges it.
(within) => {
  const NATIVE = "a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls]";
  const OWN_KEYS = "[role=grid], [role=tablist], [role=listbox], [role=menu], [role=radiogroup], [role=toolbar]";
  const scope = [...document.querySelectorAll("dialog[open]")].pop() || (within && document.querySelector(within)) || document.body;
  const shown = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length > 0;
  const name = (el) => (el.id ? `#${el.id}` : el.tagName.toLowerCase() + (el.className ? `.${String(el.className).trim().split(/\s+/).join(".")}` : ""))
    + ` "${(el.getAttribute("aria-label") || el.textContent || el.getAttribute("name") || "").trim().replace(/\s+/g, " ").slice(0, 40)}"`;
  const all = [...scope.querySelectorAll(`${NATIVE}, [tabindex], [contenteditable=true]`)]
    .filter((el) => shown(el) && !el.matches(":disabled") && !(el.matches("summary") && el !== el.parentElement.querySelector(":scope > summary")));
  const wanted = all.filter((el) => el.tabIndex >= 0);
  const poor = all.filter((el) => el.tabIndex < 0 && el.matches(NATIVE) && !el.closest(OWN_KEYS)).map((el) => `by mouse alone: ${name(el)}`);
  poor.push(...all.filter((el) => el.tabIndex > 0).map((el) => `jumps the order: ${name(el)}`));
  const seen = new Set();
  const judge = (el) => {
    const style = getComputedStyle(el);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    if (!ring && style.boxShadow === "none") poor.push(`focus is not seen: ${name(el)}`);
    setTimeout(() => {
      if (document.activeElement !== el) return;
      const box = el.getBoundingClientRect();
      const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]]
        .map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
      if (box.width * box.height > innerWidth * innerHeight / 2) return;
      const free = points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (top === el || el.contains(top) || top.contains(el) || [...(el.labels || [])].some((each) => each.contains(top)));
      });
      if (!free) poor.push(`focus is covered or outside: ${name(el)}`);
    });
  };
  const watch = (event) => { if (!seen.has(event.target)) { seen.add(event.target); judge(event.target); } };
  document.addEventListener("focusin", watch);
  window.keyboardJudge = (last) => {
    const group = (el) => el.type === "radio" && el.name;
    const reached = (el) => seen.has(el) || (group(el) && [...seen].some((each) => group(each) === group(el))) || !shown(el) || !el.isConnected;
    const left = wanted.filter((el) => !reached(el));
    if (left.length && !last) return null;
    document.removeEventListener("focusin", watch);
    poor.push(...left.map((el) => `not reached by Tab: ${name(el)}`));
    return [...new Set(poor)];
  };
  return wanted.length;
}
