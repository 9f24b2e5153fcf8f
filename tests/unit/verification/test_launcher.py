"""The launcher's parts, each in a Python process of its own: they change the process they run in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from flows.stages.verification import launcher

ROOT = Path(launcher.__file__).parents[3]
LIMITS = {"memory_bytes": 2**30, "cpu_s": 60, "file_bytes": 2**20, "open_files": 64, "processes": None}


def said(code: str, *arguments: str) -> list[str]:
    program = (
        f"import json, os, resource, subprocess, sys\nfrom flows.stages.verification import launcher\n{code}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return done.stdout.splitlines()


def test_every_limit_is_set_and_none_is_raised() -> None:
    code = """
resource.setrlimit(resource.RLIMIT_NOFILE, (50, 50))
launcher.apply_limits(json.loads(sys.argv[1]))
for name in ("AS", "CPU", "FSIZE", "NOFILE", "CORE"):
    print(name, resource.getrlimit(getattr(resource, "RLIMIT_" + name))[0])
"""
    assert said(code, json.dumps(LIMITS)) == [
        f"AS {2**30}",
        "CPU 60",
        f"FSIZE {2**20}",
        "NOFILE 50",
        "CORE 0",
    ]


def test_descendants_are_found_and_swept() -> None:
    code = """
shell = subprocess.Popen(["/bin/sh", "-c", "sleep 600 & echo up; wait"], stdout=subprocess.PIPE)
shell.stdout.readline()
found = launcher.descendants()
print(shell.pid in found, len(found))
launcher.prctl(launcher.PR_SET_CHILD_SUBREAPER, 1)
launcher.sweep()
print(launcher.descendants())
"""
    assert said(code) == ["True 2", "[]"]


def test_the_users_threads_are_counted() -> None:
    code = """
import threading
before = launcher.processes_of_user()
hold = threading.Event()
threads = [threading.Thread(target=hold.wait) for _ in range(200)]
for thread in threads:
    thread.start()
print(before > 0, launcher.processes_of_user() > before)
hold.set()
"""
    assert said(code) == ["True True"]


def test_an_ended_child_stays_to_be_collected() -> None:
    code = """
wake = launcher.wakeup_pipe()
child = os.fork()
if child == 0:
    os._exit(7)
import select
select.select([wake], [], [], 20)
print(launcher.ended(child))
launcher.reap_adopted(child)
launcher.kill_group(child)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert said(code) == ["True", "7"]
