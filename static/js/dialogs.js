// Buttons that open and close dialogs. Escape is the browser's; focus goes back where it was.

const openers = new WeakMap();

function close(dialog) {
  dialog.close();
  // Safari gives a tapped button no focus, so it is given here.
  openers.get(dialog)?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    openers.set(dialog, opener);
    hush(dialog);
    dialog.showModal();
    dialog.scrollTop = 0;
    return;
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) close(closer.closest("dialog"));
  else if (event.target.matches("dialog[open]") && isOutside(event)) close(event.target);
});

// What was said in it was about what was done in it then; an answer may come after it is closed.
function hush(dialog) {
  dialog.querySelectorAll("[role='status']").forEach((said) => said.replaceChildren());
}

document.addEventListener("close", ({ target }) => hush(target), true);

const added = (form) => { form.reset(); close(form.closest("dialog")); };
document.addEventListener("step-added", ({ target }) => added(target));

function isOutside({ target, clientX, clientY }) {
  const box = target.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
