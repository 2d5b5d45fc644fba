"""The files of a run over a dump: they grow beside their names and take them at the end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from wikimend.errors import PageError, Place, WikimendError
from wikimend.report.summary import Summary
from wikimend.run.chunk import Outcome
from wikimend.run.manifest import Manifest, fingerprint, load
from wikimend.store.compression import CODECS, codec_of
from wikimend.store.dump import Chunk, Fields, Format, Target
from wikimend.store.part import Part, beside, publish

CHECKPOINT = 32
"""Chunks between two points from which a run can go on."""
HELD = 1 << 20
"""Characters of the record of changes that are held back, so that they compress well."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a chunk stands in a run."""

    chunks: int
    """Its 1-based number."""
    digest: str
    """A digest of the dump up to its end."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run reads and writes."""

    source: Path
    """The dump."""
    format: Format
    """Its format."""
    fields: Fields
    """Where its texts are."""
    target: Path
    """The new dump; in place it is the source."""
    report: Path | None
    """The record of the changes."""
    identity: str
    """What tells this run from one with other options; see `manifest.identity`."""

    @property
    def in_place(self) -> bool:
        """Whether the dump itself is changed."""
        return self.target == self.source


class Ledger:
    """The part files and the manifest of one run."""

    def __init__(self, plan: Plan) -> None:
        """Read what a run before has left; nothing is opened yet."""
        self.plan = plan
        """What the run reads and writes."""
        self._path = beside(plan.target, "run")
        self._codec = codec_of(plan.report.name) if plan.report else None
        self._output: Part | None = None
        self._report: Part | None = None
        self._waiting: list[str] = []
        self._held = 0
        self._amid = False
        """Whether the files and what is known of them may disagree."""
        self._mark = Mark(0, "")
        self._source = fingerprint(plan.source)
        found = load(self._path)
        self.other = found is not None and found.identity != plan.identity
        """Whether a run with other options has left something."""
        self.manifest = found if found and not self.other else Manifest(plan.identity)
        """Where the run is."""
        if not self._is_there():
            self.start_over()
        self.summary = Summary.of(self.manifest.counts)
        """What the run came to so far."""

    @property
    def done(self) -> int:
        """Chunks that need not be done again."""
        return self.manifest.chunks

    @property
    def finished(self) -> bool:
        """Whether all of it was done before."""
        return self.manifest.state == "finished"

    def _is_there(self) -> bool:
        """Return whether the files are as the manifest says."""
        manifest, plan = self.manifest, self.plan
        if manifest.state == "finished":
            made = fingerprint(plan.target)
            return made == manifest.made and (plan.report is None or plan.report.is_file())
        if manifest.state == "finishing":
            if beside(plan.target, "part").exists():
                return not self._outdates(manifest.source)
            is_part = fingerprint(plan.target) == manifest.made
            return is_part and (plan.in_place or fingerprint(plan.source) == manifest.source)
        sizes = [(beside(plan.target, "part"), manifest.output)]
        if plan.report:
            sizes.append((beside(plan.report, "part"), manifest.report))
        return all(not size or fingerprint(path)[1:2] >= (size,) for path, size in sizes)

    def _outdates(self, source: tuple[int, ...]) -> bool:
        """Return whether the dump would lose what was written to it since it was `source`."""
        plan = self.plan
        derived = plan.in_place and plan.format.compressible
        return derived and fingerprint(plan.source) != source

    def start_over(self) -> None:
        """Forget what was done."""
        self.close()
        self.manifest = Manifest(self.plan.identity)
        self.summary = Summary()

    def open(self) -> None:
        """Open the part files where the last run left them; raises WikimendError."""
        plan, manifest = self.plan, self.manifest
        self._output = Part(beside(plan.target, "part"), plan.target, manifest.output)
        if plan.report:
            self._report = Part(beside(plan.report, "part"), plan.report, manifest.report)
        self._mark = Mark(manifest.chunks, manifest.digest)
        manifest.save(self._path, self.plan.target)

    def keep(self, mark: Mark, chunk: Chunk, outcome: Outcome) -> None:
        """Write what came of a chunk; raises PageError when the disk does not take it."""
        assert self._output is not None
        packed, self._amid = outcome.packed, True
        self._output.write(chunk.result(outcome.patches) if packed is None else packed)
        self._waiting += outcome.changes
        self._held += sum(map(len, outcome.changes))
        if self._held > HELD:
            self._flush()
        self.summary.add(outcome.summary)
        self.summary.errors += len(outcome.errors)
        last, self._mark, self._amid = self._mark.chunks, mark, False
        if mark.chunks // CHECKPOINT > last // CHECKPOINT:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Let another run go on from here; raises PageError when the disk does not take it."""
        if self._output is None or self._amid or self.manifest.state != "running":
            return
        self._amid = True
        self._flush()
        self._output.sync()
        if self._report:
            self._report.sync()
        self.manifest = replace(
            self.manifest,
            chunks=self._mark.chunks,
            digest=self._mark.digest,
            output=self._output.size,
            report=self._report.size if self._report else 0,
            counts=self.summary.counts(),
        )
        self.manifest.save(self._path, self.plan.target)
        self._amid = False

    def _flush(self) -> None:
        """Write the changes that wait, as one member where the report is compressed."""
        if self._report and self._waiting:
            data = "".join(self._waiting).encode()
            self._report.write(CODECS[self._codec].compress(data) if self._codec else data)
        self._waiting, self._held = [], 0

    def finish(self, mark: Mark, first: int = 0, end: int | None = None) -> Sequence[PageError]:
        """Give the files their names, and return what could not be changed.

        `mark` is that of the last chunk of the dump, `first` and `end` are those of `Target`.
        Raises PageError when it cannot be done; another run can go on from there.
        """
        if self.manifest.state == "running":
            self._mark = mark
            self.checkpoint()
            made = fingerprint(beside(self.plan.target, "part"))
            self.manifest = replace(
                self.manifest,
                state="finishing",
                first=first,
                end=end,
                source=self._source,
                made=made,
            )
            self.manifest.save(self._path, self.plan.target)
        self.close()
        plan, manifest = self.plan, self.manifest
        part = beside(plan.target, "part")
        if part.exists() and self._outdates(manifest.source):
            message = "changed while it was being mended; it is left as it is"
            raise PageError(message, Place(str(plan.source)))
        if plan.report:
            publish(beside(plan.report, "part"), plan.report)
        left: Sequence[PageError] = ()
        if part.exists() and not (plan.in_place and not self.summary.changed):
            target = Target(plan.target, part, manifest.first, manifest.end)
            left = plan.format.finish(plan.source, plan.fields, target)
        self.summary.errors += len(left)
        made, counts = fingerprint(plan.target), self.summary.counts()
        self.manifest = replace(manifest, state="finished", made=made, counts=counts)
        with suppress(PageError):  # all files have their names, which the next run sees
            self.manifest.save(self._path, self.plan.target)
        self.tidy()
        return left

    def tidy(self) -> None:
        """Remove the part file that a run has left which was killed when all was done."""
        with suppress(OSError):
            beside(self.plan.target, "part").unlink(missing_ok=True)

    def close(self) -> None:
        """Close the part files."""
        for part in self._parts():
            part.close()
        self._output = self._report = None
        self._waiting, self._held = [], 0

    def stop(self) -> None:
        """Close after something went wrong, keeping what is done; nothing when that is nothing."""
        parts = self._parts()
        with suppress(WikimendError):
            self.checkpoint()
        self.close()
        if parts and not self.done:
            with suppress(OSError):
                for path in (*(part.path for part in parts), self._path):
                    path.unlink(missing_ok=True)

    def _parts(self) -> Sequence[Part]:
        return [part for part in (self._output, self._report) if part is not None]
