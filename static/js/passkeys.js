// Where a browser has passkeys, their button shows; when one is not used, a sentence says so.

const wrong = document.getElementById("passkey-wrong");
const button = document.getElementById("passkey-use");

button.hidden = !window.PublicKeyCredential;
button.addEventListener("click", (event) => {
  // Nothing is made on her device before the form is filled in.
  if (!button.form.reportValidity()) event.stopImmediatePropagation();
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  wrong.hidden = false;
});
