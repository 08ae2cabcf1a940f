"""Batches on a Dask cluster: the same work as on this machine, through a scheduler that others run.

What could differ there is asked before anything starts: whether somebody answers, and whether all know this model.
"""

import platform
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sim.model.mark import model_mark
from sim.study.problems import RunFailedError
from sim.study.sweep.runs import Batch, Run
from sim.study.sweep.study import Answers, CarryOut, StudyError
from sim.study.workers import Failure

if TYPE_CHECKING:
    from distributed import Client

_SECONDS: Final = 10
"""Choice: so long a cluster is waited for."""
_AHEAD: Final = 3
"""Choice: batches for each thread of the cluster that are under way at the same time."""


@contextmanager
def on_cluster(address: str) -> Iterator[tuple[CarryOut, int]]:
    """What carries out batches at a scheduler's address, and how many it does at once.

    ``StudyError`` if nobody is there, there are no workers, or some of them know another version of the model.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError:
        raise StudyError('--cluster: needs Dask: python -m pip install "customer-chain[cluster]"') from None
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise StudyError(f"--cluster {address}: no scheduler answers there ({_line(error)})") from None
    with client:
        at_once = _ready(client, address)
        executor = client.get_executor(pure=False)
        where = f"--cluster {address}: the scheduler"
        yield by_executor(executor, _AHEAD * at_once, lambda: client.status == "running", where), at_once


def _ready(client: "Client", address: str) -> int:
    """How many batches are done at once; ``StudyError`` if the cluster cannot do them as this machine would."""
    workers = client.scheduler_info(n_workers=-1)["workers"]
    if not workers:
        raise StudyError(f"--cluster {address}: the scheduler has no workers: start some with dask worker {address}")
    said: dict[str, Any] = client.run(_version, on_error="return")
    said["the scheduler"] = _of_the_scheduler(client)
    for who, version in said.items():
        if version != _version():
            what = f"cannot import this package ({_line(version)})" if isinstance(version, Exception) else str(version)
            raise StudyError(f"--cluster {address}: {who} has another version: {what}; here it is {_version()}")
    return sum(int(worker["nthreads"]) for worker in workers.values())


def _of_the_scheduler(client: "Client") -> Any:
    try:
        return client.run_on_scheduler(_version)
    except Exception as error:  # it may not know this package at all
        return error


def _version() -> str:
    """What has to be the same everywhere."""
    return f"model {model_mark()[:16]}, Python {'.'.join(platform.python_version_tuple()[:2])}"


def by_executor(executor: Executor, ahead: int, is_alive: Callable[[], bool], where: str) -> CarryOut:
    """Carries out batches through the interface of ``concurrent.futures``, so many under way at the same time.

    ``RunFailedError`` if what is behind it is gone.
    """

    def carry(function: Callable[[Batch], list[Run]], batches: Sequence[Batch]) -> Answers:
        waiting = list(reversed(range(len(batches))))
        under_way: dict[Future[list[Run]], int] = {}
        try:
            while waiting or under_way:
                while waiting and len(under_way) < ahead:
                    place = waiting.pop()
                    under_way[executor.submit(function, batches[place])] = place
                done, _ = wait(under_way, timeout=1.0, return_when=FIRST_COMPLETED)
                if not done and not is_alive():
                    raise RunFailedError(f"{where} is gone")
                for future in done:
                    yield under_way.pop(future), _answer(future, where)
        finally:
            for future in under_way:
                future.cancel()

    return carry


def _answer(future: "Future[list[Run]]", where: str) -> list[Run] | Failure:
    try:
        return future.result()
    except (CancelledError, OSError) as error:
        raise RunFailedError(f"{where} is gone, or threw the work away ({_line(error)})") from None
    except Exception as error:  # whatever went wrong is the answer
        return Failure(f"{type(error).__name__}: {error}")


def _line(error: BaseException) -> str:
    """The first line of an error."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
