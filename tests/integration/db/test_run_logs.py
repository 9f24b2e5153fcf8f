"""What a run logs arrives whole and once, whatever it holds and whatever the database does meanwhile."""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest

from db.recorder import Recorder
from db.spool import Spool
from flows import redaction, run_logs
from flows.run_logs import RunLogHandler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.integration.db.conftest import World

HORRORS = [
    "null \x00 byte",
    "lone \ud800 surrogate",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "right \u202e left \u2066 isolated",
    "one\ntwo\r\nthree\x0bfour\x85five\u2028six",
    "x" * 2**20,
    "\\.\n\\N\t\\x00 copied",
    "e\u0301 \U0001f469\u200d\U0001f4bb \U000e0001",
    "",
]


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    chosen = logging.Logger(f"prefect.flow_runs.{uuid.uuid4()}")  # noqa: LOG001 - one that no other test sees
    yield chosen
    for handler in list(chosen.handlers):
        chosen.removeHandler(handler)
        handler.close()


@pytest.fixture
def redacting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SOME_API_TOKEN", "hunter2hunter2")
    redaction._known.cache_clear()
    yield
    redaction._known.cache_clear()


def _ship(logger: logging.Logger, world: World, spool: Spool, url: str | None = None) -> RunLogHandler:
    handler = RunLogHandler(world.execution_id, Recorder(url=url or world.url, spool=spool), attempt=2)
    logger.addHandler(handler)
    return handler


def _stored(world: World, columns: str = "message") -> list[tuple[object, ...]]:
    with psycopg.connect(world.url) as connection:
        return connection.execute(
            f"select {columns} from log_lines where execution_id = %s "  # noqa: S608 - names of ours
            "order by occurred_at, producer, sequence",
            [world.execution_id],
        ).fetchall()


def _spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path, producer=str(uuid.uuid4()))


def test_every_horror_is_one_row(logger: logging.Logger, world: World, tmp_path: Path) -> None:
    _ship(logger, world, _spool(tmp_path))
    for horror in HORRORS:
        logger.info("%s", horror)
    run_logs_flush(logger)
    messages = [str(row[0]) for row in _stored(world)]
    assert len(messages) == len(HORRORS)
    assert messages[0] == "null \N{REPLACEMENT CHARACTER} byte"
    assert messages[2] == "red "
    assert messages[5].endswith(f" … [{2**20 - redaction.LIMIT} characters cut]")
    assert messages[6] == HORRORS[6]
    assert not _spool(tmp_path).waiting()


def run_logs_flush(logger: logging.Logger) -> None:
    for handler in logger.handlers:
        handler.flush()


def test_a_row_says_all_that_is_known(
    logger: logging.Logger, world: World, tmp_path: Path, redacting: None
) -> None:
    del redacting
    _ship(logger, world, _spool(tmp_path))
    task_run_id = str(uuid.uuid4())
    logger.warning(
        "%d rows with hunter2hunter2",
        3,
        extra={
            "task_run_id": task_run_id,
            "task_name": "backend",
            "rows": 3,
            "password": "x",
            "share": float("nan"),
            "nested": {"deep": [object, {"session_token": "y"}]},
        },
    )
    try:
        int("postgresql://ada:secret@db/app")
    except ValueError:
        logger.exception("it broke")
    run_logs_flush(logger)
    first, second = _stored(world, "stage, task_run_id, level, attempt, sequence, message, extras")
    assert first[:6] == ("backend", uuid.UUID(task_run_id), 30, 2, 0, "3 rows with ***")
    assert first[6] == {
        "rows": 3,
        "password": "***",
        "share": "nan",
        "nested": {"deep": ["<class 'object'>", {"session_token": "***"}]},
    }
    assert second[4] == 1
    assert str(second[5]).endswith("base 10: 'postgresql://ada:***@db/app'")


def test_a_clock_that_is_set_back_turns_no_lines_around(
    logger: logging.Logger, world: World, tmp_path: Path
) -> None:
    handler = _ship(logger, world, _spool(tmp_path))
    for number, created in enumerate([2e9, 1e9, 2.1e9, 0.5e9]):
        handler.handle(
            logging.makeLogRecord({"name": "x", "msg": str(number), "levelno": 20, "created": created})
        )
    handler.flush()
    assert [row[0] for row in _stored(world)] == ["0", "1", "2", "3"]


def test_lines_of_an_outage_wait_and_arrive_once(
    logger: logging.Logger, world: World, tmp_path: Path
) -> None:
    away = "postgresql://nobody:secret@127.0.0.1:1/nowhere"
    _ship(logger, world, _spool(tmp_path), url=away)
    for number in range(2500):
        logger.info("line %d", number)
    run_logs_flush(logger)
    assert _stored(world) == []
    later = Recorder(url=world.url, spool=_spool(tmp_path))
    assert later.drain() >= 3
    assert [row[0] for row in _stored(world)] == [f"line {number}" for number in range(2500)]


def test_two_replayers_at_once_double_nothing(world: World, tmp_path: Path, logger: logging.Logger) -> None:
    _ship(logger, world, _spool(tmp_path), url="postgresql://nobody:secret@127.0.0.1:1/nowhere")
    for number in range(3000):
        logger.info("line %d", number)
    run_logs_flush(logger)
    replayers = [Recorder(url=world.url, spool=_spool(tmp_path)) for _ in range(2)]
    threads = [threading.Thread(target=replayer.drain) for replayer in replayers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(_stored(world)) == 3000
    assert not _spool(tmp_path).waiting()


class Cutter:
    """A proxy before Postgres that passes on COMMITs and cuts the connection before their answer."""

    def __init__(self, host: str, port: int, commits: int) -> None:
        self._upstream = (host, port)
        self._left = commits
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.cut = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._upstream)
            gone = threading.Event()
            for source, target, asks in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pass, args=(source, target, asks, gone), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, asks: bool, gone: threading.Event) -> None:  # noqa: FBT001
        while data := _received(source):
            if asks and b"COMMIT" in data and self._left:
                self._left -= 1
                self.cut += 1
                gone.set()
            if not asks and gone.is_set():
                break  # the server has answered, so it has committed; nobody hears it
            target.sendall(data)
        for end in (source, target):
            end.close()

    def close(self) -> None:
        self._listener.close()


def _received(source: socket.socket) -> bytes:
    try:
        return source.recv(65536)
    except OSError:
        return b""


def test_a_commit_whose_answer_is_lost_is_not_doubled(
    logger: logging.Logger, world: World, tmp_path: Path
) -> None:
    with psycopg.connect(world.url) as connection:
        port = connection.info.port
    with closing(Cutter("127.0.0.1", port, commits=1)) as cutter:
        url = world.url.replace(f":{port}", f":{cutter.port}")
        handler = _ship(logger, world, _spool(tmp_path), url=url)
        for number in range(700):
            logger.info("line %d", number)
        handler.flush()
        assert cutter.cut == 1
        assert len(_stored(world)) == 700  # it was committed, though nobody heard so
        assert _spool(tmp_path).waiting()
        assert Recorder(url=url, spool=_spool(tmp_path)).drain() == 1
    assert [row[0] for row in _stored(world)] == [f"line {number}" for number in range(700)]
    with psycopg.connect(world.url) as connection:
        batches = connection.execute("select lines from log_batches").fetchall()
    assert batches == [(700,)]


def test_what_a_full_disk_takes_none_of_is_counted_in_a_line(
    logger: logging.Logger, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.recorder.AWAY_SECONDS", 0.0)
    recorder = Recorder(
        url="postgresql://nobody:secret@127.0.0.1:1/nowhere",
        spool=Spool(tmp_path, producer="a", most_bytes=1),
    )
    handler = RunLogHandler(world.execution_id, recorder)
    logger.addHandler(handler)
    for number in range(40):
        logger.info("line %d", number)
    handler.flush()
    recorder._url = world.url
    logger.info("the database is back")
    handler.flush()
    assert [row[0] for row in _stored(world)] == [
        "the database is back",
        "40 log lines are lost: neither the database nor the spool took them",
    ]


def test_damage_of_the_spool_leaves_a_line_in_the_log_it_is_from(
    logger: logging.Logger, world: World, tmp_path: Path
) -> None:
    _ship(logger, world, _spool(tmp_path), url="postgresql://nobody:secret@127.0.0.1:1/nowhere")
    for message in ("kept", "torn"):
        logger.info(message)
        run_logs_flush(logger)
    segment = next(tmp_path.glob("*.jsonl"))
    os.truncate(segment, segment.stat().st_size - 9)
    Recorder(url=world.url, spool=_spool(tmp_path)).drain()
    messages = {str(row[0]) for row in _stored(world)}
    assert messages == {"kept", f"1 damaged rows of the spool were set aside in {segment.stem}.damaged"}


def test_a_forked_child_has_a_name_and_numbers_of_its_own(world: World, tmp_path: Path) -> None:
    from flows.recording import producer

    ours = producer()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, str(producer()).encode() + bytes(str(len(run_logs._sequences)), "ascii"))
        os._exit(0)
    os.waitpid(child, 0)
    told = os.read(reading, 100).decode()
    assert told[:36] != str(ours)
    assert told[36:] == "0"
    del world, tmp_path
