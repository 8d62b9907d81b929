// While somebody works on a chart it is theirs: a sign of life every half minute, and let go when they leave.
import { toast } from "../base.js";
import { mayEdit } from "./codes.js";
import { draw } from "./decide.js";
import { beacon, fetchFragment, post } from "./net.js";

const EVERY = 30_000;
let held = false;

async function hold() {
  const chart = document.getElementById("chart");
  if (!mayEdit() || document.hidden) return;
  const answer = await post(chart.dataset.lock, {});
  if (answer.status >= 200 && answer.status < 300) {
    held = true;
    return;
  }
  if (answer.status === 409 || answer.status === 423) {
    held = false;
    const html = await fetchFragment(chart.dataset.panel);
    if (html !== null) draw(html);
    toast(answer.message || "Somebody else has this chart now. You can read it.", "warning");
  }
}

/** Take the chart, and let it go at the end. */
export function startLock() {
  const chart = document.getElementById("chart");
  if (chart.dataset.mayCode !== "1") return;
  hold();
  setInterval(hold, EVERY);
  document.addEventListener("visibilitychange", hold);
  window.addEventListener("pagehide", () => {
    if (held) beacon(chart.dataset.release);
  });
}
