"""forms: handing in a workbook of guides."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField
from wtforms.validators import ValidationError

from forms.base import Base
from portal.rules.importing.sheets import reading


class HandIn(Base):
    """`name` and `content` are the file's once the form is valid."""

    file = FileField(_l("表格文件"), description=_l("XLSX、XLS、ODS 或 CSV，最大 10 MB。"), render_kw={"accept": reading.accepted()})

    def __init__(self, form=None, files=None):
        super().__init__(form)
        self._sent = files.get("file") if files else None
        self.name, self.content = "", b""

    def validate_file(self, field) -> None:
        if self._sent is None or not self._sent.filename:
            raise ValidationError(_("请先选择一个文件。"))
        self.name = self._sent.filename.replace("\\", "/").rpartition("/")[2]
        if not reading.is_table(self.name):
            raise ValidationError(_("这里只收表格（XLSX、XLS、ODS、CSV）。请在表格软件里另存为 XLSX 再交。"))
        self.content = self._sent.stream.read(reading.MAX_BYTES + 1)
        if len(self.content) > reading.MAX_BYTES:
            raise ValidationError(_("文件超过 10 MB，没有收下。请拆成几个文件。"))
        if not self.content.strip():
            raise ValidationError(_("这个文件是空的，请重新选择。"))
