// The laptop's page beside its keys: dialogs know their button, links are copied, news is said.
function nameThePerson(button) {
  const dialog = document.getElementById(button.dataset.opens);
  const name = dialog.querySelector("[data-remove-name]");
  name.textContent = button.dataset.name || name.dataset.nameless;
  dialog.querySelector("[name='seat']").value = button.dataset.seat;
  dialog.querySelector("[name='lock']").checked = true;
  // A dialog closes the list with its notes; afterwards she is back where she was, or in the list.
  const list = button.closest("[popover]");
  dialog.addEventListener("close", () => {
    if (list?.isConnected) list.showPopover();
    (button.isConnected ? button : list?.querySelector("button"))?.focus();
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

// That there is one more is news, that one was seen is not; which one stays folded up.
const pointedTo = () => [...document.querySelectorAll("#ours-pointed li")].map(({ id }) => id);
let shownPointedTo = pointedTo();

document.addEventListener("htmx:after:swap", () => {
  const said = document.getElementById("ours-pointed-said");
  const ids = pointedTo();
  if (ids.some((id) => !shownPointedTo.includes(id))) {
    // A new node: the same words as before are read out too.
    said.replaceChildren(document.getElementById("ours-pointed-open").textContent);
  } else if (!ids.length) said?.replaceChildren();
  shownPointedTo = ids;
});

const place = () => document.getElementById("region-lead-now")?.dataset.place;
let shownPlace = place();
document.addEventListener("htmx:after:swap", () => {
  const before = shownPlace;
  shownPlace = place();
  if (shownPlace === before) return;
  document.querySelector(".console-now")?.scrollTo(0, 0);
  // On a phone the whole page scrolls, and a hand may be on its way to something further down.
  if (!document.activeElement?.matches("input, textarea")) scrollTo(0, 0);
});
