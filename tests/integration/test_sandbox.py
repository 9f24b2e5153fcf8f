"""The sandbox and every check of the verification stage, with real processes and tiny applications."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from flows.contracts import Check, FileSet, Verification
from flows.stages.verification import boot, environment, sandbox
from flows.stages.verification.errors import SandboxError
from flows.stages.verification.sandbox import Command, Limits, Outcome, run
from flows.stages.verification.verify import verify

BOUND_S = 20.0
LIMITS = Limits(wall_s=60, memory_bytes=1024 * 2**20, cpu_s=60)
BARE = {"PATH": "/usr/bin:/bin"}

MAIN = """
from app import settings

PAGES = {"/": 200, "/healthz": 200, "/readyz": 200, "/pets": 200, "/broken": 500}


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    status = PAGES.get(scope["path"], 404)
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": settings.URL.encode()})
"""
SEED = """
import sqlite3
from app import settings

if __name__ == "__main__":
    with sqlite3.connect(settings.URL.removeprefix("sqlite:///")) as connection:
        connection.execute("insert or ignore into pets (name) values ('Rex')")
"""
ALEMBIC_ENV = """
from alembic import context
from sqlalchemy import create_engine

from app import settings

with create_engine(settings.URL).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
REVISION = """
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.execute("create table pets (name text primary key)")


def downgrade():
    op.execute("drop table pets")
"""
TINY = {
    "app/__init__.py": "",
    "app/main.py": MAIN,
    "app/settings.py": 'import os\n\nURL = os.environ["DATABASE_URL"]\n',
    "app/seed.py": SEED,
    "alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n",
    "migrations/env.py": ALEMBIC_ENV,
    "migrations/versions/0001_pets.py": REVISION,
    "tests/test_pets.py": "def test_a_pet():\n    assert 1 + 1 == 2\n",
    "requirements.lock": "# nothing to install\n",
}


def bare(*argv: str, cwd: Path) -> Command:
    return Command(argv=argv, cwd=cwd, env=BARE)


def python(code: str, *, cwd: Path, limits: Limits = LIMITS) -> tuple[Outcome, list[str]]:
    lines: list[str] = []
    return run(bare(sys.executable, "-c", code, cwd=cwd), limits=limits, say=lines.append), lines


def gone(pid: int) -> bool:
    try:
        psutil.Process(pid).wait(BOUND_S)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True


def wait_for(path: Path) -> str:
    deadline = time.monotonic() + BOUND_S
    waiter = threading.Event()
    while time.monotonic() < deadline:
        if path.exists() and (text := path.read_text()).endswith("\n"):
            return text.strip()
        waiter.wait(0.02)
    raise AssertionError(f"{path} was never written")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache that holds the tiny application's environment already: our own packages, no network."""
    folder = tmp_path / "cache" / "environments" / environment.key(TINY["requirements.lock"])
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (folder / "bin" / "ruff").symlink_to(Path(sysconfig.get_path("scripts")) / "ruff")
    (folder / environment.COMPLETE).touch()
    return tmp_path / "cache"


def verified(
    changes: dict[str, str | None],
    *,
    tmp_path: Path,
    cache: Path,
    limits: Limits = LIMITS,
    probes: tuple[str, ...] = ("/pets",),
) -> tuple[Verification, list[tuple[str, str]]]:
    formatted = {**TINY, "pyproject.toml": '[tool.ruff]\nexclude = ["*"]\n', **changes}
    files = FileSet.of({path: text for path, text in formatted.items() if text is not None})
    said: list[tuple[str, str]] = []
    verification = verify(
        files,
        workdir=tmp_path / "work",
        cache=cache,
        limits=limits,
        say=lambda check, line: said.append((check, line)),
        progress=lambda _: None,
        probes=probes,
    )
    return verification, said


def check(verification: Verification, name: str) -> Check:
    return next(found for found in verification.checks if found.name == name)


def test_output_and_exit_status_come_back(tmp_path: Path) -> None:
    outcome, lines = python("import sys; print('out'); sys.stderr.write('err\\n'); sys.exit(3)", cwd=tmp_path)
    assert (outcome.code, outcome.ok, sorted(lines)) == (3, False, ["err", "out"])
    assert 0 < outcome.duration_s < BOUND_S
    assert outcome.peak_bytes > 2**20


def test_a_program_that_does_not_exist_is_said(tmp_path: Path) -> None:
    lines: list[str] = []
    outcome = run(bare("/no/such/program", cwd=tmp_path), limits=LIMITS, say=lines.append)
    assert outcome.code == 127
    assert "cannot start /no/such/program" in lines[0]


def test_nothing_of_our_environment_reaches_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEANVIBE_DATABASE_URL", "postgresql://user:secret@host/name")
    _, lines = python("import json, os; print(json.dumps(dict(os.environ)))", cwd=tmp_path)
    assert set(json.loads(lines[0])) <= {"PATH", "LC_CTYPE"}


def test_standard_input_is_empty_and_no_descriptor_is_inherited(tmp_path: Path) -> None:
    code = "import os, sys; print(repr(sys.stdin.read()), sorted(os.listdir('/proc/self/fd')))"
    _, lines = python(code, cwd=tmp_path)
    assert lines == ["'' ['0', '1', '2', '3']"]  # the fourth is the listed folder itself


def test_the_time_limit_kills(tmp_path: Path) -> None:
    outcome, _ = python("import time; time.sleep(600)", cwd=tmp_path, limits=replace(LIMITS, wall_s=0.5))
    assert outcome.timed_out
    assert not outcome.ok
    assert outcome.duration_s < BOUND_S


def test_the_memory_limit_binds(tmp_path: Path) -> None:
    outcome, lines = python("x = bytearray(2 * 2**30)", cwd=tmp_path)
    assert outcome.code == 1
    assert "MemoryError" in lines[-1]


def test_the_processor_limit_binds(tmp_path: Path) -> None:
    outcome, _ = python("while True: pass", cwd=tmp_path, limits=replace(LIMITS, cpu_s=1))
    assert outcome.code in {-signal.SIGXCPU, -signal.SIGKILL}
    assert 0.5 < outcome.cpu_s < BOUND_S


def test_the_file_size_limit_binds(tmp_path: Path) -> None:
    code = f"open({str(tmp_path / 'big')!r}, 'wb').write(b'x' * 2**21)"
    outcome, _ = python(code, cwd=tmp_path, limits=replace(LIMITS, file_bytes=2**20))
    assert not outcome.ok
    assert (tmp_path / "big").stat().st_size <= 2**20


def test_the_process_limit_binds_even_for_root(tmp_path: Path) -> None:
    code = """
import subprocess, time
try:
    children = [subprocess.Popen(["sleep", "600"]) for _ in range(12)]
except OSError:
    raise SystemExit(9)
time.sleep(600)
"""
    outcome, _ = python(code, cwd=tmp_path, limits=replace(LIMITS, processes=6))
    assert outcome.limit == "processes" or outcome.code == 9
    assert not outcome.ok


def test_a_flood_of_output_is_cut_and_does_no_harm(tmp_path: Path) -> None:
    code = "import sys\nfor _ in range(3000): sys.stdout.write('x' * 10000 + '\\n')"
    outcome, lines = python(code, cwd=tmp_path, limits=replace(LIMITS, output_bytes=2**20))
    assert outcome.ok
    assert outcome.lines_cut
    assert sum(map(len, lines)) <= 2**20
    assert max(map(len, lines)) <= LIMITS.line_chars + len(" [line cut]")
    assert lines[-1] == "[output cut after 1048576 bytes]"


def test_grandchildren_are_killed_with_the_command(tmp_path: Path) -> None:
    code = """
import os, subprocess, sys
sleeper = "import os, time; os.setsid(); print(os.getpid(), flush=True); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", sleeper], stdout=subprocess.PIPE, text=True)
print(child.stdout.readline())
"""
    outcome, lines = python(code, cwd=tmp_path)
    assert outcome.ok
    assert outcome.duration_s < BOUND_S
    assert gone(int(lines[0]))


def test_grandchildren_are_killed_at_the_time_limit(tmp_path: Path) -> None:
    code = "import subprocess; print(subprocess.Popen(['sleep', '600']).pid, flush=True)\nwhile True: pass"
    outcome, lines = python(code, cwd=tmp_path, limits=replace(LIMITS, wall_s=1))
    assert outcome.timed_out
    assert gone(int(lines[0]))


def test_an_exception_while_listening_leaves_no_process(tmp_path: Path) -> None:
    pids: list[int] = []

    def say(line: str) -> None:
        pids.append(int(line))
        raise RuntimeError("the listener broke")

    code = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    with pytest.raises(RuntimeError, match="the listener broke"):
        run(bare(sys.executable, "-c", code, cwd=tmp_path), limits=LIMITS, say=say)
    assert gone(pids[0])


def test_cancelling_kills(tmp_path: Path) -> None:
    cancel = threading.Event()
    code = "print('up', flush=True); import time; time.sleep(600)"
    outcome = run(
        bare(sys.executable, "-c", code, cwd=tmp_path),
        limits=LIMITS,
        say=lambda _: cancel.set(),
        cancel=cancel,
    )
    assert outcome.cancelled
    assert not outcome.ok


def test_stopping_asks_first(tmp_path: Path) -> None:
    stop = threading.Event()
    code = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (os.write(1, b"bye" + bytes([10])), sys.exit(0)))
print("up", flush=True)
time.sleep(600)
"""
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        stop.set()

    outcome = run(bare(sys.executable, "-c", code, cwd=tmp_path), limits=LIMITS, say=say, stop=stop)
    assert (lines, outcome.code, outcome.stopped, outcome.timed_out) == (["up", "bye"], 0, True, False)


def test_stopping_kills_what_will_not_listen(tmp_path: Path) -> None:
    stop = threading.Event()
    code = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(600)
"""
    outcome = run(
        bare(sys.executable, "-c", code, cwd=tmp_path),
        limits=replace(LIMITS, stop_s=0.5),
        say=lambda _: stop.set(),
        stop=stop,
    )
    assert outcome.timed_out
    assert outcome.code == -signal.SIGKILL


def test_nothing_outlives_us_when_we_are_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    inner = (
        f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid()) + chr(10)); time.sleep(600)"
    )
    outer = f"""
import sys
from pathlib import Path
from flows.stages.verification.sandbox import Command, Limits, run
run(
    Command(argv=(sys.executable, "-c", {inner!r}), cwd=Path("/"), env={{}}),
    limits=Limits(), say=print,
)
"""
    root = Path(sandbox.__file__).parents[3]
    with subprocess.Popen([sys.executable, "-c", outer], cwd=root) as process:
        pid = int(wait_for(pid_file))
        process.kill()
    assert gone(pid)


def test_many_threads_run_commands_at_once(tmp_path: Path) -> None:
    outcomes: list[tuple[str, list[str]]] = []

    def work(word: str) -> None:
        _, lines = python(f"print({word!r})", cwd=tmp_path)
        outcomes.append((word, lines))

    threads = [threading.Thread(target=work, args=(f"word {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(BOUND_S)
    assert sorted(outcomes) == [(f"word {number}", [f"word {number}"]) for number in range(8)]


def test_a_python_that_cannot_be_started_is_our_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(SandboxError, match="/no/such/python"):
        run(bare("true", cwd=tmp_path), limits=LIMITS, say=print)


def test_a_launcher_that_says_nothing_is_our_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "launcher.py"
    broken.write_text("raise SystemExit('no such thing')\n")
    monkeypatch.setattr(sandbox, "LAUNCHER", broken)
    with pytest.raises(SandboxError, match="no such thing"):
        run(bare("true", cwd=tmp_path), limits=LIMITS, say=print)


def test_the_launcher_by_itself(tmp_path: Path) -> None:
    """As any parent may start it: it obeys T, kills at the end of the stream, and answers."""
    limits = dict.fromkeys(("memory_bytes", "cpu_s", "file_bytes", "open_files"), None)
    spec = {
        "argv": ["/bin/sh", "-c", "(trap '' TERM; sleep 600 & wait) & echo up; wait"],
        "cwd": str(tmp_path),
        "limits": {**limits, "processes": 50},
    }
    ours, theirs = sandbox.socket.socketpair()
    with (
        ours,
        subprocess.Popen(
            [sys.executable, str(sandbox.LAUNCHER), json.dumps(spec)],
            stdin=theirs.fileno(),
            stdout=subprocess.PIPE,
            text=True,
        ) as launcher,
    ):
        theirs.close()
        assert launcher.stdout is not None
        assert launcher.stdout.readline() == "up\n"
        ours.send(b"T")
        ours.settimeout(BOUND_S)
        answer = json.loads(ours.recv(4096))
        assert launcher.wait(BOUND_S) == 0
    assert (answer["code"], answer["limit"]) == (-signal.SIGTERM, None)


def test_a_good_application_is_green_throughout(tmp_path: Path, cache: Path) -> None:
    verification, said = verified({}, tmp_path=tmp_path, cache=cache)
    assert [(found.name, found.detail) for found in verification.checks if not found.ok] == []
    assert {found.name: found.detail for found in verification.checks} == {
        "files": "10 files written",
        "install": "packages installed as locked",
        "compile": "every module compiles",
        "lint": "7 modules, rules and format",
        "import": "4 modules imported",
        "migrate": "up, down and up again",
        "seed": "seeded twice",
        "boot": "healthy, 2 pages answer 200, stopped in order",
        "tests": "1 passed",
    }
    assert any(name == "tests" and "1 passed" in line for name, line in said)
    assert not [line for _, line in said if str(tmp_path) in line]


def test_a_red_test_makes_the_check_red_and_is_named(tmp_path: Path, cache: Path) -> None:
    red = "def test_good():\n    assert True\n\n\ndef test_bad():\n    assert 1 == 2\n"
    verification, _ = verified({"tests/test_pets.py": red}, tmp_path=tmp_path, cache=cache)
    tests = check(verification, "tests")
    assert (tests.ok, tests.detail) == (False, "1 passed, 1 failed: tests.test_pets::test_bad")
    assert verification.failed == 1


def test_no_tests_are_red_and_so_are_skipped_ones(tmp_path: Path, cache: Path) -> None:
    verification, _ = verified({"tests/test_pets.py": None}, tmp_path=tmp_path, cache=cache)
    assert check(verification, "tests").detail == "no tests found"
    skipped = "import pytest\n\n\n@pytest.mark.skip\ndef test_later():\n    assert False\n"
    verification, _ = verified({"tests/test_pets.py": skipped}, tmp_path=tmp_path, cache=cache)
    assert check(verification, "tests").detail == "no test passed, all were skipped"


def test_a_syntax_error_stops_what_depends_on_it(tmp_path: Path, cache: Path) -> None:
    verification, _ = verified({"app/main.py": "def broken(:\n"}, tmp_path=tmp_path, cache=cache)
    assert [found.name for found in verification.checks if found.ok] == ["files", "install", "lint"]
    assert check(verification, "compile").detail.startswith("does not compile: exit 1")
    for name in ("import", "migrate", "tests"):
        assert check(verification, name).detail == "not run: compile failed"
    assert check(verification, "boot").detail == "not run: migrate failed"


def test_each_check_says_what_broke(tmp_path: Path, cache: Path) -> None:
    verification, _ = verified(
        {
            "app/extra.py": "import nothing_like_this\n",
            "app/seed.py": SEED.replace("insert or ignore", "insert"),
            "pyproject.toml": "[tool.ruff.lint]\nselect = ['F']\n",
            "tests/test_pets.py": "import os\n",
        },
        tmp_path=tmp_path,
        cache=cache,
    )
    assert "nothing_like_this" in check(verification, "import").detail
    assert check(verification, "seed").detail.startswith("second time: exit 1, sqlite3.IntegrityError")
    assert check(verification, "boot").detail == "not run: seed failed"
    lint = check(verification, "lint").detail
    assert lint.startswith("ruff check: Found 2 errors; app/extra.py:1:8: F401")
    assert check(verification, "tests").detail == "no tests found"


def test_pages_that_break_are_named(tmp_path: Path, cache: Path) -> None:
    verification, _ = verified({}, tmp_path=tmp_path, cache=cache, probes=("/pets", "/broken", "/none"))
    assert check(verification, "boot").detail == "/broken answers 500, /none answers 404"


def test_a_server_that_cannot_start_is_red(tmp_path: Path, cache: Path) -> None:
    starts_not = MAIN.replace('message["type"] + ".complete"', '"lifespan.startup.failed"')
    verification, _ = verified({"app/main.py": starts_not}, tmp_path=tmp_path, cache=cache)
    assert check(verification, "boot").detail.startswith("the server ended: exit 3")


def test_a_server_that_is_never_ready_is_red_and_stopped(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boot, "READY_S", 2.0)
    unready = MAIN.replace('"/readyz": 200', '"/readyz": 503')
    verification, said = verified({"app/main.py": unready}, tmp_path=tmp_path, cache=cache)
    assert check(verification, "boot").detail == "/readyz answers 503 after 2 s"
    assert any("Finished server process" in line for name, line in said if name == "boot")


def test_a_port_that_is_taken_meanwhile_is_no_failure(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox.socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ports = iter([other.getsockname()[1], boot.free_port()])
        monkeypatch.setattr(boot, "free_port", lambda: next(ports))
        monkeypatch.setattr(boot, "ANSWER_S", 0.2)
        verification, said = verified({}, tmp_path=tmp_path, cache=cache)
    assert check(verification, "boot").ok
    assert any("was taken meanwhile" in line for name, line in said if name == "boot")


def test_a_badly_formatted_module_is_named(tmp_path: Path, cache: Path) -> None:
    verification, _ = verified(
        {"pyproject.toml": "[tool.ruff.lint]\nselect = ['E9']\n", "app/__init__.py": "x = {  'a':1}\n"},
        tmp_path=tmp_path,
        cache=cache,
    )
    detail = check(verification, "lint").detail
    assert re.match(r"ruff format: [1-9] files? would be reformatted, .*; \w+/[\w./]+\.py:1:", detail)


def test_a_migration_that_does_not_go_down_is_red(tmp_path: Path, cache: Path) -> None:
    revision = REVISION.replace("drop table pets", "drop table cats")
    verification, _ = verified({"migrations/versions/0001_pets.py": revision}, tmp_path=tmp_path, cache=cache)
    what = "alembic downgrade base: (sqlite3.OperationalError) no such table: cats"
    assert check(verification, "migrate").detail == f"migrations: exit 1, {what}"


def test_a_test_that_takes_too_long_is_killed(tmp_path: Path, cache: Path) -> None:
    slow = "import time\n\n\ndef test_slow():\n    time.sleep(600)\n"
    verification, _ = verified(
        {"tests/test_pets.py": slow}, tmp_path=tmp_path, cache=cache, limits=replace(LIMITS, wall_s=8)
    )
    assert "killed after 8 s" in check(verification, "tests").detail


def test_a_path_that_escapes_is_refused_and_nothing_runs(tmp_path: Path, cache: Path) -> None:
    verification, said = verified({"../outside.py": "print(1)\n"}, tmp_path=tmp_path, cache=cache)
    assert check(verification, "files").detail == "'../outside.py' is not a path inside the application"
    assert verification.passed == 0
    assert said == []
    assert not (tmp_path / "outside.py").exists()


def test_a_listener_that_breaks_stops_everything(tmp_path: Path, cache: Path) -> None:
    slow = "import os, time\n\n\ndef test_slow():\n    print(os.getpid(), flush=True)\n    time.sleep(600)\n"

    def say(name: str, _: str) -> None:
        if name == "seed":
            raise KeyboardInterrupt

    before = {process.pid for process in psutil.Process().children(recursive=True)}
    files = FileSet.of({**TINY, "tests/test_pets.py": slow, "app/seed.py": "print('seeding')\n"})
    with pytest.raises(KeyboardInterrupt):
        verify(files, workdir=tmp_path / "w", cache=cache, limits=LIMITS, say=say, progress=lambda _: None)
    assert {process.pid for process in psutil.Process().children(recursive=True)} <= before


def test_progress_rises_to_a_hundred(tmp_path: Path, cache: Path) -> None:
    seen: list[int] = []
    verify(
        FileSet.of(TINY),
        workdir=tmp_path / "work",
        cache=cache,
        limits=LIMITS,
        say=lambda *_: None,
        progress=seen.append,
    )
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 100)


def wheel(folder: Path) -> str:
    """A package of one module, as a wheel in that folder; its checksum."""
    contents = {
        "tiny_pet.py": "NAME = 'Rex'\n",
        "tiny_pet-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny-pet\nVersion: 1.0\n",
        "tiny_pet-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "tiny_pet-1.0.dist-info/RECORD"
    rows = []
    for name, text in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(text)}")
    path = folder / "tiny_pet-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**contents, record: "\n".join([*rows, f"{record},,"]) + "\n"}.items():
            archive.writestr(name, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def obtain(lock: Path, cache: Path) -> tuple[Path, bool]:
    def execute(command: Command, limits: Limits) -> Outcome:
        return run(command, limits=limits, say=lambda _: None)

    return environment.obtain(lock, cache=cache, limits=LIMITS, execute=execute, cancel=threading.Event())


def test_an_environment_is_built_once_and_shared(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    checksum = wheel(tmp_path)
    lock.write_text(f"--no-index\n--find-links {tmp_path}\ntiny-pet==1.0 --hash=sha256:{checksum}\n")
    half_built = tmp_path / "cache" / "environments" / environment.key(lock.read_text())
    (half_built / "bin").mkdir(parents=True)
    results: list[tuple[Path, bool]] = []
    threads = [
        threading.Thread(target=lambda: results.append(obtain(lock, tmp_path / "cache"))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * BOUND_S)
    assert sorted(cached for _, cached in results) == [False, True]
    command = [str(results[0][0] / "bin" / "python"), "-c", "import tiny_pet; print(tiny_pet.NAME)"]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "Rex\n"
    assert list(results[0][0].rglob("tiny_pet.*.pyc"))


def test_a_wrong_checksum_is_red_and_the_half_built_is_never_used(tmp_path: Path) -> None:
    wheel(tmp_path)
    lock = f"--no-index\n--find-links {tmp_path}\ntiny-pet==1.0 --hash=sha256:{'0' * 64}\n"
    for _ in range(2):
        verification, _ = verified({"requirements.lock": lock}, tmp_path=tmp_path, cache=tmp_path / "cache")
        assert not check(verification, "install").ok
        assert check(verification, "install").detail.startswith("uv pip: ")
    assert check(verification, "lint").detail == "not run: install failed"


def test_an_installation_sees_the_index_and_no_secret(tmp_path: Path) -> None:
    ours = {
        "HOME": "/home/someone",
        "PIP_INDEX_URL": "https://index.example/simple",
        "UV_PYTHON": "3.9",
        "SSL_CERT_FILE": "/etc/ssl/own.pem",
        "LEANVIBE_DATABASE_URL": "postgresql://user:secret@host/name",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
    env = environment.install_environment(ours, tmp_path)
    assert env["UV_DEFAULT_INDEX"] == "https://index.example/simple"
    assert set(env) == {"HOME", "PIP_INDEX_URL", "UV_DEFAULT_INDEX", "SSL_CERT_FILE"}
    assert environment.install_environment({}, tmp_path) == {"UV_CACHE_DIR": str(tmp_path / "uv")}


def test_an_application_sees_none_of_our_environment(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_KEY", "secret")
    code = "import os\n\n\ndef test_env():\n    print(sorted(os.environ))\n    assert 0\n"
    _, said = verified({"tests/test_pets.py": code}, tmp_path=tmp_path, cache=cache)
    shown = next(line for name, line in said if name == "tests" and "DATABASE_URL" in line)
    allowed = {"DATABASE_URL", "HOME", "LANG", "PATH", "PYTHONNOUSERSITE", "PYTHONUNBUFFERED", "TMPDIR", "TZ"}
    assert set(json.loads(shown.replace("'", '"'))) <= allowed | {"PYTEST_VERSION", "PYTEST_CURRENT_TEST"}
    assert os.environ["PREFECT_API_KEY"] == "secret"
