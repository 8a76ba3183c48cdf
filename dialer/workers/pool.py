"""The telephone lines of all worker processes as one pool.

Each worker carries up to four lines (a limit of the telephone library) and its own recogniser. When a worker
dies, its calls fail, the other workers go on, and a new one takes its place.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime as dt
import logging
import multiprocessing
import multiprocessing.forkserver as forkserver
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from campaign.errors import LineError, RecognizerError, WenhouError
from campaign.records import CallEvent, Turn
from dialer.workers.messages import (
    PRELOAD_VARIABLE,
    CallEnded,
    EndCalls,
    FromWorker,
    PlaceCall,
    Preload,
    Quit,
    SlotFilled,
    ToWorker,
    WorkerFailed,
    WorkerReady,
    WorkerSpec,
)

log = logging.getLogger(__name__)

Report = CallEvent | Turn | SlotFilled
"""What a call tells while it goes on."""

START_SECONDS = 180.0
"""A worker that is not ready by then has failed. The first time that a script is used with a model, what the
engine needs for its questions takes half a minute."""
_LONGEST_RESTARTS = 5
"""A worker that dies more often than this stays away: something is wrong with the machine."""


def _context() -> BaseContext:
    can_fork = "forkserver" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if can_fork else "spawn")


def preload_workers(wanted: Preload) -> None:
    """Begin to load what all workers share; returns at once. Without it the first worker waits for that."""
    # Small matrices: more threads only spin, and take the cores from the calls.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if _context().get_start_method() == "forkserver":
        os.environ[PRELOAD_VARIABLE] = wanted.as_json()
        forkserver.set_forkserver_preload(["dialer.workers.preload"])
        with _main_module_hidden():
            forkserver.ensure_running()
        del os.environ[PRELOAD_VARIABLE]  # residents' names are no other program's business


@contextlib.contextmanager
def _main_module_hidden() -> Iterator[None]:
    """A new process imports the main module again, here the whole command line, for nothing: hide it."""
    main = sys.modules["__main__"]
    hidden: dict[str, object] = {
        name: main.__dict__.pop(name) for name in ("__spec__", "__file__") if name in main.__dict__
    }
    main.__dict__["__spec__"] = None
    try:
        yield
    finally:
        main.__dict__.update(hidden)


def _enter_worker(spec: WorkerSpec, connection: Connection) -> None:
    """In the new process; the runner's own needs neither the telephone library nor the recognisers."""
    from dialer.workers.worker import run_worker

    run_worker(spec, connection)


class WorkerDied(Exception):
    """The process that carried a call ended without a word."""


class _Worker:
    """One worker process as the runner sees it. All methods run on the event loop."""

    def __init__(self, spec: WorkerSpec, context: BaseContext, pool: LinePool) -> None:
        self.spec = spec
        self.restarts = 0
        self.calls: dict[int, asyncio.Future[CallEnded]] = {}
        self.ready: asyncio.Future[None]
        self._context = context
        self._pool = pool
        self._loop = asyncio.get_running_loop()
        self._process: BaseProcess
        self._connection: Connection

    def start(self) -> None:
        self.ready = self._loop.create_future()
        ours, theirs = self._context.Pipe()
        self._connection = ours
        self._process = self._context.Process(  # type: ignore[attr-defined]
            target=_enter_worker,
            args=(self.spec, theirs),
            name=f"wenhou-worker-{self.spec.worker}",
            daemon=True,
        )
        with _main_module_hidden():
            self._process.start()
        theirs.close()
        threading.Thread(target=self._read, args=(ours,), daemon=True).start()

    def _read(self, connection: Connection) -> None:
        """Reader thread: hand every message to the event loop until the pipe closes."""
        while True:
            try:
                message = connection.recv()
            except (EOFError, OSError):
                break
            self._loop.call_soon_threadsafe(self._take, message)
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._lost, connection)

    def _take(self, message: FromWorker) -> None:
        match message:
            case WorkerReady():
                if not self.ready.done():
                    self.ready.set_result(None)
            case WorkerFailed():
                if not self.ready.done():
                    self.ready.set_exception(_start_error(message))
            case CallEnded():
                self._pool.settle(self, message)
            case _:
                self._pool.on_report(message)

    def _lost(self, connection: Connection) -> None:
        if connection is self._connection:
            self._pool.worker_lost(self)

    def send(self, message: ToWorker) -> None:
        try:
            self._connection.send(message)
        except (BrokenPipeError, OSError):
            log.warning("worker %d is gone", self.spec.worker)

    async def join(self, seconds: float) -> None:
        await asyncio.to_thread(self._process.join, seconds)
        if self._process.is_alive():
            self._process.kill()
            await asyncio.to_thread(self._process.join, 2.0)

    @property
    def exit_code(self) -> int | None:
        return self._process.exitcode

    @property
    def pid(self) -> int | None:
        return self._process.pid


def _start_error(failed: WorkerFailed) -> WenhouError:
    kind = LineError if failed.is_line_trouble else RecognizerError
    return kind(failed.code, failed.message)


class LinePool:
    """All lines; ``place`` waits for a free one."""

    def __init__(self, specs: Sequence[WorkerSpec]) -> None:
        self.on_report: Callable[[Report], None] = lambda report: None
        """Who is told what the calls tell."""
        self._context = _context()
        self._specs = tuple(specs)
        self._workers: list[_Worker] = []
        self._free: asyncio.Queue[tuple[_Worker, int]] = asyncio.Queue()
        self._is_closing = False
        self._restarting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start every worker and wait until each has its lines and its recogniser.

        Raises:
            LineError: The trunk refuses or the engine cannot start.
            RecognizerError: The model cannot be loaded.
        """
        first = self._specs[0]
        today = dt.datetime.now(first.settings.calling.zone).date()
        preload_workers(Preload(first.script, today, first.model.vosk_folder, first.names))
        await self.add(self._specs)

    async def add(self, specs: Sequence[WorkerSpec]) -> None:
        """Bring up more lines; those that are there go on meanwhile. Raises as ``start``."""
        workers = [_Worker(spec, self._context, self) for spec in specs]
        self._workers += workers
        for worker in workers:
            worker.start()
        try:
            await asyncio.wait_for(asyncio.gather(*(w.ready for w in workers)), START_SECONDS)
        except TimeoutError as error:
            raise LineError(
                "worker_start", "通话进程三分钟内没有启动成功，请运行 wenhou doctor 检查。"
            ) from error
        for worker in workers:
            self._offer_lines(worker)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that live."""
        return tuple(worker.pid for worker in self._workers if worker.pid is not None)

    async def take_line(self) -> tuple[_Worker, int]:
        """Wait for a free line; ``place`` gives it back."""
        return await self._free.get()

    async def place(self, line: tuple[_Worker, int], call: PlaceCall) -> CallEnded:
        """Place one call on a line taken before and wait for its end.

        Raises:
            WorkerDied: The process that carried the call ended.
        """
        worker, number = line
        future: asyncio.Future[CallEnded] = asyncio.get_running_loop().create_future()
        worker.calls[call.attempt_id] = future
        worker.send(dataclasses.replace(call, line=number))
        try:
            ended = await future
        except WorkerDied:
            raise  # the new worker brings the line back
        self._free.put_nowait(line)
        return ended

    def end_calls(self) -> None:
        """Let every call end politely."""
        for worker in self._workers:
            worker.send(EndCalls())

    async def close(self) -> None:
        """End all workers; calls still up are hung up at once."""
        self._is_closing = True
        for worker in self._workers:
            worker.send(Quit())
        await asyncio.gather(*(worker.join(4.0) for worker in self._workers))

    # --- called by the workers' readers ---------------------------------------------------------------

    def settle(self, worker: _Worker, ended: CallEnded) -> None:
        future = worker.calls.pop(ended.result.attempt_id, None)
        if future is not None and not future.done():
            future.set_result(ended)

    def worker_lost(self, worker: _Worker) -> None:
        if worker.ready.done() and worker.ready.exception() is not None:
            return  # it said why it could not start
        if not worker.ready.done():
            worker.ready.set_exception(
                LineError("worker_start", "通话进程启动时意外退出，请运行 wenhou doctor 检查。")
            )
            return
        for future in worker.calls.values():
            if not future.done():
                future.set_exception(WorkerDied(worker.spec.worker))
        worker.calls.clear()
        if not self._is_closing:
            log.error("worker %d died; starting another", worker.spec.worker)
            task = asyncio.get_running_loop().create_task(self._restart(worker))
            self._restarting.add(task)
            task.add_done_callback(self._restarting.discard)

    async def _restart(self, worker: _Worker) -> None:
        await worker.join(1.0)
        self._forget_lines(worker)
        worker.restarts += 1
        if worker.restarts > _LONGEST_RESTARTS:
            log.error("worker %d died %d times and stays away", worker.spec.worker, worker.restarts)
            return
        worker.start()
        try:
            await asyncio.wait_for(worker.ready, START_SECONDS)
        except (WenhouError, TimeoutError):
            log.exception("worker %d could not be started again", worker.spec.worker)
            return
        self._offer_lines(worker)

    def _offer_lines(self, worker: _Worker) -> None:
        for line in worker.spec.lines:
            self._free.put_nowait((worker, line))

    def _forget_lines(self, worker: _Worker) -> None:
        kept = [self._free.get_nowait() for _ in range(self._free.qsize())]
        for line in kept:
            if line[0] is not worker:
                self._free.put_nowait(line)
