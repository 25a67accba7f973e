"""Runs a notebook from its first cell to its last: execute.py NOTEBOOK EXECUTED

Fails when a cell fails, when something is written to standard error, when a cell tagged `chart`
shows no chart (or one that is not tagged does), or when it all takes a minute or more.
"""

import sys
import time
from pathlib import Path
from queue import Empty

import nbformat
from jupyter_client.manager import start_new_kernel
from nbformat.v4 import output_from_msg

SECONDS = 60
# How long the kernel is silent when all has been said.
SILENCE = 1
SHOWN = {"stream", "display_data", "execute_result", "error"}
VEGA_LITE = "application/vnd.vegalite."
# What a reader sees where no chart can be drawn, as on the page of a code host.
INSTEAD = {"text/html", "text/markdown", "text/plain"}


class Stopped(Exception):
    """Why a notebook did not come to its end, in words."""


def show(cell, message):
    """Puts what a kernel sent below the cell it belongs to; a stream goes on where it stopped."""
    output = output_from_msg(message)
    last = cell.outputs[-1] if cell.outputs else None
    if last and last.output_type == output.output_type == "stream" and last.name == output.name:
        last.text += output.text
    else:
        cell.outputs.append(output)


def run(cells, kernel, folder):
    """Executes the cells, one after the other, in a new kernel.

    Deno's kernel now and then says that a cell is done a moment before it sends what the cell shows.
    So, as on a Jupyter page, a message goes to the cell that asked for it, however late it comes; a
    client that stops listening at the end of each cell would lose some.
    """
    begun = time.monotonic()
    manager, client = start_new_kernel(kernel_name=kernel, cwd=str(folder))
    asked = {}

    def hear(seconds):
        """Takes in one message; tells whose it was, and whether it says that all is done."""
        message = client.get_iopub_msg(timeout=seconds)
        request = message["parent_header"].get("msg_id")
        if request in asked and message["msg_type"] in SHOWN:
            show(asked[request], message)
        return request, message["content"].get("execution_state") == "idle"

    def left():
        return max(0, begun + SECONDS - time.monotonic())

    def settle():
        try:
            while True:
                hear(SILENCE)
        except Empty:
            pass

    try:
        for count, cell in enumerate(cells, start=1):
            cell.outputs, cell.execution_count = [], count
            request = client.execute(cell.source)
            asked[request] = cell
            try:
                while hear(left()) != (request, True):
                    pass
                reply = client.get_shell_msg(timeout=left())
                while reply["parent_header"].get("msg_id") != request:
                    reply = client.get_shell_msg(timeout=left())
            except Empty:
                raise Stopped(f"cell {cell.id} was not done after {SECONDS} s in all") from None
            if reply["content"]["status"] != "ok":
                settle()
                raise Stopped(f"cell {cell.id} failed: {reply['content'].get('evalue')}")
        settle()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return time.monotonic() - begun - SILENCE


def types_shown(cell):
    """The mime types of each of the things a cell shows."""
    return [set(output.data) for output in cell.outputs if "data" in output]


def is_chart(types):
    return any(name.startswith(VEGA_LITE) for name in types)


def faults(cell):
    """What is wrong with what an executed cell shows, in words."""
    charts = [types for types in types_shown(cell) if is_chart(types)]
    tagged = "chart" in cell.metadata.get("tags", [])
    if tagged and not charts:
        yield "is tagged as a chart and shows none"
    if charts and not tagged:
        yield "shows a chart and is not tagged as one"
    if any(not types & INSTEAD for types in charts):
        yield "shows a chart without words for where none can be drawn"
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            yield f"wrote to standard error: {output.text.strip()}"


def main(source, target):
    notebook = nbformat.read(source, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    try:
        # A notebook runs in the folder it lies in, as when somebody opens it.
        seconds = run(cells, notebook.metadata.kernelspec.name, source.parent)
    except Stopped as stopped:
        sys.exit(f"{source.name}: {stopped}")
    finally:
        # As far as it came: what it showed until then helps to see why it stopped.
        nbformat.write(notebook, target)

    nbformat.validate(notebook)
    found = [f"cell {cell.id} {fault}" for cell in cells for fault in faults(cell)]
    charts = sum(is_chart(types) for cell in cells for types in types_shown(cell))
    if charts == 0:
        found.append("the notebook shows no chart")
    if seconds >= SECONDS:
        found.append(f"the notebook took {seconds:.1f} s, {SECONDS} are too many")
    if found:
        sys.exit("\n".join(found))
    print(f"{source.name}: {len(cells)} cells ran in {seconds:.1f} s and show {charts} charts")


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:3]))
