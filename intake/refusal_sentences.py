"""The sentences for every reason to refuse a file: what is wrong, and what the submitter does next."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import category

from intake.refusals import Refusal
from scoring.errors import Issue, Place

Fix = tuple[str, str]

_RESAVE: Fix = (
    "请用 WPS 或 Excel 打开该文件,另存为“Excel 工作簿(*.xlsx)”后重新上传。",
    "Open the file in WPS or Excel, save it as an Excel workbook (*.xlsx) and upload it again.",
)
_TEMPLATE: Fix = (
    "请下载填报模板,在模板中填写后上传。",
    "Download the template, fill it in and upload that file.",
)
_SHRINK: Fix = (
    "请删除与填报无关的工作表、图片和多余的行列,只保留模板原有内容后重新上传。",
    "Delete sheets, pictures, rows and columns that do not belong to the template, then upload again.",
)
_RETYPE: Fix = (
    "请在该单元格中重新键入数值,保存后重新上传。",
    "Type the value of this cell anew, save and upload again.",
)
_UNLOCK: Fix = (
    "请取消打开密码后另存为 .xlsx,再上传。",
    "Remove the password to open, save as .xlsx and upload again.",
)
_PASTE_VALUES: Fix = (
    "请将引用其他文件的单元格“选择性粘贴—数值”,断开链接后重新上传。",
    "Paste the values of cells that read other files, break the links and upload again.",
)
_UNPACK: Fix = ("请先解压,再上传其中的工作簿。", "Unpack it and upload the workbook inside.")
_CSV_AGAIN: Fix = (
    "请用 WPS 或 Excel 打开该表,另存为“CSV UTF-8(逗号分隔)(*.csv)”后重新上传;最好直接上传 .xlsx。",
    "Open the table in WPS or Excel and save it as “CSV UTF-8”; better still, upload the .xlsx itself.",
)
_ASK: Fix = (
    "请稍后重试;如仍然如此,请将该文件发给系统管理员。",
    "Try again later; if it happens again, send the file to the administrators.",
)


class _Sentence(NamedTuple):
    """`{names}` in the sentences are facts of the refusal."""

    zh: str
    en: str
    fix: Fix


_SENTENCES: dict[str, _Sentence] = {
    # another format
    "empty-file": _Sentence("文件是空的(0 字节)。", "The file is empty (0 bytes).", _TEMPLATE),
    "encrypted-workbook": _Sentence(
        "文件设置了打开密码(已加密),系统无法读取。",
        "The workbook is encrypted with a password to open and cannot be read.",
        _UNLOCK,
    ),
    "workbook-too-old": _Sentence(
        "文件是 Excel 4.0 或更早版本的格式,系统不读取。",
        "The file is of Excel 4.0 or older, which is not read.",
        _RESAVE,
    ),
    "not-an-xls": _Sentence(
        "文件是旧版 Office 格式,但里面没有电子表格,可能是 .doc、.wps、.ppt 等。",
        "The file is of an old Office format but holds no workbook; it may be a .doc, .wps or .ppt.",
        _TEMPLATE,
    ),
    "pdf-renamed": _Sentence(
        "文件实际是 PDF,不是电子表格。", "The file is a PDF, not a workbook.", _TEMPLATE
    ),
    "image-renamed": _Sentence(
        "文件实际是图片,不是电子表格。", "The file is a picture, not a workbook.", _TEMPLATE
    ),
    "archive-renamed": _Sentence(
        "文件实际是压缩包(rar、7z、gz 等),不是电子表格。",
        "The file is a compressed archive (rar, 7z, gz, …), not a workbook.",
        _UNPACK,
    ),
    "zip-of-workbooks": _Sentence(
        "压缩包里装的是工作簿或压缩包({part}),不是 .csv 文件。",
        "The package holds workbooks or packages ({part}), not .csv files.",
        _UNPACK,
    ),
    "zip-with-others": _Sentence(
        "压缩包里除 .csv 外还有其他文件:{part}。",
        "Beside .csv files, the package holds others: {part}.",
        ("请只把各表的 .csv 文件放进压缩包,再上传。", "Put only the .csv files of the forms into it."),
    ),
    "html-renamed": _Sentence(
        "文件实际是网页(HTML),只是换了扩展名。",
        "The file is a web page (HTML) under another suffix.",
        _RESAVE,
    ),
    "xml-renamed": _Sentence(
        "文件实际是 XML 文本,不是 .xlsx。", "The file is XML text, not an .xlsx.", _RESAVE
    ),
    "not-a-workbook": _Sentence(
        "文件不是电子表格,无法识别其格式。", "The file is no workbook; its format is unknown.", _TEMPLATE
    ),
    "not-an-xlsx": _Sentence(
        "压缩包内没有 .xlsx 工作簿的内容,可能是 .docx、.ods、.xlsb 等其他格式。",
        "The package holds no .xlsx workbook; it may be a .docx, .ods, .xlsb or the like.",
        _RESAVE,
    ),
    # the container
    "file-too-large": _Sentence(
        "文件大小 {size},超过上限 {limit}。",
        "The file has {size}; the most is {limit}.",
        _SHRINK,
    ),
    "unpacked-too-large": _Sentence(
        "文件解压后超过上限 {limit}(在 {part} 处)。",
        "The file unpacks to more than {limit} (at {part}).",
        _SHRINK,
    ),
    "too-many-parts": _Sentence(
        "文件内部有 {count} 个部件,超过上限 {limit} 个。",
        "The file has {count} parts inside; the most is {limit}.",
        _SHRINK,
    ),
    "truncated-zip": _Sentence(
        "文件不完整,可能在传输中被截断。", "The file is incomplete; it may have been cut off.", _RESAVE
    ),
    "leading-data": _Sentence(
        "文件开头有不属于工作簿的内容,可能由几个文件拼接而成。",
        "Bytes that do not belong to the workbook stand before it; files may have been joined.",
        _RESAVE,
    ),
    "trailing-data": _Sentence(
        "文件末尾有不属于工作簿的内容(压缩包注释或拼接的数据)。",
        "Bytes that do not belong to the workbook stand behind it (a comment or joined data).",
        _RESAVE,
    ),
    "hidden-data": _Sentence(
        "文件的压缩包里夹有未列入目录的数据(在 {part} 附近)。",
        "The package holds data that its directory does not list (near {part}).",
        _RESAVE,
    ),
    "overlapping-parts": _Sentence(
        "文件内部的部件 {part} 与其他部件重叠。", "The part {part} overlaps another part.", _RESAVE
    ),
    "bad-zip-directory": _Sentence(
        "文件的压缩包目录已损坏。", "The directory of the package is damaged.", _RESAVE
    ),
    "zip64": _Sentence(
        "文件使用了 ZIP64 压缩格式,系统不接受。",
        "The file uses the ZIP64 format, which is not taken.",
        _RESAVE,
    ),
    "unsupported-zip-feature": _Sentence(
        "部件 {part} 使用了不支持的压缩方式({feature})。",
        "The part {part} is packed in an unsupported way ({feature}).",
        _RESAVE,
    ),
    "encrypted-part": _Sentence(
        "文件设置了密码:里面的 {part} 已加密,系统无法读取。",
        "The file is locked with a password: {part} in it is encrypted and cannot be read.",
        (
            "请去掉密码(工作簿的打开密码,或者压缩包的密码)后重新上传。",
            "Remove the password, of the workbook or of the zip, and upload it again.",
        ),
    ),
    "bad-part-name": _Sentence(
        "文件内部的部件名不合规定:{part}。", "A part has an improper name: {part}.", _RESAVE
    ),
    "duplicate-part": _Sentence(
        "文件内部有重名的部件:{part} 与 {other}。",
        "Two parts have the same name: {part} and {other}.",
        _RESAVE,
    ),
    "header-mismatch": _Sentence(
        "部件 {part} 的两处登记信息不一致。", "The part {part} is described in two different ways.", _RESAVE
    ),
    "part-size-mismatch": _Sentence(
        "部件 {part} 解压后的大小与登记的不符。",
        "The part {part} does not unpack to the size that is declared.",
        _RESAVE,
    ),
    "damaged-part": _Sentence(
        "部件 {part} 已损坏(校验不符)。", "The part {part} is damaged (wrong checksum).", _RESAVE
    ),
    "missing-part": _Sentence(
        "文件内部缺少部件:{part}。", "A part is missing inside the file: {part}.", _RESAVE
    ),
    # old workbooks
    "truncated-ole": _Sentence(
        "文件不完整,可能在传输中被截断。", "The file is incomplete; it may have been cut off.", _RESAVE
    ),
    "damaged-ole": _Sentence(
        "文件的内部结构自相矛盾({what}),已损坏。",
        "The inner structure of the file contradicts itself ({what}); it is damaged.",
        _RESAVE,
    ),
    "biff-malformed": _Sentence(
        "工作簿的数据在第 {at} 字节处不合格式,已损坏。",
        "The data of the workbook makes no sense at byte {at}; it is damaged.",
        _RESAVE,
    ),
    "code-page": _Sentence(
        "工作簿的文字采用代码页 {code_page},只能识别中文(936)。",
        "The texts of the workbook are in code page {code_page}; only Chinese (936) is known.",
        _RESAVE,
    ),
    "cells-far-apart": _Sentence(
        "有内容的单元格相隔太远,无法核对。", "The filled cells lie too far apart to be checked.", _SHRINK
    ),
    "readers-differ": _Sentence(
        "该单元格由两个读取程序读出的内容不同(另一个读到“{value}”),无法确定以哪个为准。",
        "Two programs read this cell differently (the other one found “{value}”).",
        _RESAVE,
    ),
    "second-reader-failed": _Sentence(
        "用来核对的第二个读取程序无法读取该文件({reason})。",
        "The second program, which checks the reading, cannot read the file ({reason}).",
        _RESAVE,
    ),
    # texts
    "csv-encoding": _Sentence(
        "文本文件的编码无法识别(像是:{value}),不是完整的 UTF-8、GB18030 或带标记的 UTF-16。",
        "The encoding of the text is unknown (it looks like: {value}); it is not wholly UTF-8, GB18030 or"
        " marked UTF-16.",
        _CSV_AGAIN,
    ),
    "csv-control-character": _Sentence(
        "文本文件第 {line} 行有控制字符({value}),不是正常的 CSV。",
        "The text has a control character ({value}) in line {line}; it is no proper CSV.",
        _CSV_AGAIN,
    ),
    "csv-without-head": _Sentence(
        "文件是文本,但找不到写有“代码”“数据项”的表头行,不是本系统的报表。",
        "The file is a text without a head row that has 代码 and 数据项; it is none of the forms.",
        (
            "请把模板中的表另存为 .csv,或者直接上传 .xlsx。",
            "Save a sheet of the template as .csv, or upload the .xlsx.",
        ),
    ),
    "csv-separator": _Sentence(
        "无法从表头行判断用什么分列(只接受逗号、制表符、分号):{value}",
        "The head row does not tell the separator (comma, tab or semicolon): {value}",
        _CSV_AGAIN,
    ),
    "csv-malformed": _Sentence(
        "文本文件第 {line} 行的引号不配对或格式有误({reason})。",
        "The quotes of line {line} do not pair, or it is malformed ({reason}).",
        _CSV_AGAIN,
    ),
    # what must not be inside
    "macros": _Sentence("文件含有宏({part})。", "The file holds macros ({part}).", _RESAVE),
    "external-links": _Sentence(
        "文件引用了其他文件、程序或数据源({part})。",
        "The file reads another file, program or data source ({part}).",
        _PASTE_VALUES,
    ),
    "embedded-objects": _Sentence(
        "文件嵌入了其他文件或对象({part})。",
        "Another file or object is embedded ({part}).",
        ("请删除嵌入的对象后重新上传。", "Delete the embedded objects and upload again."),
    ),
    "active-content": _Sentence(
        "文件含有控件或加载项({part})。",
        "The file holds controls or add-ins ({part}).",
        ("请删除控件后重新上传。", "Delete the controls and upload again."),
    ),
    # XML
    "xml-malformed": _Sentence(
        "部件 {part} 第 {line} 行不是合法的 XML({reason})。",
        "The part {part} is no valid XML at line {line} ({reason}).",
        _RESAVE,
    ),
    "xml-encoding": _Sentence(
        "部件 {part} 的编码是 {encoding},只接受 UTF-8。",
        "The part {part} is encoded as {encoding}; only UTF-8 is taken.",
        _RESAVE,
    ),
    "xml-dtd": _Sentence(
        "部件 {part} 含有 DTD 或实体定义,系统不接受。",
        "The part {part} defines a DTD or entities, which are not taken.",
        _RESAVE,
    ),
    "xml-too-deep": _Sentence(
        "部件 {part} 的层次超过 {limit} 层。", "The part {part} is nested deeper than {limit}.", _RESAVE
    ),
    "xml-token-too-long": _Sentence(
        "部件 {part} 中有超过 {limit} 字节的单个标记或文本。",
        "The part {part} has a tag or text of more than {limit} bytes.",
        _SHRINK,
    ),
    "too-many-names": _Sentence(
        "部件 {part} 中不同的标记超过 {limit} 种。",
        "The part {part} has more than {limit} different kinds of elements.",
        _RESAVE,
    ),
    "unexpected-markup": _Sentence(
        "部件 {part} 中出现了不应有的内容:{what}。",
        "The part {part} holds something that does not belong there: {what}.",
        _RESAVE,
    ),
    "bad-attribute": _Sentence(
        "部件 {part} 中 {name} 的值“{value}”无效。",
        "In the part {part}, {name} has the invalid value “{value}”.",
        _RESAVE,
    ),
    "too-many-elements": _Sentence(
        "文件内容过多(超过 {limit} 个元素),多为大片带格式的空白单元格。",
        "The file holds more than {limit} elements, mostly formatted blank cells.",
        _SHRINK,
    ),
    # sheets
    "no-sheets": _Sentence("文件中没有工作表。", "The file has no sheets.", _TEMPLATE),
    "too-many-sheets": _Sentence("工作表超过 {limit} 张。", "There are more than {limit} sheets.", _SHRINK),
    "duplicate-sheet": _Sentence("工作表“{value}”重复。", "The sheet “{value}” is there twice.", _RESAVE),
    "bad-sheet-name": _Sentence(
        "工作表名称“{value}”不合规定。",
        "The sheet name “{value}” is not allowed.",
        ("请将工作表名称改回模板中的名称。", "Give the sheet the name it has in the template."),
    ),
    "too-many-rows": _Sentence(
        "第 {limit} 行以下仍有内容。", "There is something below row {limit}.", _SHRINK
    ),
    "too-many-columns": _Sentence(
        "第 {limit} 列以右仍有内容。", "There is something right of column {limit}.", _SHRINK
    ),
    "too-many-cells": _Sentence(
        "有内容的单元格超过 {limit} 个。", "More than {limit} cells are filled.", _SHRINK
    ),
    "too-many-merged-ranges": _Sentence(
        "合并单元格或数组公式过多(上限 {limit})。",
        "There are too many merged ranges or array formulas (limit {limit}).",
        _SHRINK,
    ),
    "text-too-long": _Sentence(
        "单元格文本长 {length} 个字符,超过上限 {limit} 个。",
        "The text of the cell has {length} characters; the most is {limit}.",
        ("请缩短该单元格的文字。", "Shorten the text of this cell."),
    ),
    "too-much-text": _Sentence(
        "文件中的文字总量超过 {limit} 个字符。", "The file holds more than {limit} characters.", _SHRINK
    ),
    # rows and cells
    "duplicate-row": _Sentence("第 {row} 行出现了两次。", "Row {row} is there twice.", _RESAVE),
    "rows-out-of-order": _Sentence(
        "行的顺序混乱:第 {row} 行排在第 {last} 行之后。",
        "The rows are out of order: row {row} stands behind row {last}.",
        _RESAVE,
    ),
    "duplicate-cell": _Sentence("同一单元格出现了两次。", "The same cell is there twice.", _RESAVE),
    "cells-out-of-order": _Sentence(
        "同一行内单元格的顺序混乱。", "The cells of a row are out of order.", _RESAVE
    ),
    "cell-in-wrong-row": _Sentence(
        "单元格的地址与所在的第 {row} 行不符。",
        "The cell stands in row {row}, but its address differs.",
        _RESAVE,
    ),
    "bad-address": _Sentence(
        "“{value}”不是有效的单元格地址或区域。", "“{value}” is no address of a cell or range.", _RESAVE
    ),
    "ambiguous-cell": _Sentence(
        "单元格里有两个值({what}),无法确定以哪个为准。",
        "The cell has two values ({what}); there is no telling which one counts.",
        _RETYPE,
    ),
    "bad-number": _Sentence(
        "单元格标为数字,但存储的内容“{value}”不是数字。",
        "The cell is a number, but what is stored is none: “{value}”.",
        _RETYPE,
    ),
    "bad-boolean": _Sentence(
        "单元格标为逻辑值,但存储的内容是“{value}”。",
        "The cell is true or false, but what is stored is “{value}”.",
        _RETYPE,
    ),
    "bad-error-value": _Sentence(
        "单元格标为错误值,但存储的内容是“{value}”。",
        "The cell is an error value, but what is stored is “{value}”.",
        _RETYPE,
    ),
    "bad-date": _Sentence(
        "单元格标为日期,但存储的内容是“{value}”。",
        "The cell is a date, but what is stored is “{value}”.",
        _RETYPE,
    ),
    "bad-cell-type": _Sentence(
        "单元格的类型“{value}”无法识别。", "The type of the cell is unknown: “{value}”.", _RETYPE
    ),
    "bad-shared-string": _Sentence(
        "单元格引用的文本序号“{value}”不存在(共 {count} 条)。",
        "The cell refers to text number “{value}” of {count}.",
        _RETYPE,
    ),
    "bad-formula": _Sentence(
        "单元格的公式不完整:{value}。", "The formula of the cell is incomplete: {value}.", _RETYPE
    ),
    "bad-character": _Sentence(
        "文本中有无法保存的字符:{value}。",
        "The text holds a character that cannot be kept: {value}.",
        _RETYPE,
    ),
    # the reading itself
    "reading-took-too-long": _Sentence(
        "读取超过 {limit} 秒仍未完成,已停止。",
        "Reading took more than {limit} seconds and was stopped.",
        _SHRINK,
    ),
    "reading-needs-too-much-memory": _Sentence(
        "读取该文件需要的内存超过上限,已停止。",
        "Reading needs more memory than allowed and was stopped.",
        _SHRINK,
    ),
    "reading-crashed": _Sentence(
        "读取程序在处理该文件时异常退出(状态 {status})。",
        "The reading process broke down over this file (status {status}).",
        _RESAVE,
    ),
    "reading-failed": _Sentence(
        "读取程序出错({reason}),文件未被读取。", "The reader failed ({reason}); the file was not read.", _ASK
    ),
}

CODES = frozenset(_SENTENCES)


class _Facts(dict[str, str]):
    """Facts made fit to print; one that is missing shows as `?`."""

    def __missing__(self, key: str) -> str:
        return "?"


def issue_of(refusal: Refusal) -> Issue:
    """The hard issue that says why a file is not taken.

    A code without a sentence becomes `reading-failed`: codes come from the process that reads strangers'
    files.
    """
    if refusal.code not in _SENTENCES:
        refusal = Refusal("reading-failed", {"reason": refusal.code})
    sentence = _SENTENCES[refusal.code]
    facts = _Facts({name: _printable(value) for name, value in refusal.facts.items()})
    return Issue(
        code=refusal.code,
        zh=sentence.zh.format_map(facts),
        en=sentence.en.format_map(facts),
        fix_zh=sentence.fix[0],
        fix_en=sentence.fix[1],
        place=Place(sheet=_printable(refusal.sheet), cell=_printable(refusal.cell)),
        found=facts.get("value", ""),
    )


def _printable(text: str) -> str:
    """Nothing that moves a cursor or turns the direction of writing; all kinds of blanks stay."""
    return "".join(
        sign if sign.isprintable() or category(sign) == "Zs" else "\N{REPLACEMENT CHARACTER}" for sign in text
    )
