// Talking to the server: fragments in, decisions out.
import { toast } from "../base.js";

function token() {
  try {
    return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  } catch {
    return "";
  }
}

/** A key that names one request, so that the same request again changes nothing. */
export function requestKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The text of a fragment; null where it cannot be had (which is said). */
export async function fetchFragment(url, signal) {
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal, credentials: "same-origin" });
    if (answer.redirected && new URL(answer.url).pathname !== new URL(url, location.href).pathname) {
      location.reload();
      return null;
    }
    if (!answer.ok) {
      toast(answer.status === 404 ? "This is no longer there. Reload the page." : "This could not be shown. Try once more.", "error");
      return null;
    }
    return await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") toast("The server cannot be reached.", "error");
    return null;
  }
}

/** Post a form; tries once more, with the same request key, where the line breaks. `{status, text, message, settles}`. */
export async function post(url, values) {
  const body = new URLSearchParams(values);
  for (const again of [true, false]) {
    try {
      const answer = await fetch(url, {
        method: "POST",
        body,
        headers: { "HX-Request": "true", "X-CSRFToken": token() },
        credentials: "same-origin",
      });
      if (answer.redirected) {
        location.reload();
        return { status: 0, text: "", message: "" };
      }
      const settles = answer.headers.get("X-Reason-Settles") === "1";
      return { status: answer.status, text: await answer.text(), message: answer.headers.get("X-Message") || "", settles };
    } catch {
      if (!again) break;
      await new Promise((done) => setTimeout(done, 400));
    }
  }
  return { status: 0, text: "", message: "The server cannot be reached. This was not saved." };
}

/** Post while the page goes away. */
export function beacon(url) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", token());
  navigator.sendBeacon(url, data);
}

/** The first element of some HTML from our own server. */
export function toElement(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

/** Say something to those who listen. */
export function say(words) {
  const box = document.getElementById("say");
  if (box) box.textContent = words;
}
