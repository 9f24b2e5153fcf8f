"""Starts one command under limits and outlives it: `python -I -S launcher.py SPEC`, standard library only.

SPEC is JSON: argv, cwd, limits (memory_bytes, cpu_s, file_bytes, open_files, processes; null is no limit),
network (host, none, refused), keep (descriptors that the command gets beside the three standard ones).
Standard input is a socket to whoever started it: the byte T asks the command to end, K kills it, and so does
the end of the stream, which is what a killed parent leaves behind. The answer on the same socket is JSON:
code, limit, cpu_s, peak_bytes, network. When it ends, nothing the command ever started is left.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import resource
import select
import signal
import struct
import sys
from typing import Any

CONTROL = 0
NOT_STARTED = 127  # what shells answer for a command that cannot be executed
WATCH_S = 0.5  # between two counts of the processes: RLIMIT_NPROC does not bind root, a count does
PR_SET_PDEATHSIG = 1  # linux/prctl.h
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
AF_INET, SOCK_DGRAM = 2, 2  # bits/socket.h
CLONE_NEWUSER = 0x10000000  # linux/sched.h
CLONE_NEWNET = 0x40000000  # linux/sched.h
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1  # linux/sockios.h, linux/if.h
REFUSING = os.path.join(os.path.dirname(os.path.abspath(__file__)), "refusing")  # noqa: PTH100, PTH118, PTH120 - pathlib doubles the start-up time


def main() -> None:
    """Run the command of the first argument; the exit status is 0 whatever became of the command."""
    supervise(json.loads(sys.argv[1]))


def supervise(spec: dict[str, Any]) -> None:
    """Start the command, follow it and the socket until one of them ends, clear up, answer."""
    # Processes that leave the command's group (setsid, double fork) come back to us when their parent dies.
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    network = isolate(spec["network"])
    wake = wakeup_pipe()
    child = os.fork()
    if child == 0:
        become(spec)
    for descriptor in spec["keep"]:  # the command's alone now: what it closes is closed
        os.close(descriptor)
    limit = follow(child, wake, spec["limits"]["processes"])
    kill_group(child)
    _, status, usage = os.wait4(child, 0)
    sweep()
    answer = {
        "code": os.waitstatus_to_exitcode(status),
        "limit": limit,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "peak_bytes": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "network": network,
    }
    with contextlib.suppress(OSError):  # nobody listens any more
        os.write(CONTROL, json.dumps(answer).encode())


def prctl(option: int, value: int) -> None:
    """Linux's prctl; elsewhere the process group alone has to do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def isolate(network: str) -> str:
    """Take the network from this process and all that it starts; answers what they have now.

    `none` is a network namespace with a loopback of its own. Where the system allows none it becomes
    `refused`: every Python process then refuses to connect to anything but this machine.
    """
    if network == "none":
        if namespaces_work():
            enter_namespace()
            return "none"
        network = "refused"
    if network == "refused":
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (REFUSING, os.environ.get("PYTHONPATH"))))
    return network


def namespaces_work() -> bool:
    """Whether a child can do it: some systems let it into a namespace and then allow it nothing there."""
    if sys.platform != "linux":
        return False
    child = os.fork()
    if child == 0:
        try:
            enter_namespace()
            os._exit(0)
        except OSError:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def enter_namespace() -> None:
    """Into a network namespace of our own: as root just so, else within a user namespace; raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWNET) != 0:
        if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        # Everybody stays who they are; who cannot set groups may write a map of one line.
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib doubles the start-up time
                file.write(text)
    # Through the C library, for importing the socket module takes longer than all else here.
    descriptor = libc.socket(AF_INET, SOCK_DGRAM, 0)
    flags = fcntl.ioctl(descriptor, SIOCGIFFLAGS, struct.pack("16sh14x", b"lo", 0))
    name, up = struct.unpack("16sh14x", flags)
    fcntl.ioctl(descriptor, SIOCSIFFLAGS, struct.pack("16sh14x", name, up | IFF_UP))
    os.close(descriptor)


def wakeup_pipe() -> int:
    """The file descriptor that becomes readable when a child changes state."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reader


def become(spec: dict[str, Any]) -> None:
    """Turn this forked child into the command; never returns."""
    try:
        os.setsid()
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number in (signal.SIGCHLD, signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)  # Python ignores the last two, and exec keeps that
        os.chdir(spec["cwd"])
        apply_limits(spec["limits"])
        os.execvp(spec["argv"][0], spec["argv"])  # noqa: S606 - there is no shell, which is the point
    except (OSError, ValueError) as error:
        os.write(2, f"cannot start {spec['argv'][0]}: {error}\n".encode())
    finally:
        os._exit(NOT_STARTED)


def apply_limits(limits: dict[str, int | None]) -> None:
    """Set the resource limits of this process, never above the ones it has."""
    processes = limits["processes"]
    if processes is not None and os.getuid() != 0:
        processes += processes_of_user()  # the kernel counts per user, not per command
    wanted = {
        resource.RLIMIT_AS: limits["memory_bytes"],
        resource.RLIMIT_CPU: limits["cpu_s"],
        resource.RLIMIT_FSIZE: limits["file_bytes"],
        resource.RLIMIT_NOFILE: limits["open_files"],
        resource.RLIMIT_NPROC: processes,
        resource.RLIMIT_CORE: 0,
    }
    for number, value in wanted.items():
        if value is None:
            continue
        _, hard = resource.getrlimit(number)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # One second between the two lets a process see SIGXCPU before SIGKILL ends it.
        grace = 1 if number == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else 0
        resource.setrlimit(number, (bound, bound + grace))


def processes_of_user() -> int:
    """How many threads this user runs now, as RLIMIT_NPROC counts them."""
    count = 0
    for pid in process_ids():
        with contextlib.suppress(OSError):
            if os.stat(f"/proc/{pid}").st_uid == os.getuid():  # noqa: PTH116 - pathlib doubles the start-up time
                count += len(os.listdir(f"/proc/{pid}/task"))  # noqa: PTH208 - same
    return count


def follow(child: int, wake: int, processes: int | None) -> str | None:
    """Wait until the command ended or has to; answers the limit it broke, if it did."""
    while True:
        ready, _, _ = select.select([CONTROL, wake], [], [], WATCH_S)
        if CONTROL in ready and not obey(child):
            return None
        if wake in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(wake, 512)
            if ended(child):
                return None
            reap_adopted(child)
        if processes is not None and not ready and len(descendants()) > processes:
            return "processes"


def obey(child: int) -> bool:
    """Do what the socket says; False when the command has to be killed."""
    try:
        order = os.read(CONTROL, 16)
    except OSError:
        return False
    if order and b"K" not in order:
        with contextlib.suppress(OSError):
            os.killpg(child, signal.SIGTERM)
        return True
    return False


def ended(child: int) -> bool:
    """Whether the command ended; it stays a zombie, so that its group number cannot be given away."""
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def reap_adopted(child: int) -> None:
    """Collect ended processes whose own parents went before them."""
    while True:
        found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if found is None or found.si_pid == child:
            return
        os.waitpid(found.si_pid, 0)


def kill_group(child: int) -> None:
    """Kill the command's process group, all at once."""
    with contextlib.suppress(OSError):
        os.killpg(child, signal.SIGKILL)
    with contextlib.suppress(OSError):  # it may not have come as far as setsid
        os.kill(child, signal.SIGKILL)


def sweep() -> None:
    """Kill what escaped the group, until there is no child left."""
    while True:
        for pid in descendants():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def descendants() -> list[int]:
    """Every process below this one; empty where there is no /proc."""
    children: dict[int, list[int]] = {}
    for pid in process_ids():
        with contextlib.suppress(OSError, ValueError, IndexError), open(f"/proc/{pid}/stat", "rb") as stat:  # noqa: PTH123 - pathlib doubles the start-up time
            # The name before the last bracket may hold anything; state and parent follow it.
            children.setdefault(int(stat.read().rpartition(b")")[2].split()[1]), []).append(pid)
    found: list[int] = []
    level = [os.getpid()]
    while level:
        level = [child for pid in level for child in children.get(pid, [])]
        found += level
    return found


def process_ids() -> list[int]:
    """The numbers in /proc; none where there is no /proc."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - pathlib doubles the start-up time
    except OSError:
        return []


if __name__ == "__main__":
    main()
