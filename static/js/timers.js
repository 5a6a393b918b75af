// A soft ring and a few words for each step's time, by the server's clock. Never a ticking clock.

const LOOK_EVERY = 1_000;
const MINUTE = 60_000;

let offset = 0;

function paint(timer) {
  const began = Number(timer.dataset.began) * 1000;
  const ends = Number(timer.dataset.ends) * 1000;
  const now = Date.now() + offset;
  const gone = Math.min(1, Math.max(0, (now - began) / Math.max(1, ends - began)));
  timer.querySelector(".ring").style.setProperty("--gone", gone.toFixed(3));
  const minutes = Math.ceil((ends - now) / MINUTE);
  const { left, roundOff } = timer.dataset;
  const text = minutes > 0 ? left.replace("{n}", minutes) : roundOff;
  const words = timer.querySelector(".timer-words");
  if (words.textContent !== text) words.textContent = text;
}

const paintAll = () => document.querySelectorAll("[data-began][data-ends]").forEach(paint);

document.addEventListener("meeting:clock", ({ detail }) => { offset = detail; });
document.addEventListener("htmx:after:swap", paintAll);
setInterval(paintAll, LOOK_EVERY);
paintAll();
