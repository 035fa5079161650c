"""views: staff sign in and out."""
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from forms.accounts import SignIn
from portal import web
from portal.actions import accounts, throttling

pages = Blueprint("accounts", __name__)
TRIES, SPAN = 10, timedelta(minutes=10)
HALL = 10
"""So many times the tries of one name may come from one address: a whole hall sits behind it."""


@pages.get("/desk/sign-in")
def sign_in():
    return _page(SignIn(data={"next": request.args.get("next", "")}))


@pages.post("/desk/sign-in")
def sign_in_post():
    form = SignIn(request.form)
    if not form.validate():
        return _page(form), 422
    db, keys = web.db(), web.parts().keys
    buckets = [web.address_bucket(), keys.blind(form.username.data.lower(), "throttle.username")]
    tries = [throttling.attempt(db, bucket, TRIES * times, SPAN, web.now()) for bucket, times in zip(buckets, (HALL, 1), strict=True)]
    db.commit()
    if not all(tries):
        form.password.errors = [_("尝试次数太多，请十分钟后再试；忘记密码请找本单位管理员。")]
        return _page(form), 429
    staff = accounts.sign_in(db, form.username.data, form.password.data)
    if staff is None:
        form.password.errors = [_("用户名或密码不对，请核对后再输一次。")]
        return _page(form), 422
    throttling.forget(db, buckets[1])
    web.open_session(staff=staff)
    db.commit()
    return redirect(web.inside(form.next.data) or url_for("desk.queue"))


@pages.post("/desk/sign-out")
def sign_out():
    web.close_session()
    web.db().commit()
    return redirect(url_for("accounts.sign_in"))


def _page(form):
    return render_template("accounts/sign_in.html", form=form)
