// Leaving blanks the page at once, with the network off too; telling the server comes after.
// A page that is out of sight or left behind shows nothing to whoever looks at this phone next.

const form = document.getElementById("leave");

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const told = new URLSearchParams(new FormData(form));
  const blank = document.getElementById("left").content.cloneNode(true);
  document.dispatchEvent(new CustomEvent("meeting:left"));
  for (const { name } of [...document.body.attributes]) document.body.removeAttribute(name);
  document.body.replaceChildren(blank);
  history.replaceState(null, "", "/");
  document.querySelector("[tabindex]")?.focus();
  const tell = () => fetch(form.action, { method: "POST", body: told, keepalive: true })
    .catch(() => addEventListener("online", tell, { once: true }));
  tell();
});

document.addEventListener("visibilitychange", () => {
  document.documentElement.toggleAttribute("data-veiled", document.hidden);
});
addEventListener("pagehide", () => document.body.replaceChildren());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
