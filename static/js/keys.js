// The laptop's single keys. They rest while she types, while a dialog is open, and when switched off.

// A second press this soon was meant for the button that stood there before: one Space too many
// would close a check-in that was only just opened.
const TWICE_MS = 400;
const CONTROL = "a, button, input, textarea, select, summary, [contenteditable]";
const TYPING = "textarea, select, [contenteditable], input:not([type='radio'], [type='checkbox'])";
const OPEN = CSS.supports("selector(:popover-open)") ? "dialog[open], :popover-open" : "dialog[open]";

const meaning = (button = document.querySelector("#control-primary")) =>
  button && button.textContent + button.getAttribute("hx-vals");

let lastPress = -TWICE_MS;
// When the button got another meaning: a press this soon was meant for the one before, be it that
// another laptop went on, that phones came or went, or that what she pressed herself took a while.
let changedAt = -TWICE_MS;
let shown = meaning();

function meant(event) {
  if (event.shiftKey && event.key !== "?") return null;
  const space = event.key === " ";
  if (document.activeElement?.closest(space ? CONTROL : TYPING)) return null;
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
  if (!event.target.closest("#control-primary")) return;
  const byKey = event.detail === 0;
  const again = byKey ? event.timeStamp - lastPress < TWICE_MS : event.detail > 1;
  if (byKey) lastPress = event.timeStamp;
  if (again || event.timeStamp - changedAt < TWICE_MS) event.stopImmediatePropagation();
}, { capture: true });

document.addEventListener("htmx:after:swap", () => {
  if (meaning() === shown) return;
  [changedAt, shown] = [performance.now(), meaning()];
});
