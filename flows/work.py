"""What a stage's task works with: its artifacts, its log, its progress; and how such a task is declared."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from prefect import Task, get_run_logger, task
from prefect.cache_policies import CacheKeyFnPolicy
from prefect.context import FlowRunContext, TaskRunContext

from blocks.artifacts import artifact_store
from blocks.database import database_url
from db.engine import transaction
from db.records.leases import keep
from db.records.results import NewArtifact, store_artifact
from db.records.stage_runs import StageProgress, StageStart
from flows import attempts
from flows.contracts import GENERATOR_VERSION, Contract, FileSet, Reference, Stage
from flows.identity import execution_id_of
from flows.recording import recorder
from flows.state_hooks import on_task_state
from storage import keys
from storage.archive import Entry, write_zip

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=Contract)


@dataclass(frozen=True, kw_only=True)
class Work:
    """One task run at work on a stage of an execution."""

    stage: Stage
    execution_id: uuid.UUID
    task_run_id: uuid.UUID
    tenant: str
    member: str
    lease: int
    """Fencing token of the attempt that does the work."""

    def say(self, message: str, *args: object) -> None:
        """Write a log line; it goes to Prefect's UI and into our rows."""
        get_run_logger().info(message, *args)

    def advance(self, percent: int) -> None:
        """Say how far the stage is, 0-100."""
        recorder().stage_progress(
            StageProgress(execution_id=self.execution_id, task_run_id=self.task_run_id, percent=percent)
        )

    def read(self, reference: Reference, kind: type[C]) -> C:
        """What another stage kept; raises storage.store.StorageError."""
        return kind.from_json(artifact_store().get(reference.key))

    def keep(self, value: Contract, *, project: str, path: str) -> Reference:
        """Store a value as JSON for the stages that follow, with its artifact row."""
        return self.keep_bytes(value.canonical_json().encode(), project=project, path=path, kind="files")

    def keep_bytes(self, data: bytes, *, project: str, path: str, kind: str) -> Reference:
        """Store bytes under the stage's own keys: the object first, then its row."""
        key = keys.stage_key(
            tenant=self.tenant,
            project=project,
            execution=str(self.execution_id),
            stage=self.stage.value,
            path=path,
        )
        with transaction(database_url()) as connection:
            # Nobody takes the lease away while the object is written: a stale attempt overwrites none.
            keep(connection, self.lease)
            stored = artifact_store().put(key, data)
            store_artifact(
                connection,
                NewArtifact(
                    execution_id=self.execution_id,
                    stage=self.stage.value,
                    kind=kind,
                    key=stored.key,
                    sha256=stored.sha256,
                    bytes=stored.bytes,
                    media_type=stored.media_type,
                ),
            )
        return Reference(key=stored.key, sha256=stored.sha256, bytes=stored.bytes)


def zipped(files: FileSet) -> bytes:
    """The files as a reproducible archive; raises storage.errors.InvalidArchive."""
    archive = io.BytesIO()
    write_zip(
        (Entry(path=file.path, data=file.text.encode(), executable=file.executable) for file in files.files),
        archive,
    )
    return archive.getvalue()


def begin(stage: Stage) -> Work:
    """Open the stage run of the task that calls this: here, so that a cached result opens none."""
    run = TaskRunContext.get()
    flow = FlowRunContext.get()
    if run is None or flow is None or flow.flow_run is None or flow.parameters is None:
        raise RuntimeError(f"the {stage} stage works within the pipeline only: start it as a flow run")
    state = run.task_run.state
    if state is None:
        raise RuntimeError(f"Prefect gave the task run of the {stage} stage no state")
    execution_id = execution_id_of(flow.flow_run)
    attempt = attempts.current(execution_id)
    if attempt is None:
        raise RuntimeError(f"the {stage} stage works within an attempt only: see flows.attempts")
    work = Work(
        stage=stage,
        execution_id=execution_id,
        lease=attempt.lease.token,
        task_run_id=run.task_run.id,
        tenant=flow.parameters["tenant"],
        member=flow.parameters["member"],
    )
    recorder().stage_start(
        StageStart(
            id=uuid.uuid4(),
            execution_id=work.execution_id,
            stage=stage.value,
            task_run_id=work.task_run_id,
            at=state.timestamp,
        )
    )
    return work


def stage_task(
    stage: Stage, *, settled: Callable[[uuid.UUID, dict[str, Any]], bool] | None = None
) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Declare a stage's Prefect task: its name, hooks, and the key under which its result is kept.

    `settled` says, from the execution's id and the parameters, whether the result may be kept at all.
    """

    def cache_key(context: TaskRunContext, parameters: dict[str, Any]) -> str | None:
        execution_id = _execution_id()
        if settled is not None and not settled(execution_id, parameters):
            return None
        # The execution is part of the key because artifacts belong to their execution and go with it.
        digests = "-".join(_digest(parameters[name]) for name in sorted(parameters))
        attempt = attempts.current(execution_id)
        redone = attempt.redone.get(stage.value, 0) if attempt is not None else 0
        anew = f"-{redone}" if redone else ""
        return f"{execution_id}-{context.task.name}-{GENERATOR_VERSION}-{digests}{anew}"

    return task(
        name=stage.value,
        persist_result=True,
        cache_policy=CacheKeyFnPolicy(cache_key_fn=cache_key),
        on_running=[on_task_state],
        on_completion=[on_task_state],
        on_failure=[on_task_state],
    )


def _execution_id() -> uuid.UUID:
    flow = FlowRunContext.get()
    if flow is None or flow.flow_run is None:
        raise RuntimeError("a stage's result is kept within the pipeline only")
    return execution_id_of(flow.flow_run)


def _digest(value: Any) -> str:
    if isinstance(value, Contract):
        return value.digest()[:16]
    if isinstance(value, list | tuple):
        return "-".join(map(_digest, value)) or "none"
    return uuid.uuid5(uuid.NAMESPACE_OID, str(value)).hex[:16]
