// An agenda's cards: moved by a handle, by touch, mouse or arrow keys, and the running total.
// The order of the cards is what the form sends; without this script its buttons do the same.

// This close to the top or the bottom, a drag scrolls the page: pixels, and pixels each time.
const EDGE = 90;
const SCROLL = 14;

const steps = document.getElementById("steps");
const total = document.getElementById("total");
const said = document.getElementById("moved");

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function minutesOf(card) {
  const minutes = Number.parseInt(card.querySelector("[name$='-minutes']").value, 10);
  return minutes > 0 ? minutes : 0;
}

function count() {
  let begins = 0;
  [...steps.children].forEach((card, at) => {
    const place = card.querySelector(".step-place");
    place.textContent = filled(place.dataset.words, { n: at + 1, m: begins });
    card.dataset.begins = begins;
    begins += minutesOf(card);
  });
  total.textContent = filled(total.dataset.words, { n: begins });
}

function say(card) {
  said.textContent = filled(steps.dataset.moved, {
    title: card.querySelector("[name$='-title']").value,
    n: [...steps.children].indexOf(card) + 1,
    of: steps.children.length,
    m: card.dataset.begins,
  });
}

// The neighbour changes places, not the card: what leaves the page for a moment loses the pointer
// and the focus.
function up(card) {
  if (card.previousElementSibling) card.after(card.previousElementSibling);
}

function down(card) {
  if (card.nextElementSibling) card.before(card.nextElementSibling);
}

const middle = (card) => {
  const box = card.getBoundingClientRect();
  return box.top + box.height / 2;
};

function follow(card, y) {
  if (y < EDGE) scrollBy(0, -SCROLL);
  else if (y > innerHeight - EDGE) scrollBy(0, SCROLL);
  while (card.previousElementSibling && y < middle(card.previousElementSibling)) up(card);
  while (card.nextElementSibling && y > middle(card.nextElementSibling)) down(card);
  count();
}

// Cards fold while one is dragged; the one in hand stays under the hand.
function fold(card, folded) {
  const before = card.getBoundingClientRect().top;
  steps.classList.toggle("is-sorting", folded);
  card.classList.toggle("is-moving", folded);
  scrollBy(0, card.getBoundingClientRect().top - before);
}

function drag(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle || !event.isPrimary || event.button !== 0) return;
  event.preventDefault();
  handle.focus();
  const card = handle.closest(".step");
  const done = new AbortController();
  const on = (kind, act) => handle.addEventListener(kind, act, { signal: done.signal });
  fold(card, true);
  handle.setPointerCapture(event.pointerId);
  on("pointermove", ({ clientY }) => follow(card, clientY));
  on("lostpointercapture", () => {
    done.abort();
    fold(card, false);
    say(card);
  });
}

function press(event) {
  const move = { ArrowUp: up, ArrowDown: down }[event.key];
  const card = move && event.target.matches("[data-handle]") && event.target.closest(".step");
  if (!card) return;
  event.preventDefault();
  move(card);
  count();
  say(card);
  card.scrollIntoView({ block: "nearest" });
}

for (const handle of steps.querySelectorAll("[data-handle]")) handle.hidden = false;
steps.addEventListener("pointerdown", drag);
steps.addEventListener("keydown", press);
steps.addEventListener("input", count);
count();
