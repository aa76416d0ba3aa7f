"""The rules of the house as tests: floors, circles, sizes, first lines, twins, documentation, quick start.

A checker takes a tree and returns breaches, one line each: `file:line: what is wrong; how to mend it`. The
first tests break every rule in a small made-up tree, because a checker that cannot fail is worth nothing; the
last ones hold this repository to the rules.
"""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = {
    "errors": 1,
    "terms": 2,
    **dict.fromkeys(["equations", "facts", "ledger", "figures"], 3),
    **dict.fromkeys(["opening", "engine", "regimes", "crisis", "export"], 4),
    "scenario": 5,
    **dict.fromkeys(["analysis", "monitor"], 6),
    "sustainability": 7,
    "verbs": 8,
    **dict.fromkeys(["cli", "http"], 9),
    **dict.fromkeys(["__init__", "__main__"], 10),  # the face: hands names on, imported by nobody inside
}
FILE_LINES, FUNCTION_LINES = 400, 60
TWINS = {  # library: tests/library
    "countries/*/": "countries/{}.toml",
    "persons/*.toml": "persons/{}.toml",
    "monitor/*": "monitor/test_{}.py",
    "regimes/*/": "regimes/test_{}.py",
    "scenarios/*.toml": "scenarios/{}.toml",
    "terms/*.csv": "terms/test_{}.py",
}
HEAVY = ("numpy", "scipy", "rich", "jinja2", "xlsxwriter", "sqlalchemy")
ADDRESS = re.compile(r"https?://[\w.@:-]*(?:pypi|npm|debian|pythonhosted)[\w.-]*", re.IGNORECASE)
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
FIRST_LINE = re.compile(r'r?"""[^"\s].*\.(?:""")?')
HELP = """
import runpy, sys
sys.argv = ["creditor", "--help"]
try:
    runpy.run_module("creditor", run_name="__main__", alter_sys=True)
except SystemExit as end:
    assert not end.code, end
"""


# --- reading a tree
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def place(root: Path, path: Path, line: int = 1) -> str:
    return f"{path.relative_to(root)}:{line}"


def python_files(root: Path, *folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def modules(root: Path) -> dict[str, Path]:
    """Files by module name: `creditor.terms.table`; a package goes by the name of its folder."""
    parts = {path: path.relative_to(root / "src").with_suffix("").parts for path in python_files(root, "src")}
    return {".".join(names).removesuffix(".__init__"): path for path, names in parts.items()}


def room_of(module: str) -> str:
    return [*module.split("."), "__init__"][1]


def imports(name: str, path: Path) -> Iterator[tuple[str, int]]:
    """Every name of ours that a file imports, and the line: at any depth, for types, or as a string."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(source(path))):
        found: list[str] = []
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found = [f"{base}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            word = re.fullmatch(r"(creditor(?:\.\w+)+)(?::\w+)?", node.value)
            found = [word[1]] if word and room_of(word[1]) in FLOORS else []
        yield from ((target, node.lineno) for target in found if target.split(".")[0] == "creditor")


# --- imports: floors and circles
def floor_breaches(root: Path) -> list[str]:
    """Imports that do not go down: up, sideways to another room of the floor, or to the face."""
    breaches = []
    for name, path in modules(root).items():
        room = room_of(name)
        if room not in FLOORS and room != "library":
            breaches.append(f"{place(root, path)}: room {room} has no floor; give it one in FLOORS")
            continue
        floor = FLOORS.get(room, 0)
        for target, line in imports(name, path):
            there = room_of(target)
            said = f"{place(root, path, line)}: imports {target}"
            if there.startswith("__") or (there not in FLOORS and target.count(".") == 1):
                breaches.append(f"{said} from the face; import it from the room that owns it")
            elif there not in FLOORS:
                breaches.append(f"{said}, which has no floor; give it one in FLOORS")
            elif there != room and FLOORS[there] >= floor:
                why = f"{room} is on floor {floor} and {there} on {FLOORS[there]}"
                breaches.append(f"{said}, but {why}; move what both need down, or join them higher up")
    return breaches


def circle_breaches(root: Path) -> list[str]:
    """Files that import each other in a ring; a package counts where it is imported by name."""
    known = modules(root)
    arrows: dict[str, dict[str, int]] = {name: {} for name in known}
    for name, path in known.items():
        for target, line in imports(name, path):
            end = target if target in known else target.rpartition(".")[0]
            if end in known and end != name:
                arrows[name].setdefault(end, line)
    breaches, done = [], set()

    def visit(name: str, trail: list[str]) -> None:
        if name in trail:
            ring, last = " -> ".join([*trail[trail.index(name) :], name]), trail[-1]
            where = place(root, known[last], arrows[last][name])
            breaches.append(f"{where}: circle {ring}; move what both need into a third file")
        elif name not in done:
            for target in arrows[name]:
                visit(target, [*trail, name])
            done.add(name)

    for name in known:
        visit(name, [])
    return breaches


# --- sizes, first lines, mirrors, twins
def size_breaches(root: Path) -> list[str]:
    breaches = []
    for path in python_files(root, "src", "tests"):
        if (lines := len(source(path).splitlines())) > FILE_LINES:
            breaches.append(
                f"{place(root, path)}: {lines} lines, {FILE_LINES} allowed; split it by what it owns"
            )
        for node in ast.walk(ast.parse(source(path))):
            if isinstance(node, FUNCTION) and (lines := node.end_lineno - node.lineno + 1) > FUNCTION_LINES:
                said = f"{place(root, path, node.lineno)}: {node.name} has {lines} lines"
                breaches.append(f"{said}, {FUNCTION_LINES} allowed; give its parts names")
    return breaches


def first_line_breaches(root: Path) -> list[str]:
    return [
        f'{place(root, path)}: begins with no whole sentence; begin """with what the file owns."""'
        for path in python_files(root, "src")
        if not FIRST_LINE.fullmatch((source(path).splitlines() or [""])[0])
    ]


def mirror_breaches(root: Path) -> list[str]:
    """Files of src that define a function or a class and have no file of tests."""
    breaches = []
    for path in python_files(root, "src/creditor"):
        inside = path.relative_to(root / "src/creditor")
        twin = Path("tests", inside.with_name(f"test_{inside.name}"))
        defines = any(isinstance(node, (*FUNCTION, ast.ClassDef)) for node in ast.parse(source(path)).body)
        if defines and not inside.name.startswith("__") and not (root / twin).exists():
            breaches.append(f"{place(root, path)}: has no tests; write {twin}")
    return breaches


def twin_breaches(root: Path) -> list[str]:
    """Library files without their twin of expectations."""
    breaches = []
    for pattern, twin in TWINS.items():
        for path in sorted((root / "src/creditor/library").glob(pattern)):
            wanted = Path("tests/library", twin.format(path.stem))
            if path.name[0] not in "._" and not (root / wanted).exists():
                breaches.append(f"{place(root, path)}: has no twin; write {wanted}")
    return breaches


# --- documentation
def unmentioned(root: Path, page: str, words: dict[str, str]) -> list[str]:
    """Words that a page lacks as whole words; `words` says of each where it comes from."""
    text = source(root / "docs" / page)
    lacking = [word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)]
    return [f"{words[word]}: {word} is not in docs/{page}; describe it there" for word in lacking]


def command_words(command: click.Command, name: str) -> dict[str, str]:
    """Each command as typed and each option, below any depth of groups; hidden ones are left out."""
    words = {name: f"command {name}"}
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            spelled = [*option.opts, *option.secondary_opts]
            long = [word for word in spelled if word.startswith("--")]
            words |= dict.fromkeys(long or spelled, f"command {name}")
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found, f"command {name}: {child} is listed but cannot be found; mend get_command"
            words |= {} if found.hidden else command_words(found, f"{name} {child}")
    return words


def command_breaches(root: Path) -> list[str]:
    cli = importlib.import_module("creditor.cli.main").cli
    return unmentioned(root, "commands.md", command_words(cli, "creditor"))


def code_breaches(root: Path) -> list[str]:
    codes = importlib.import_module("creditor.errors").CODES
    return unmentioned(root, "errors.md", dict.fromkeys(codes, "src/creditor/errors.py:1"))


def key_paths(value: object, path: str = "") -> Iterator[str]:
    """`[[source]]` with `title = ...` uses the key `source.title`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from key_paths(inner, f"{path}.{key.replace('.', '-')}".removeprefix("."))
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for inner in value:
            yield from key_paths(inner, path)
    else:
        yield path


def key_breaches(root: Path) -> list[str]:
    """Keys of library files that docs/files.md lacks in backticks; `<name>` there stands for one part."""
    shown = re.findall(r"`([\w.<>-]+)`", source(root / "docs/files.md"))
    patterns = [re.sub(r"<[^>]+>", r"[^.]+", re.escape(word)) for word in shown]
    breaches: dict[str, str] = {}
    for path in sorted((root / "src/creditor/library").rglob("*.toml")):
        for key in key_paths(tomllib.loads(source(path))):
            if key not in breaches and not re.fullmatch("|".join(patterns) or "(?!)", key):
                last = re.compile(rf"\W*{re.escape(key.rpartition('.')[2])}\b")
                rows = enumerate(source(path).splitlines(), 1)
                line = next((number for number, row in rows if last.match(row)), 1)
                mend = f"write `{key}` in docs/files.md, with <name> for a part that authors choose"
                breaches[key] = f"{place(root, path, line)}: key {key} is not documented; {mend}"
    return list(breaches.values())


# --- quick start, addresses
def loaded(code: str, names: tuple[str, ...]) -> list[str]:
    """Those of the names that a fresh Python has loaded after the code."""
    script = f"{code}\nimport sys\nprint(*sorted(set({names!r}) & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1].split()


def address_breaches(root: Path) -> list[str]:
    """Files that git knows, or would add, with the address of a package registry."""
    listing = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, capture_output=True, text=True, check=False)
    listed = [root / name for name in done.stdout.split("\0") if name]
    breaches = []
    for path in root.rglob("*") if done.returncode else listed:
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            for line, row in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
                if ADDRESS.search(row):
                    breaches.append(f"{place(root, path, line)}: address of a registry; take it out")
    return breaches


# --- the checkers can fail
def grow(root: Path, **files: str) -> Path:
    """Writes files: `terms__table="x = 1"` becomes src/creditor/terms/table.py, below a good first line."""
    for name, text in files.items():
        path = root / "src/creditor" / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'"""Owns it."""\n{text}\n', encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("terms__x", "from creditor.ledger.claims import Claim"),
        ("ledger__x", "import creditor.facts.read"),
        ("ledger__x", "from ..facts import read"),
        ("figures__x", "def f():\n    from creditor.verbs.who import who"),
        (
            "facts__x",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from creditor.opening import y",
        ),
        ("export__x", "import creditor"),
        ("export__x", "from creditor import who"),
        ("verbs__x", "COMMANDS = {'who': 'creditor.cli.who:who'}"),
        ("cli__x", "from .. import who"),
        ("cli__x", "from creditor.__main__ import main"),
        ("attic__x", ""),
        ("terms__x", "import creditor.attic.x"),
    ],
)
def test_an_import_that_does_not_go_down_is_found(tmp_path: Path, name: str, text: str) -> None:
    (breach,) = floor_breaches(grow(tmp_path, **{name: text}))
    line = len(text.splitlines()) + 1
    assert breach.startswith(f"src/creditor/{name.replace('__', '/')}.py:{line}: ")


def test_an_import_that_goes_down_or_stays_in_its_room_is_not(tmp_path: Path) -> None:
    text = "import numpy\nimport creditor.errors\nfrom creditor.terms import table\nfrom .y import z"
    assert not floor_breaches(grow(tmp_path, ledger__x=text, ledger__y="z = 'creditor.models'"))


def test_a_circle_is_found_with_its_members(tmp_path: Path) -> None:
    grow(
        tmp_path, terms__a="from . import b", terms__b="from .c import x", terms__c="import creditor.terms.a"
    )
    (breach,) = circle_breaches(tmp_path)
    ring = "creditor.terms.a -> creditor.terms.b -> creditor.terms.c -> creditor.terms.a"
    assert breach.startswith(f"src/creditor/terms/c.py:2: circle {ring};")
    assert not circle_breaches(grow(tmp_path, terms__c="x = 1"))


def test_long_files_and_functions_and_bad_first_lines_are_found(tmp_path: Path) -> None:
    body = "    x = 1\n" * FUNCTION_LINES
    grow(tmp_path, terms__a="x = 1\n" * FILE_LINES, terms__b=f"def f():\n{body}")
    grow(tmp_path, terms__c="x = 1\n" * (FILE_LINES - 2), terms__d=f"def f():\n{body[10:]}")
    assert [breach.split(": ")[0][-6:] for breach in size_breaches(tmp_path)] == ["a.py:1", "b.py:2"]
    assert not first_line_breaches(tmp_path)
    for text in ("", "import os", '"""no full stop"""', '"""', "# A comment.", '"""Two\nlines."""'):
        (tmp_path / "src/creditor/terms/a.py").write_text(text)
        assert len(first_line_breaches(tmp_path)) == 1, text


def test_missing_tests_and_twins_are_found(tmp_path: Path) -> None:
    grow(tmp_path, terms__a="def f(): ...", terms__b="X = 1", errors="class E: ...", __main="")
    (tmp_path / "src/creditor/terms/__init__.py").write_text("def f(): ...")
    for name in ("library/terms/sectors.csv", "library/countries/USA/country.toml"):
        (tmp_path / "src/creditor" / name).parent.mkdir(parents=True)
        (tmp_path / "src/creditor" / name).touch()
    found = [breach.rpartition(" ")[2] for breach in mirror_breaches(tmp_path) + twin_breaches(tmp_path)]
    twins = ["tests/library/countries/USA.toml", "tests/library/terms/test_sectors.py"]
    assert found == ["tests/test_errors.py", "tests/terms/test_a.py", *twins]
    for twin in found:
        (tmp_path / twin).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / twin).touch()
    assert not mirror_breaches(tmp_path) + twin_breaches(tmp_path)


def test_undocumented_commands_options_codes_and_keys_are_found(tmp_path: Path) -> None:
    status = click.Command("status", params=[click.Option(["--all/--none", "-a"])])
    cli = click.Group("creditor", commands={"data": click.Group("data", commands={"status": status})})
    words = command_words(cli, "creditor")
    assert set(words) == {"creditor", "creditor data", "creditor data status", "--all", "--none"}
    library = tmp_path / "src/creditor/library"
    for folder in (library, tmp_path / "docs"):
        folder.mkdir(parents=True)
    (tmp_path / "docs/commands.md").write_text(
        "`creditor data status --all-of-it --none`, `creditor database`"
    )
    (breach,) = unmentioned(tmp_path, "commands.md", words)
    assert breach.startswith("command creditor data status: --all is not in docs/commands.md;")
    assert len(unmentioned(tmp_path, "errors.md", {"E101": "errors.py"})) == 1
    (library / "x.toml").write_text('name = "x"\n[bis]\ntitle = "y"\n[[change]]\nfrom = 1\n')
    assert len(key_breaches(tmp_path)) == 3
    (tmp_path / "docs/files.md").write_text("`name`, `<source>.title` and `from`")
    (breach,) = key_breaches(tmp_path)
    assert breach.startswith("src/creditor/library/x.toml:5: key change.from ")


def test_heavy_imports_and_registry_addresses_are_found(tmp_path: Path) -> None:
    assert loaded("import json, decimal", ("json", "decimal", "wave")) == ["decimal", "json"]
    (tmp_path / "a.txt").write_text("ok\nsee https://files.python" + "hosted.org/x")
    (tmp_path / "b.txt").write_text("see https://example.org/npm and pypi")
    (breach,) = address_breaches(tmp_path)
    assert breach.startswith("a.txt:2: ")


# --- this repository
LAYOUT = [floor_breaches, circle_breaches, size_breaches, first_line_breaches, mirror_breaches, twin_breaches]
CHECKS = [*LAYOUT, command_breaches, code_breaches, key_breaches, address_breaches]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_its_rules(check) -> None:
    if breaches := check(ROOT):
        pytest.fail("\n".join(breaches), pytrace=False)


@pytest.mark.parametrize("code", ["import creditor", HELP], ids=["import", "help"])
def test_the_start_is_quick(code: str) -> None:
    heavy = loaded(code, HEAVY)
    assert not heavy, f"loads {', '.join(heavy)}; import it inside the function that uses it"
