"""Room of the commands: a plain list of them, and the page that `./banshi --help` prints.

Only the standard library is used here: the script prints this page before anything is installed, with whatever
Python 3 it finds. A command's module is imported when its word is typed, by `portal.cli.group`.
"""

import sys

# word: (group, module:command, 中文, English). Groups and words are printed in this order.
COMMANDS = {
    "demo": (
        "start",
        "portal.cli.demo:demo",
        "虚构的青禾县：一条命令建库、发布并运行",
        "a fictitious county: made, published and served by one word",
    ),
    "doctor": (
        "start",
        "portal.cli.doctor:doctor",
        "检查本机是否齐备，并说明如何补救",
        "check this machine, and say the remedy of what is wrong",
    ),
    "schema": (
        "guides",
        "portal.cli.schema:schema",
        "指南文件的格式（JSON Schema），或要素与展示面对照表",
        "the form of a guide file (JSON Schema), or the table element × surface",
    ),
    "lint": (
        "guides",
        "portal.cli.lint:lint",
        "核查指南能否公布，逐处说明问题和改法",
        "may a guide be published: what is wrong, where, and the remedy",
    ),
    "import": (
        "guides",
        "portal.cli.importing:importing",
        "把已有的指南（JSON、网页正文、YAML）导入为草稿，逐项报告",
        "make drafts of existing guides (JSON, pages, YAML), told element by element",
    ),
    "guides": (
        "guides",
        "portal.cli.guides:guides",
        "指南的版本：列出、打印、生效、丢弃草稿",
        "revisions of guides: list, print, put in force, drop a draft",
    ),
    "catalogue": (
        "guides",
        "portal.cli.catalogue:catalogue",
        "事项目录：载入还没有指南的事项清单，导出",
        "the catalogue: load a list of items that have no guides yet, export it",
    ),
    "publish": (
        "guides",
        "portal.cli.publish:publish",
        "发布网站：网页、流程图、PDF",
        "publish the site: pages, flowcharts, PDFs",
    ),
    "booklet": (
        "guides",
        "portal.cli.booklet:booklet",
        "把一个部门、主题或办理点的指南装订成一册 PDF",
        "bind the guides of a department, theme or place into one PDF",
    ),
    "publications": (
        "guides",
        "portal.cli.publications:listed",
        "最近二十次发布，任何一次都可以放回",
        "the last twenty publications, any of which can be put back",
    ),
    "due": (
        "guides",
        "portal.cli.due:due",
        "一个期限算到哪一天，逐日说明",
        "the last day of a limit, with its proof day by day",
    ),
    "calendar": (
        "serve",
        "portal.cli.calendar:calendar",
        "工作日历：列出、核对、导入一年的放假和调休",
        "the calendar of working days: list, check and import a year",
    ),
    "migrate": (
        "serve",
        "portal.cli.migrate:migrate",
        "建立或升级数据库，重建搜索索引",
        "make the database, or bring it to this release; make the search index anew",
    ),
    "county": (
        "serve",
        "portal.cli.county:county",
        "载入本县的区划、部门、窗口和人员；设置密码",
        "load the county's places, departments and staff; set a password",
    ),
    "serve": (
        "serve",
        "portal.cli.serve:serve",
        "运行门户和后台工作",
        "run the portal and its worker",
    ),
    "worker": (
        "serve",
        "portal.cli.worker:worker",
        "只运行后台工作：打印文书、发布变动、封存记录",
        "run the worker alone: print papers, publish changes, seal the record",
    ),
    "audit": (
        "serve",
        "portal.cli.audit:audit",
        "核对办件记录是否完整（audit verify）",
        "is the record of the cases whole (audit verify)",
    ),
    "keys": (
        "serve",
        "portal.cli.keys:keys",
        "生成主密钥文件（正式安装第一步），更换主密钥",
        "make the file of the master keys (first step of a real installation), rotate them",
    ),
    "manual": (
        "build",
        "portal.cli.manual:manual",
        "生成工作人员、运维、开发手册",
        "build the manuals for staff, operators and developers",
    ),
    "bench": (
        "build",
        "portal.cli.bench:bench",
        "性能预算：本机实测，与标尺对照",
        "the budgets, measured on this machine beside their yardsticks",
    ),
}

GROUPS = {
    "start": ("开始", "Start"),
    "guides": ("办事指南", "Guides"),
    "serve": ("运行", "Run"),
    "build": ("开发", "Develop"),
}

# `test` is the script's own word: it installs what the tests need before Python can be asked.
TEST = (
    "test",
    "安装测试所需并运行全部测试（可跟 pytest 的参数）",
    "install what the tests need and run them (arguments go to pytest)",
)

HEAD = """\
办事 Banshi — 县级政务服务平台  the service platform of a county

用法 Usage:  ./banshi 命令 COMMAND [参数 ARGUMENTS]

第一次运行会把所需软件装好（不改动本目录以外的任何文件，系统软件除外）。
The first run installs what is needed: Python packages into this folder, system software only where you may.
"""

FOOT = """
每个命令的参数 Arguments of a command:  ./banshi 命令 COMMAND --help
安装记录 Log of the installation:  build/setup.log
"""


def entries():
    """All words by group, as `{group: [(word, Chinese, English)]}`; groups without a word are left out."""
    found = {group: [(word, *row[2:]) for word, row in COMMANDS.items() if row[0] == group] for group in GROUPS}
    found["build"].append(TEST)
    return {group: rows for group, rows in found.items() if rows}


def page():
    """The help page, as text."""
    lines = [HEAD]
    for group, rows in entries().items():
        lines.append("{} {}".format(*GROUPS[group]))
        for word, chinese, english in rows:
            lines.append(f"  {word:<10}{chinese}")
            lines.append(f"  {'':<10}{english}")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n" + FOOT


if __name__ == "__main__":
    # As bytes, because an old Python in a plain locale refuses to print Chinese.
    sys.stdout.buffer.write(page().encode())
