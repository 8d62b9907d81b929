// What every page does: menus and messages close, dialogs open, toasts, the map of keys under "?".

/** True while somebody types into a field: then letters are no commands. */
export function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** Show a line at the corner; errors stay until they are dismissed. */
export function toast(text, level = "info") {
  const box = document.getElementById("toasts");
  if (!box) return;
  const line = document.createElement("div");
  line.className = `message message-${level}`;
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "message-close";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", "Dismiss this message");
  close.textContent = "×";
  line.append(words, close);
  box.append(line);
  if (level !== "error") setTimeout(() => line.remove(), 6000);
}

/** Open a dialog by its id. */
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
  target.closest("[data-dismiss]")?.closest(".message")?.remove();
  const opener = target.closest("[data-dialog-open]");
  if (opener) openDialog(opener.dataset.dialogOpen);
  if (target.closest("[data-dialog-close]")) target.closest("dialog")?.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  }
  if (event.key === "?" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    openDialog("keys");
  }
});

document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  const said = event.detail.xhr.getResponseHeader("X-Message");
  if (status === 401 || status === 403) toast(said || "You may not do this, or you have been signed out. Reload the page.", "error");
  else if (status === 404) toast(said || "This is no longer there. Reload the page.", "error");
  else toast(said || "The server could not do this; nothing was changed. Try once more.", "error");
});
document.addEventListener("htmx:sendError", () => toast("The server cannot be reached. What you did last may not be saved.", "error"));
