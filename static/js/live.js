// Keeps a page current: by its socket, by polling where sockets are blocked or silent, and says
// so when nothing answers. Times in milliseconds; the wall clock, because it runs while asleep.

const LOOK_EVERY = 500;
const SOCKET_OPENS_WITHIN = 4_000;
const SOCKET_SILENT_AFTER = 15_000;
const POLL_EVERY = 3_000;
const AWAY_AFTER = 10_000;
const PATIENCE = 3_000; // for a first poll, before the page says that nobody answers
const PAD_TO = 128;
const FORGET_AFTER = 15 * 60_000;
const ASLEEP_AFTER = 5_000; // between two looks
// As the server writes them; words in them are escaped.
const REGIONS = /<hx-partial hx-target="#region-[^]*?<\/hx-partial>/g;

const announce = (text) => { document.getElementById("announce").textContent = text; };

class Live {
  #page;
  #over = false;
  #looking;
  #lookedAt = Date.now();
  #heardAt = Date.now();
  #socketHeardAt = 0;
  #lostAt = Date.now();
  #polledAt = 0;
  #polling = false;
  #firstSocket = true;
  #revision;
  #digest;
  #announced;
  #focused;
  #region;
  #writing = [];
  #unsent = [];

  constructor(page) {
    this.#page = page;
    this.#revision = Number(page.dataset.revision);
    this.#digest = page.dataset.digest;
    this.#announced = this.#spoken();
    this.#setClock(Number(page.dataset.now));
    const on = (event, listener, target = document) => target.addEventListener(event, listener);
    on("htmx:before:ws:message", (event) => this.#socketSaid(event.detail.message), page);
    on("htmx:ws:close", () => this.#socketClosed(), page);
    on("htmx:after:request", (event) => this.#answered(event));
    on("htmx:response:error", (event) => this.#failed(event.detail.ctx));
    on("htmx:error", (event) => event.detail.ctx && this.#failed(event.detail.ctx));
    on("htmx:config:request", (event) => pad(event.detail.ctx));
    on("htmx:before:swap", () => this.#swapping());
    on("htmx:after:swap", () => this.#over || this.#swapped());
    on("statement-taken", ({ target }) => taken(target));
    on("meeting:left", () => this.#stop());
    on("visibilitychange", () => document.visibilityState === "visible" && this.#poll());
    on("online", () => this.#poll(), window);
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY);
    // On a slow network htmx looks for sockets before hx-ws has arrived; here it has.
    if (!this.#connection) htmx.process(page);
  }

  get #connection() {
    return htmx.ext.ws.getRegistry().get(this.#page.getAttribute("hx-ws:connect"));
  }

  #look() {
    const now = Date.now();
    if (now - this.#lookedAt > ASLEEP_AFTER) this.#lostAt = now;
    this.#lookedAt = now;
    const open = this.#connection?.socket?.readyState === WebSocket.OPEN;
    const silent = now - this.#socketHeardAt > SOCKET_SILENT_AFTER;
    if (open && !silent) {
      this.#lostAt = 0;
    } else {
      this.#lostAt ||= now;
      const waited = now - this.#lostAt;
      // A dead connection does not say so; closed, it is opened again.
      if (open && waited > SOCKET_OPENS_WITHIN) this.#connection.socket.close();
      if ((open && this.#socketHeardAt) || waited > SOCKET_OPENS_WITHIN) {
        if (now - this.#polledAt >= POLL_EVERY) this.#poll();
      }
    }
    const lost = this.#lostAt ? now - this.#lostAt : 0;
    const unheard = now - this.#heardAt;
    this.#showAway(lost > PATIENCE && unheard > AWAY_AFTER);
    if (lost > AWAY_AFTER && unheard > FORGET_AFTER) this.#forget();
  }

  #poll() {
    if (this.#over || this.#polling) return;
    this.#polling = true;
    this.#polledAt = Date.now();
    const path = `${this.#page.dataset.poll}?have=${this.#digest}`;
    htmx.ajax("GET", path, { source: this.#page, swap: "none" })
      .finally(() => { this.#polling = false; });
  }

  #socketSaid(message) {
    if (!message.json || this.#over) return;
    this.#heardAt = this.#socketHeardAt = Date.now();
    if (message.json.now) this.#setClock(message.json.now);
    if (message.json.content !== undefined) this.#digest = "";
    this.#revision = Math.max(this.#revision, message.json.revision ?? 0);
  }

  #socketClosed() {
    this.#socketHeardAt = 0;
    if (!this.#firstSocket || this.#over) return;
    // The address of the first socket says what the page was made with: true only once.
    this.#firstSocket = false;
    this.#page.setAttribute("hx-ws:connect", this.#page.dataset.socket);
    queueMicrotask(() => htmx.process(this.#page, true));
  }

  #answered(event) {
    const { ctx } = event.detail;
    const { headers } = ctx.response;
    // Whatever else answers at this address (a hall's sign-in page, say) is not our laptop.
    if (!headers.has("X-Revision") && !isOurs(ctx)) return;
    this.#heardAt = Date.now();
    if (headers.has("X-Now")) this.#setClock(Number(headers.get("X-Now")));
    const revision = Number(headers.get("X-Revision") ?? this.#revision);
    // A push newer than this answer has been painted already. What is said to one alone has not.
    if (revision < this.#revision && ctx.response.status < 300) {
      [ctx.swap, ctx.text] = ["none", (ctx.text ?? "").replace(REGIONS, "")];
    } else this.#digest = headers.get("X-Digest") ?? "";
    this.#revision = Math.max(this.#revision, revision);
  }

  #failed(ctx) {
    const status = ctx.response?.status ?? 0;
    if (isOurs(ctx)) return;
    if (ctx.sourceElement === this.#page) {
      // Signed out, or seated no more: the page itself says it better.
      if (status === 403 || status === 404) location.reload();
      return;
    }
    // A refusal from before our pages is a page of its own: its sentence is what counts.
    const page = new DOMParser().parseFromString(ctx.text ?? "", "text/html");
    const said = status < 500 && page.querySelector("main p, main h1")?.textContent.trim();
    const line = document.createElement("p");
    line.textContent = said || this.#page.dataset.unsent;
    // What stands behind an open dialog is not heard.
    const beside = ctx.sourceElement.closest("dialog")?.querySelector(".console-said");
    (beside ?? document.getElementById("said"))?.replaceChildren(line);
  }

  #swapping() {
    this.#focused = document.activeElement;
    this.#region = this.#focused?.closest("[id^='region-']")?.id;
    const fields = [...document.querySelectorAll("[data-words]")];
    this.#writing = fields.filter(({ value, defaultValue }) => value !== defaultValue);
  }

  #swapped() {
    if (document.querySelector("#stage[data-over]")) return this.#finish();
    // A control that went away hands its focus to its region, not to the top of the page.
    if (this.#region && !this.#focused.isConnected) {
      document.getElementById(this.#region)?.focus({ preventScroll: true });
    }
    this.#keepWords();
    // A restart forgets responses, and a morph leaves what was ticked: show what the server knows.
    for (const one of document.querySelectorAll("input[name=response]")) {
      if (!one.closest(".htmx-request")) one.checked = one.defaultChecked;
    }
    const spoken = this.#spoken();
    if (spoken === this.#announced) return;
    this.#announced = spoken;
    // Someone who took a pause is left in quiet.
    if (!document.getElementById("pause")?.open) announce(spoken);
  }

  // What someone was writing when its form went away waits in the field for suggestions.
  #keepWords() {
    const gone = this.#writing.filter(({ isConnected }) => !isConnected);
    this.#unsent.push(...gone.map(({ value }) => value));
    const field = document.getElementById("suggest-text");
    if (!field || !this.#unsent.length) return;
    field.value = [field.value, ...this.#unsent.splice(0)].filter(Boolean).join(" ");
  }

  #spoken() {
    return document.querySelector("[data-announce]")?.dataset.announce ?? "";
  }

  #setClock(seconds) {
    const offset = seconds * 1000 - Date.now();
    document.dispatchEvent(new CustomEvent("meeting:clock", { detail: offset }));
  }

  #showAway(away) {
    const line = document.getElementById("away-line");
    if (line && line.hidden === away) line.hidden = !away;
    document.documentElement.dataset.contact = away ? "away" : "here";
  }

  #forget() {
    const ended = document.getElementById("ended").content.cloneNode(true);
    document.getElementById("stage").replaceWith(ended);
    this.#finish();
  }

  #finish() {
    this.#stop();
    announce("");
    if (!document.querySelector("dialog[open]")) document.querySelector("#stage h1")?.focus();
    // The answer takes the seat's cookie along, and what the browser has stored of us.
    fetch(this.#page.dataset.poll).catch(() => {});
  }

  #stop() {
    this.#over = true;
    clearInterval(this.#looking);
    htmx.ext.ws.getRegistry().clear();
    this.#page.remove();
  }
}

// An answer, another answer and a pass are equally long on the wire, and so are responses.
function pad({ sourceElement, request: { method, body } }) {
  if (method !== "POST") return;
  const to = Number(sourceElement.dataset.pad ?? PAD_TO);
  const long = new URLSearchParams(body).toString().length + "&pad=".length;
  body.set("pad", "x".repeat(to - (long % to)));
}

function taken(form) {
  form.reset?.();
  const unfolded = form.closest("details");
  if (!form.reset || !unfolded) return;
  unfolded.open = false;
  unfolded.querySelector("summary").focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const { focuses } = event.target.closest("[data-focuses]")?.dataset ?? {};
  if (focuses) document.getElementById(focuses).focus();
  const starter = event.target.closest("[data-fills]");
  if (!starter) return;
  const field = document.getElementById(starter.dataset.fills);
  const ready = [...document.querySelectorAll("[data-fills]")].map((one) => one.textContent.trim());
  const typed = field.value.trim();
  // A ready sentence gives way to the next one; typed words stay.
  const kept = ready.includes(typed) ? "" : typed;
  field.value = `${kept} ${starter.textContent.trim()}`.trim();
});

const isOurs = (ctx) => ctx.text?.includes("<hx-partial") ?? false;

new Live(document.getElementById("live"));
