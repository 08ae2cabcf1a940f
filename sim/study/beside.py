"""Something that is worked out beside other work, and waited for when it is needed."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Beside(Generic[Answer]):
    """A function at work in a thread of its own; who leaves early, as by Ctrl-C, does not wait for it."""

    def __init__(self, function: Callable[[], Answer]) -> None:
        self._function = function
        self._answer: Future[Answer] = Future()
        threading.Thread(target=self._work, daemon=True).start()

    def answer(self) -> Answer:
        """What the function returns, or the error that it raises."""
        return self._answer.result()

    def _work(self) -> None:
        try:
            self._answer.set_result(self._function())
        except BaseException as error:  # whatever went wrong is the answer
            self._answer.set_exception(error)
