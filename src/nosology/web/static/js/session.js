// Signs off after some minutes without work, with a warning two minutes before. The server does so too, whatever a page says.

const dialog = document.getElementById("session-warning");
const limit = Math.max(30, Number(dialog?.dataset.idle || 0) - 60) * 1000; // before the server does
const warning = Math.min(120_000, limit / 2);
const KEY = "nosology-last-work"; // so that windows of one person know of each other
let told = 0; // when the server was last told of work
let worked = Date.now();
let left = false; // one way out is enough: a second one would break off the first

function token() {
  try {
    return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  } catch {
    return "";
  }
}

function send(address, headers = {}) {
  return fetch(address, { method: "POST", headers: { "X-CSRFToken": token(), "HX-Request": "true", ...headers } });
}

function lastWork() {
  let elsewhere = 0;
  try {
    elsewhere = Number(localStorage.getItem(KEY)) || 0;
  } catch {
    // no storage: this window counts alone
  }
  return Math.max(worked, elsewhere);
}

function atWork() {
  if (dialog.open) return; // then only the button counts
  worked = Date.now();
  try {
    localStorage.setItem(KEY, String(worked));
  } catch {
    // no storage
  }
}

async function tell() {
  told = Date.now();
  try {
    const answer = await send(dialog.dataset.alive);
    if (answer.status === 401) leave();
  } catch {
    // the server cannot be reached: the next try tells
  }
}

function leave() {
  left = true;
  document.getElementById("main")?.replaceChildren(); // nothing of a chart stays on the screen
  const back = encodeURIComponent(location.pathname + location.search);
  location.replace(`${dialog.dataset.login}?next=${back}`);
}

async function signOff() {
  left = true;
  try {
    await send(dialog.dataset.logout);
  } finally {
    leave();
  }
}

function look() {
  if (left) return;
  const now = Date.now();
  const idle = now - lastWork();
  if (idle >= limit) {
    signOff();
    return;
  }
  if (lastWork() > told && now - told >= 30_000) tell();
  const near = idle >= limit - warning;
  if (near && !dialog.open) dialog.showModal();
  if (!near && dialog.open) dialog.close();
  if (near) dialog.querySelector("[data-left]").textContent = String(Math.max(1, Math.round((limit - idle) / 1000)));
}

if (dialog) {
  for (const kind of ["keydown", "pointerdown", "wheel", "touchmove"]) {
    addEventListener(kind, atWork, { passive: true, capture: true });
  }
  const stay = () => {
    dialog.close();
    atWork();
    tell();
  };
  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", stay);
  told = Date.now(); // the page itself was work
  atWork();
  setInterval(look, 1000);
}
