"""The application's virtual environment: built once, shared, never half used."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import threading
import zipfile
from typing import TYPE_CHECKING

from flows.stages.verification import environment
from flows.stages.verification.sandbox import Command, Limits, Outcome, run
from tests.integration.verification.commands import BOUND_S, LIMITS
from tests.integration.verification.tiny import check, verified

if TYPE_CHECKING:
    from pathlib import Path


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
