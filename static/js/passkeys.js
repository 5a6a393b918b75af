// Where a browser has passkeys, their button shows; when one is not used, a sentence says so.

const wrong = document.getElementById("passkey-wrong");

if (window.PublicKeyCredential) document.getElementById("passkey-use").hidden = false;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  wrong.hidden = false;
});
