"""The sentences for every reason not to take an evidence file."""

from __future__ import annotations

from intake.wording import Wording

_RESCAN = (
    "请重新扫描或用打印成 PDF 的办法另存一次，再上传。",
    "Scan it again, or print it to PDF, and upload that file.",
)
_RESAVE_PICTURE = (
    "请在看图软件里另存为新的 JPG 或 PNG，再上传。",
    "Save it as a new JPG or PNG in a picture viewer and upload that file.",
)
_RESAVE_WORD = (
    "请在 WPS 或 Word 里另存为普通的“Word 文档(*.docx)”，或者导出成 PDF，再上传。",
    "Save it as a plain Word document (*.docx), or export it as PDF, and upload that file.",
)
_REPACK = (
    "请把文件放进一个新的 zip 压缩包(不加密、不分卷)，或者逐个上传。",
    "Put the files into a new zip archive without a password, or upload them one by one.",
)

EVIDENCE_WORDINGS: dict[str, Wording] = {
    "evidence-empty": Wording(
        "佐证材料是空的，或者只有几个字节。",
        "the evidence file is empty",
        "请检查文件能不能打开，再上传。",
        "See whether the file opens, then upload it again.",
    ),
    "evidence-too-large": Wording(
        "佐证材料超过 {limit}。",
        "the evidence file is larger than {limit}",
        "请降低扫描的分辨率，或者分成几个文件上传。",
        "Scan at a lower resolution, or split it.",
    ),
    "evidence-kind": Wording(
        "佐证材料不是 PDF、JPG、PNG、DOCX 或 ZIP（按内容判断，不看文件名）。",
        "by its content the file is no PDF, JPG, PNG, DOCX or ZIP",
        "请转换成这几种格式之一，再上传。旧的 .doc 请另存为 .docx 或 PDF。",
        "Convert it to one of these and upload that file.",
    ),
    "picture-broken": Wording(
        "{what} 图片不完整或已损坏。", "the {what} picture is damaged", *_RESAVE_PICTURE
    ),
    "picture-size": Wording(
        "图片是 {width}×{height} 像素，每边要在 1 到 {most} 之间。",
        "the picture has {width}×{height} pixels; each side may have 1 to {most}",
        *_RESAVE_PICTURE,
    ),
    "picture-too-many-pixels": Wording(
        "图片超过 {most} 百万像素。",
        "the picture has more than {most} million pixels",
        "请缩小图片，再上传。",
        "Make the picture smaller.",
    ),
    "trailing-bytes": Wording(
        "{what} 图片的后面还有 {count} 个字节的其他内容。",
        "{count} bytes follow the end of the {what} picture",
        *_RESAVE_PICTURE,
    ),
    "two-formats": Wording(
        "文件既是 {one}，又能当 {other} 打开。", "the file is {one} and {other} at once", *_RESCAN
    ),
    "pdf-broken": Wording("PDF 不完整或已损坏。", "the PDF is damaged", *_RESCAN),
    "pdf-end": Wording(
        "PDF 没有正常结束，或者结尾之后还有其他内容。", "the PDF does not end where it should", *_RESCAN
    ),
    "pdf-encrypted": Wording(
        "PDF 设了密码或权限限制。",
        "the PDF is encrypted",
        "请取消密码和权限限制后另存一次，再上传。",
        "Remove the password and the restrictions and save it anew.",
    ),
    "pdf-acts": Wording(
        "PDF 里有脚本、动作或附件（/{name}）。",
        "the PDF has scripts, actions or attachments (/{name})",
        *_RESCAN,
    ),
    "pdf-hidden-objects": Wording(
        "PDF 里有看不到内容的对象，不能确认安全。", "the PDF has objects that cannot be looked into", *_RESCAN
    ),
    "pdf-too-much": Wording(
        "PDF 展开以后超过 {limit}，没有检查完。", "the PDF unpacks to more than {limit}", *_RESCAN
    ),
    "docx-broken": Wording("Word 文档不完整或已损坏。", "the Word document is damaged", *_RESAVE_WORD),
    "docx-too-much": Wording(
        "Word 文档的内容过多，没有检查完。",
        "the Word document holds too much to be looked through",
        "请把文档分成几份，或者导出成 PDF，再上传。",
        "Split the document, or export it as PDF, and upload that.",
    ),
    "docx-part": Wording(
        "Word 文档里有不该有的部件 {part}。", "the Word document holds {part}", *_RESAVE_WORD
    ),
    "docx-acts": Wording(
        "Word 文档里有宏、控件或嵌入对象（{what}）。",
        "the Word document holds macros, controls or embedded objects ({what})",
        *_RESAVE_WORD,
    ),
    "docx-outside": Wording(
        "Word 文档引用了外面的内容（{what}）。", "the Word document fetches something ({what})", *_RESAVE_WORD
    ),
    "container-unsound": Wording(
        "压缩结构不规范或已损坏（{reason}）。", "the zip container is unsound ({reason})", *_REPACK
    ),
    "container-password": Wording(
        "文件设置了密码（已加密），不能接收。", "the file is locked with a password", *_REPACK
    ),
    "container-too-much": Wording(
        "文件展开以后超过 {limit}，或者里面超过 {parts} 个部件，没有检查完。",
        "the file unpacks to more than {limit}, or to more than {parts} parts",
        "请去掉多余的图片和文件，分几次上传。",
        "Leave out what is not needed, and upload it in several files.",
    ),
    "zip-count": Wording(
        "压缩包里没有文件，或者超过 {most} 个。", "the archive holds no file, or more than {most}", *_REPACK
    ),
    "zip-name": Wording(
        "压缩包里的文件名有看不见的字符（{part}）。", "a name has invisible characters ({part})", *_REPACK
    ),
    "zip-in-zip": Wording(
        "压缩包里还有压缩包（{part}）。", "the archive holds an archive ({part})", *_REPACK
    ),
    "zip-extension": Wording(
        "压缩包里的 {part} 其实是 {kind}，后缀不符。", "{part} in the archive is really {kind}", *_REPACK
    ),
    "zip-member": Wording(
        "压缩包里的 {part} 不能接收：{zh}", "{part} in the archive is refused: {en}", *_REPACK
    ),
}
