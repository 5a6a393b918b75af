"""Pages to which pushes, and answers to what htmx asks, come late: finds tests that pass only
where they come at once.

LATE_PUSHES=500 LATE_ANSWERS=500 .venv/bin/python -m pytest tests/browser --dist loadfile
"""

from __future__ import annotations

import os

# Milliseconds. Whatever a test sends by itself is answered at once: that is what pages lag behind.
PUSHES = int(os.environ.get("LATE_PUSHES", "0"))
ANSWERS = int(os.environ.get("LATE_ANSWERS", "0"))

# A socket's end comes after its last message. A dialog's "close" comes after it has closed, and on
# a busy machine long after.
SCRIPT = f"""(() => {{
  const add = EventTarget.prototype.addEventListener;
  const later = (listener, options) => function (event) {{
    setTimeout(() => options?.signal?.aborted || listener.call(this, event), {PUSHES});
  }};
  for (const [kind, ...late] of [
    [WebSocket, 'message', 'close', 'error'], [HTMLDialogElement, 'close'],
  ]) {{
    kind.prototype.addEventListener = function (type, listener, options) {{
      add.call(this, type, late.includes(type) ? later(listener, options) : listener, options);
    }};
  }}
  const ask = window.fetch;
  window.fetch = async (what, how) => {{
    const answer = await ask(what, how);
    const ofPage = new Headers(how?.headers).has('HX-Request');
    if (ofPage) await new Promise((go) => setTimeout(go, {ANSWERS}));
    return answer;
  }};
}})();"""
