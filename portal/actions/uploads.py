"""actions: uploaded files: what was cleaned is sealed under the application's key and kept; what is taken back goes."""
from collections.abc import Sequence

from portal import keys
from portal.actions import answers as answering
from portal.actions.acting import Acting
from portal.models.applications import Application, UploadedFile
from portal.rules.problems import Problem
from portal.storage import Storage
from portal.uploads import Cleaned

MOST = 20
"""Files of one document."""
FULLEST = 150 << 20
"""Bytes of all files of one application."""


class NoFile(Problem):
    """Upload was pressed before a file was chosen."""

    def __init__(self):
        super().__init__("upload.none", "请先选择文件或拍照，再点“上传”。", "Choose a file or take a photo first, then press “Upload”.")


class TooMany(Problem):
    """The application holds as many files as it may."""


def check_room(document_key: str, size: int, present: Sequence[UploadedFile]) -> None:
    """Raises TooMany where the document or the application holds as much as it may. `present` are all its files."""
    if sum(row.document_key == document_key for row in present) >= MOST:
        raise TooMany("upload.many", f"一份材料最多 {MOST} 个文件。请先删除不要的，或合成一个 PDF 再传。已上传的都还在。",
                      f"A document takes at most {MOST} files. Remove one, or make one PDF of them. Nothing is lost.")
    if sum(row.size for row in present) + size > FULLEST:
        raise TooMany("upload.full", "这份申请的文件加起来太大。请删除不要的文件，或选择到窗口提交。已上传的都还在。",
                      "The files of this application are too large together. Remove some, or bring the paper to the window. "
                      "Nothing is lost.")


def store(application_id: int, key: keys.DataKey, file: Cleaned, storage: Storage) -> str:
    """Seals the bytes into the store and returns their name there. It is slow, so no transaction should be open.

    Raises StorageProblem. A file that gets no row afterwards is found by the store's own list and deleted.
    """
    return storage.put(keys.seal(key, file.data, f"uploaded_file:{application_id}"))


def add(act: Acting, application: Application, document_key: str, name: str, file: Cleaned, place: str) -> UploadedFile:
    """Writes a stored file down as one more of a document."""
    key = answering.data_key(application, act.ring)
    row = UploadedFile(application_id=application.id, document_key=document_key, storage_key=place, media_type=file.media_type,
                       name_sealed=keys.seal(key, shown_name(name, file.extension), f"uploaded_file.name:{place}"),
                       size=len(file.data), digest=keys.digest(key, file.data), created_at=act.now)
    act.db.add(row)
    act.db.flush()
    return row


def remove(act: Acting, file: UploadedFile) -> None:
    """Takes a file back. Its bytes are deleted by the caller after the commit, so that a failure loses nothing."""
    file.removed_at = act.now


def name_of(file: UploadedFile, key: keys.DataKey) -> str:
    return keys.open_text(key, file.name_sealed, f"uploaded_file.name:{file.storage_key}")


def bytes_of(file: UploadedFile, key: keys.DataKey, storage: Storage) -> bytes:
    """The cleaned file. Raises StorageProblem or KeyProblem."""
    return keys.open_(key, storage.get(file.storage_key), f"uploaded_file:{file.application_id}")


def shown_name(name: str, extension: str) -> str:
    """The name as a person knows it, without folders and control characters, with the ending of what it is now."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = "".join(one for one in last if one.isprintable()).rsplit(".", 1)[0].strip(" .")[:80]
    return f"{stem or 'file'}.{extension}"
