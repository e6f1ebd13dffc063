"""The queue of writes: in order, one at a time, and none lost to another's refusal."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import pytest

from followup.domain.errors import RefusedError
from followup.tracker import StoreError
from followup.ui.writes import Write, WriteQueue


def unwanted(result: object) -> None:
    pytest.fail(f"not expected: {result}")


async def test_jobs_are_carried_out_in_order_and_one_at_a_time() -> None:
    queue = WriteQueue()
    worker = asyncio.create_task(queue.work())
    done: list[int] = []
    running_now: list[int] = []
    most: list[int] = []
    gate = threading.Event()

    def job(number: int) -> int:
        running_now.append(number)
        if number == 0:
            gate.wait(10)
        most.append(len(running_now))
        running_now.remove(number)
        return number

    for number in range(20):
        queue.put(Write(partial(job, number), done.append, unwanted))
    assert not queue.is_idle
    gate.set()
    await queue.finish()
    assert queue.is_idle
    assert done == list(range(20))
    assert set(most) == {1}
    worker.cancel()


@pytest.mark.parametrize("fault", [RefusedError("no"), StoreError("no")])
async def test_a_refusal_is_told_and_the_next_job_goes_on(fault: Exception) -> None:
    queue = WriteQueue()
    worker = asyncio.create_task(queue.work())
    refused: list[Exception] = []
    done: list[str] = []

    def refuse() -> None:
        raise fault

    queue.put(Write(refuse, unwanted, refused.append))
    queue.put(Write(lambda: "next", done.append, unwanted))
    await queue.finish()
    assert refused == [fault]
    assert done == ["next"]
    worker.cancel()
