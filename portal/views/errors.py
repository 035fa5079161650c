"""views: what a person reads when something did not go: what happened, what to do, that nothing is lost."""
from flask import Flask, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError

from pdfs.engine import PressProblem
from portal import logs, web
from portal.views import unsent

log = logs.get()


def set_up(app: Flask) -> None:
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(PressProblem, _not_printed)
    app.register_error_handler(Exception, _unknown)


def page(status: int, title: str, sentence: str):
    """An error page with its status."""
    return render_template("error.html", title=title, sentence=sentence, status=status), status


def _known(error: HTTPException):
    if error.response is not None:
        return error.response
    if error.code == 400 and error.description == "csrf":
        return unsent.page(400, _("页面已过期"), _("这一页打开得太久，刚才没有提交成功，没有改动任何内容；以前保存的都还在。"))
    if (error.code, error.description) == web.ENDED:
        return unsent.page(403, _("登录已经结束"), _("您的登录已到时间，或者已经退出。刚才的操作没有执行，没有改动任何内容。"), sign_in=True)
    said = {
        403: (_("不能这样提交"), _("请求不是从本网站的页面发出的，没有改动任何内容。请打开本网站的页面再试。")),
        404: (_("没有找到"), _("这个地址没有内容，或者您无权查看。请核对地址，或从首页重新查找。")),
        405: (_("不能这样打开"), _("请从页面上的按钮进入，没有改动任何内容。")),
        413: (_("内容太大"), _("一次最多上传 10 MB。已经保存的内容都还在，请换小一些的文件再试。")),
        429: (_("尝试太频繁"), _("为了安全，请过一会儿再试。已经保存的内容都还在。")),
    }.get(error.code, (_("没有办成"), _("请求没有完成，没有改动任何内容。请返回后再试。")))
    return page(error.code, *said)


def _not_printed(error: PressProblem):
    log.error("request.failed", route=request.endpoint, status=503, exc_info=error)
    return page(503, _("文书还没有印出"), _(
        "这份文书已经出具，没有丢失，只是本机暂时印不出来（例如名字里有字库没有的字）。请过一天再来下载，或者带身份证到窗口领取。"))


def _unknown(error: Exception):
    log.error("request.failed", route=request.endpoint, status=500, exc_info=error)
    return page(InternalServerError.code, _("系统出了差错"), _(
        "这一步没有完成，没有改动任何内容，已经保存的内容都还在。请稍后再试；急事请到窗口或打电话。"))
