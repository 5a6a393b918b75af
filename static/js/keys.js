// The laptop's single keys, and what its dialogs need to know of the button that was pressed.
// A second press this soon was meant for the button that stood there before: one Space too many
// would close a check-in that was only just opened.
const TWICE_MS = 400;
const CONTROL = "a, button, input, textarea, select, summary, [contenteditable]";
const TYPING = "textarea, select, [contenteditable], input:not([type='radio'], [type='checkbox'])";
const OPEN = CSS.supports("selector(:popover-open)") ? "dialog[open], :popover-open" : "dialog[open]";

let lastPress = -TWICE_MS;
function meant(event) {
  if (event.shiftKey && event.key !== "?") return null;
  const space = event.key === " ";
  if (document.activeElement.closest(space ? CONTROL : TYPING)) return null;
  const key = CSS.escape(event.key.toLowerCase());
  return document.querySelector(space ? "[data-primary]" : `[data-key="${key}"]`);
}

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.keys === "off" || document.querySelector(OPEN)) return;
  if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const target = meant(event);
  if (target) event.preventDefault();
  target?.click();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-primary]")) return;
  const byKey = event.detail === 0;
  const again = byKey ? event.timeStamp - lastPress < TWICE_MS : event.detail > 1;
  if (byKey) lastPress = event.timeStamp;
  if (again) event.stopImmediatePropagation();
}, { capture: true });

function nameThePerson(button) {
  const dialog = document.getElementById(button.dataset.opens);
  const name = dialog.querySelector("[data-remove-name]");
  name.textContent = button.dataset.name || name.dataset.nameless;
  dialog.querySelector("[name='seat']").value = button.dataset.seat;
  dialog.querySelector("[name='lock']").checked = true;
  // A dialog closes the list with its notes; afterwards she is back where she was.
  dialog.addEventListener("close", () => {
    button.closest("[popover]")?.showPopover();
    button.focus();
  }, { once: true });
}

// navigator.clipboard is absent over plain HTTP, which is how the embedded laptop is reached.
function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[role='status']");
  field.focus();
  field.select();
  const copied = document.execCommand("copy");
  if (copied) button.focus();
  said.textContent = copied ? said.dataset.words : said.dataset.instead;
}

function flip(button) {
  const on = button.value === "1";
  document.body.dataset.keys = on ? "on" : "off";
  button.setAttribute("aria-checked", String(on));
  button.value = on ? "0" : "1";
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.matches("[data-seat][data-opens]")) nameThePerson(button);
  else if (button?.matches("[data-copies]")) copy(button);
  else if (button?.matches("[role='switch'][name='on']")) flip(button);
});
