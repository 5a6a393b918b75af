// Statements on the laptop: put in order by a handle, two made one. Nothing moves by itself.

// This close to the top or the bottom, a drag scrolls: pixels, and pixels each time.
const EDGE = 60;
const SCROLL = 14;
// The rims of a card mean before and after; what is between them means "the same".
const RIM = 0.3;

const byId = (id) => document.getElementById(id);
const one = (id) => byId(`card-${id}`) ?? byId(`adopted-${id}`);
const block = (element) => element.closest("[data-matter], [data-statement]");
const idOf = ({ dataset }) => dataset.matter ?? dataset.statement;
const post = (path, source, values) => htmx.ajax("POST", path, { source, values, swap: "none" });
const unmark = () => document.querySelectorAll("[data-drop]")
  .forEach((marked) => marked.removeAttribute("data-drop"));

function scroll(by) {
  document.querySelector(".console-now").scrollBy(0, by);
  scrollBy(0, by);
}

// Cards fold while one is dragged; the one in hand stays under the hand.
function fold(id, folded) {
  const before = one(id)?.getBoundingClientRect().top;
  document.documentElement.toggleAttribute("data-sorting", folded);
  if (one(id)) scroll(one(id).getBoundingClientRect().top - before);
}

// Where it would fall: onto another one, or behind the one with the id `after`.
function placeAt(id, { clientX, clientY }) {
  const moved = one(id);
  const { top, bottom } = document.querySelector(".console-now").getBoundingClientRect();
  if (clientY < Math.max(top, 0) + EDGE) scroll(-SCROLL);
  else if (clientY > Math.min(bottom, innerHeight) - EDGE) scroll(SCROLL);
  unmark();
  const kind = moved.dataset.card ? "[data-card], [data-matter]" : "[data-statement]";
  const over = document.elementFromPoint(clientX, clientY)?.closest(kind);
  if (!over || over === moved) return null;
  const box = over.getBoundingClientRect();
  const at = (clientY - box.top) / box.height;
  const rim = byId(`card-same-${id}`) && byId(`card-same-${over.dataset.card}`) ? RIM : 0.5;
  if (at >= rim && at <= 1 - rim) {
    over.dataset.drop = "onto";
    return { onto: over.dataset.card };
  }
  const [own, other] = [block(moved), block(over)];
  const before = at < 0.5 ? other.previousElementSibling : other;
  if (own === other || own === before || own === (before ?? other).nextElementSibling) return null;
  other.dataset.drop = at < 0.5 ? "before" : "after";
  return { after: (before && idOf(before)) ?? "" };
}

function drag(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle || !event.isPrimary || event.button !== 0) return;
  event.preventDefault();
  handle.focus();
  const id = handle.dataset.handle;
  const done = new AbortController();
  // On the document: a push may take the handle away.
  const on = (kind, act) => document.addEventListener(kind, act, { signal: done.signal });
  let place = null;
  fold(id, true);
  handle.setPointerCapture(event.pointerId);
  on("pointermove", (moved) => { place = one(id) && placeAt(id, moved); });
  on("pointerup", () => {
    if (place?.onto) merge(id, place.onto);
    else if (place && handle.isConnected) post(`statements/${id}/place`, handle, place);
  });
  on("lostpointercapture", () => {
    done.abort();
    unmark();
    fold(id, false);
  });
}

function press(event) {
  const handle = event.target.closest("[data-handle]");
  const way = { ArrowUp: "earlier", ArrowDown: "later" }[event.key];
  if (!handle || !way) return;
  event.preventDefault();
  block(handle).querySelector(`[id^="${way}-"]`)?.click();
}

// Two that say the same. The dialog has their words from when it opened; the server looks anew.
const form = byId("merge-form");
const [others, stays] = form.querySelectorAll("fieldset");
let first;

function offer(fieldset, name, ids) {
  const choices = ids.map((id) => {
    const choice = byId("merge-choice").content.cloneNode(true);
    Object.assign(choice.querySelector("input"), { name, value: id });
    choice.querySelector("span").textContent = byId(`card-text-${id}`).textContent;
    return choice;
  });
  fieldset.replaceChildren(fieldset.firstElementChild, ...choices);
}

function choose(other) {
  const ids = other ? [first, other] : [];
  stays.hidden = !other;
  offer(stays, "kept", ids.filter((id) => byId(`card-text-${id}`)));
}

function ask(id, other) {
  first = id;
  const alike = [...document.querySelectorAll("[data-merges]")].map(({ dataset }) => dataset.merges);
  offer(others, "other", alike.filter((each) => each !== id));
  const only = other ?? (alike.length === 2 ? alike.find((each) => each !== id) : undefined);
  for (const input of others.querySelectorAll("input")) input.checked = input.value === only;
  others.hidden = Boolean(only);
  choose(only);
}

function merge(id, other) {
  byId(`card-same-${id}`).click();
  ask(id, other);
}

document.addEventListener("pointerdown", drag);
document.addEventListener("keydown", press);
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-merges]");
  if (button) ask(button.dataset.merges);
});
others.addEventListener("change", ({ target }) => choose(target.value));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { kept, other } = Object.fromEntries(new FormData(form));
  form.dataset.kept = kept;
  const gone = kept === first ? other : first;
  post(`statements/${kept}/merged`, form, { beside: form.id, gone });
});
document.addEventListener("statement-taken", ({ target }) => {
  if (target !== form) return;
  form.closest("dialog").close();
  byId(`card-text-${form.dataset.kept}`)?.focus();
});
