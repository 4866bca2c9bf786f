"""How a reading child serves: it limits its memory, answers requests, ends when its pipe closes.

Requests and answers are marshalled tuples, each behind its length in four bytes. Kept free of
heavy imports: every child loads it at its start.
"""

from __future__ import annotations

import gc
import marshal
import sys
from collections.abc import Callable
from typing import Any

from wxadmin.sheets.refusals import Refusal

Answer = Callable[[tuple[Any, ...]], None]


def limit_memory(most: int) -> None:
    """Hold this process to so many bytes; on Windows the parent's job object does the same."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(talk_with: Callable[[Answer], object]) -> int:
    """Answer requests by the methods of their name until the pipe closes."""
    gc.disable()  # a short life without cycles
    requests = open(0, "rb", closefd=False)  # noqa: SIM115 - lives as long as the process
    answers = open(1, "wb", closefd=False)  # noqa: SIM115

    def answer(message: tuple[Any, ...]) -> None:
        packed = marshal.dumps(message, 2)
        answers.write(len(packed).to_bytes(4, "little"))
        answers.write(packed)
        answers.flush()

    talk = talk_with(answer)
    while len(length := requests.read(4)) == 4:
        request = marshal.loads(requests.read(int.from_bytes(length, "little")))
        try:
            getattr(talk, request[0])(*request[1:])
        except Refusal as refusal:
            answer(("refused", refusal.code, refusal.facts))
        except MemoryError:
            answer(("refused", "reader_died", {}))
        except BrokenPipeError:
            break
        except Exception as error:
            answer(("broken", _trace(error)))
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # how the fast reader stumbles
                raise
            answer(("refused", "damaged", {}))
    return 0


def _trace(error: BaseException) -> str:
    """Where it went wrong, without the values that were being read."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' > '.join(places)}"
