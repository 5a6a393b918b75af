"""Each dependency has its line in docs/dependencies.md, and the lock names PyPI only."""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK = (ROOT / "uv.lock").read_text()


def declared() -> set[str]:
    lines = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        lines = lines + extra
    names = {re.match(r"[A-Za-z0-9._-]+", line) for line in lines}
    return {name.group().lower() for name in names if name}


def test_each_dependency_says_what_it_is_for_and_what_leaving_would_cost() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|(.*)\|$", (ROOT / "docs/dependencies.md").read_text(), re.M)
    assert {name for name, _ in rows} == declared()
    assert len(rows) == len(declared())
    for _name, rest in rows:
        cells = [cell.strip() for cell in rest.split("|")]
        assert len(cells) == 3
        assert all(cells)


def test_the_lock_names_no_server_but_pypi() -> None:
    servers = {urlsplit(address).hostname for address in re.findall(r'https?://[^"]+', LOCK)}
    assert servers == {"pypi.org", "files.pythonhosted.org"}


def test_every_locked_file_has_a_hash() -> None:
    for package in tomllib.loads(LOCK)["package"]:
        files = package.get("wheels", []) + ([package["sdist"]] if "sdist" in package else [])
        assert files or "editable" in package["source"]
        assert all(file["hash"].startswith("sha256:") for file in files)
