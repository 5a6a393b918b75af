# One process and SQLite in /data, or one of several: see docs/hosting.md.
FROM python:3.13-slim-bookworm AS build
ENV UV_PROJECT_ENVIRONMENT=/app UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /source
COPY . .
RUN uv sync --frozen --no-dev --no-editable --extra scale --python "$(command -v python)"

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data facilitator \
    && install -d -o facilitator -g facilitator -m 700 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH FACILITATOR_DATA=/data PORT=8000 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER facilitator
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# Asked by the name the server answers to; without one, as localhost.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import os, urllib.request as u; h = os.environ.get('FACILITATOR_HOSTS', '').split(',')[0].strip().lstrip('.') or 'localhost'; u.urlopen(u.Request('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', headers={'Host': h}), timeout=4)"]
CMD ["facilitator", "run", "--no-browser"]
