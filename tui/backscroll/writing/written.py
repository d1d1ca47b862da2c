"""A note as a write leaves it: what stands once a bookmark or annotation is written, restored or settled."""

from dataclasses import replace

from backscroll.model.notes import Annotation, Bookmark, both
from backscroll.model.writes import (
    AnnotationRemove,
    AnnotationRestore,
    AnnotationSettle,
    AnnotationWrite,
    BookmarkRestore,
    BookmarkSet,
    BookmarkSettle,
    Keep,
    Write,
)


def written(write: Write) -> Annotation:
    """An annotation as a write of it leaves it."""
    match write.payload:
        case AnnotationWrite(note=note, before=before):
            return _changed(replace(note, version=before.version if before else 0), write)
        case AnnotationRemove(note=note) | AnnotationRestore(note=note):
            return _changed(note, write)
    raise TypeError(write.kind)


def marked(write: Write) -> Bookmark:
    """A bookmark as a write of it leaves it."""
    match write.payload:
        case BookmarkSet(mark=mark, before=before):
            return touched(replace(mark, version=before.version if before else 0), write)
        case BookmarkRestore(mark=Bookmark() as mark):
            return touched(mark, write)
    raise TypeError(write.kind)


def settled_annotation(settled: AnnotationSettle, write: Write) -> Annotation | None:
    """What was kept beside, as it stands once a conflict is settled; None: the other one stands as it did."""
    mine, theirs = settled.mine, settled.theirs
    if settled.keep is Keep.THEIRS:
        return None
    if theirs is None or settled.keep is Keep.BOTH:
        return _changed(replace(mine, conflicts_with=None), write)
    standing = replace(mine, id=theirs.id, version=theirs.version, conflicts_with=theirs.conflicts_with)
    return _changed(standing, write)


def settled_bookmark(settled: BookmarkSettle, write: Write) -> Bookmark | None:
    """The same of a bookmark, of which a message has one: both are kept by writing one below the other."""
    mine, theirs = settled.mine, settled.theirs
    if settled.keep is Keep.THEIRS:
        return None
    if theirs is None:
        return touched(replace(mine, conflicts_with=None), write)
    kept = both(mine, theirs) if settled.keep is Keep.BOTH else mine
    return touched(replace(theirs, title=kept.title, notes=kept.notes), write)


def touched(mark: Bookmark, write: Write) -> Bookmark:
    """A bookmark after a write that changes nothing else of it."""
    return replace(mark, version=mark.version + 1, last_write=write.id, updated_at=write.made_at)


def _changed(note: Annotation, write: Write) -> Annotation:
    return replace(note, version=note.version + 1, last_write=write.id, updated_at=write.made_at)
