"""The `leanvibe` command: finds the module of each command, turns errors into one line and an exit status."""

from __future__ import annotations

import importlib
import importlib.util
import os
import signal
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from leanvibe.console import say

COMMANDS = {
    "run": ("leanvibe.run", "Run an interview through the pipeline"),
    "up": ("leanvibe.up", "Keep the factory running, and print its addresses"),
    "interview": ("leanvibe.interview", "Check interviews, and print their schema"),
    "status": ("leanvibe.status", "Show executions, or one execution stage by stage"),
    "logs": ("leanvibe.logs", "Show the log lines of an execution"),
    "decide": ("leanvibe.decide", "Decide on a blueprint that waits at the gate"),
    "pause": ("leanvibe.steer", "Have an execution leave its process at the next stage boundary"),
    "resume": ("leanvibe.steer", "Let a paused execution go on"),
    "cancel": ("leanvibe.steer", "End an execution as cancelled"),
    "retry": ("leanvibe.steer", "Try an execution again from the stage that did not finish"),
    "restart": ("leanvibe.steer", "Do an execution that has ended anew from a stage on"),
    "doctor": ("leanvibe.doctor", "Check each part of the factory and say what to do"),
    "down": ("leanvibe.down", "Stop what a killed factory has left running"),
    "ledger": ("leanvibe.ledger", "Compare our transitions with Prefect's history: verify"),
    "db": ("leanvibe.database", "Look after the database: upgrade, current, url"),
}
"""Command → its module, which offers `register(app)`, and its line in the help.

Modules are imported only when their command is asked for: the help is there at once.
"""

OURS = ("blocks", "db", "flows", "leanvibe", "storage")
"""An error of these packages is written for people; any other one is a defect."""

INTERRUPTED = 130


class Commands(TyperGroup):
    """The commands of the table above."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of the table, without those that are not part of this installation."""
        del ctx
        return [name for name, (module, _) in COMMANDS.items() if importlib.util.find_spec(module)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command itself, or for the help just its line."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module, line = COMMANDS[cmd_name]
        if ctx.meta.get("listing"):
            return TyperCommand(name=cmd_name, help=line)
        app = typer.Typer(add_completion=False)
        importlib.import_module(module).register(app)
        found: Any = typer.main.get_command(app)
        return found.commands[cmd_name] if cmd_name in getattr(found, "commands", {}) else found

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help, which needs no command's module."""
        ctx.meta["listing"] = True
        super().format_help(ctx, formatter)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; every error becomes a line and an exit status."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("Interrupted")
            raise SystemExit(INTERRUPTED) from None
        except Exception as error:
            if os.environ.get("LEANVIBE_DEBUG") == "1" or type(error).__module__.startswith(
                ("typer", "click")
            ):
                raise
            say(explain(error), style="red")
            raise SystemExit(getattr(error, "exit_status", 1)) from None


def explain(error: Exception) -> str:
    """What a person reads when a command ends with `error`."""
    packages = {base.__module__.partition(".")[0] for base in type(error).__mro__}
    if packages.intersection(OURS):
        return f"leanvibe: {error}"
    if "pydantic_core" in packages:
        return "leanvibe: " + "; ".join(_setting(problem) for problem in getattr(error, "errors")())  # noqa: B009
    return f"leanvibe: unexpected {type(error).__name__}: {error} (LEANVIBE_DEBUG=1 shows where)"


def _setting(problem: dict[str, Any]) -> str:
    name = "_".join(str(part) for part in problem["loc"]).upper()
    return f"LEANVIBE_{name} is not usable: {problem['msg']}"


app = typer.Typer(
    cls=Commands,
    name="leanvibe",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def root() -> None:
    """The MVP factory: a founder's interview becomes a tested application."""


def main() -> None:
    """Entry point of the console script."""
    # A shell that starts a command in the background has it ignore SIGINT; ours ends cleanly all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    app(prog_name="leanvibe")
