// One small window that asks: a reason, a value, yes or no. Digits and letters choose.

const get = (id) => document.getElementById(id);

/**
 * Ask something; resolves with the answer, or null.
 * `choices`: [{value, label, more, key}]; `field`: {label, value, kind, required} or null.
 */
export function ask({ title, text = "", choices = [], field = null, go = "Go on", danger = false }) {
  const dialog = get("ask");
  get("ask-title").textContent = title;
  get("ask-text").textContent = text;
  get("ask-text").hidden = !text;
  get("ask-error").textContent = "";
  const button = get("ask-go");
  button.textContent = go;
  button.hidden = !field && choices.length > 0;
  button.classList.toggle("button-danger", danger);
  button.classList.toggle("button-primary", !danger);
  get("ask-field").hidden = !field;
  const input = get("ask-value");
  if (field) {
    get("ask-label").textContent = field.label;
    input.value = field.value || "";
    input.inputMode = field.kind || "text";
  }
  get("ask-choices").replaceChildren(...choices.map((choice) => {
    const each = document.createElement("button");
    each.type = "button";
    each.dataset.value = choice.value;
    each.dataset.key = choice.key;
    const key = document.createElement("kbd");
    key.textContent = choice.key.toUpperCase();
    const words = document.createElement("span");
    words.textContent = choice.label;
    each.append(key, words);
    if (choice.more) {
      const more = document.createElement("span");
      more.className = "muted";
      more.textContent = choice.more;
      each.append(more);
    }
    return each;
  }));
  get("ask-choices").hidden = !choices.length;
  return new Promise((resolve) => {
    let answer = null;
    const end = (value) => {
      answer = value;
      dialog.close();
    };
    const onClick = (event) => {
      const each = event.target.closest("[data-value]");
      if (each) end(each.dataset.value);
    };
    const onKey = (event) => {
      if (event.target === input || event.ctrlKey || event.metaKey || event.altKey) return;
      const each = get("ask-choices").querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (each) {
        event.preventDefault();
        end(each.dataset.value);
        return;
      }
      const all = [...get("ask-choices").children];
      const at = all.indexOf(document.activeElement);
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by && all.length) {
        event.preventDefault();
        all[(at + by + all.length) % all.length].focus();
      }
    };
    const onSubmit = (event) => {
      event.preventDefault();
      if (field?.required && !input.value.trim()) {
        get("ask-error").textContent = `${field.label}: something must stand here.`;
        input.focus();
        return;
      }
      end(field ? input.value.trim() : "yes");
    };
    const onClose = () => {
      dialog.removeEventListener("click", onClick);
      dialog.removeEventListener("keydown", onKey);
      dialog.removeEventListener("submit", onSubmit);
      dialog.removeEventListener("close", onClose);
      resolve(answer);
    };
    dialog.addEventListener("click", onClick);
    dialog.addEventListener("keydown", onKey);
    dialog.addEventListener("submit", onSubmit);
    dialog.addEventListener("close", onClose);
    dialog.showModal();
    if (choices.length) get("ask-choices").firstElementChild.focus();
    else if (field) {
      input.focus();
      input.select();
    } else button.focus();
  });
}

/** The choices that a template of the page holds: numbered, or by their value. */
export function listed(id) {
  return [...get(id).content.querySelectorAll("option")].map((option, at) => ({
    value: option.value,
    label: option.getAttribute("label") || option.textContent,
    more: option.hasAttribute("label") ? option.textContent : "",
    key: option.hasAttribute("value") ? option.value.toLowerCase() : String(at + 1),
  }));
}
