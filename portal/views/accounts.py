"""views: staff sign in and out, and change their password; visitors leave."""
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from forms.accounts import NewPassword, SignIn
from portal import web
from portal.actions import accounts, throttling

pages = Blueprint("accounts", __name__)
TRIES, HALL, SPAN = 10, 100, timedelta(minutes=10)
"""Wrong passwords of one name from one address, and of all names from one address: a whole hall sits behind it."""
ALL_TRIES, DAY = 3000, timedelta(days=1)
"""Wrong passwords of one name from all addresses. One address reaches half of that in a day, so that it shuts nobody out
who signs in elsewhere."""


@pages.get("/desk/sign-in")
def sign_in():
    return _page(SignIn(data={"next": request.args.get("next", "")}))


@pages.post("/desk/sign-in")
def sign_in_post():
    form = SignIn(request.form)
    if not form.validate():
        return _page(form), 422
    db, limits = web.db(), _limits(form.username.data)
    free = throttling.attempts(db, limits, web.now())
    db.commit()
    if not free:
        form.password.errors = [_("尝试次数太多，请十分钟后再试；忘记密码请找本单位管理员。")]
        return _page(form), 429
    staff = accounts.sign_in(db, form.username.data, form.password.data)
    if staff is None:
        form.password.errors = [_("用户名或密码不对，请核对后再输一次。")]
        return _page(form), 422
    throttling.take_back(db, limits, web.now())
    web.open_session(staff=staff)
    db.commit()
    return redirect(web.inside(form.next.data) or url_for("desk.queue"))


@pages.post("/desk/sign-out")
def sign_out():
    web.close_session()
    web.db().commit()
    return redirect(url_for("accounts.sign_in"))


@pages.get("/desk/password")
def password():
    return render_template("accounts/password.html", form=NewPassword(web.staff().username), changed=request.args.get("changed") == "1")


@pages.post("/desk/password")
def password_post():
    staff, db = web.staff(), web.db()
    form, limits = NewPassword(staff.username, request.form), _limits(staff.username)
    if not form.validate():
        return _new_password(form, 422)
    free = throttling.attempts(db, limits, web.now())
    db.commit()  # the hash is slow by intent, and nobody should wait for it at the gate
    if not free:
        form.old.errors = [_("尝试次数太多，请十分钟后再试；忘记密码请找本单位管理员。")]
        return _new_password(form, 429)
    if not accounts.matches(staff.password_hash, form.old.data):
        form.old.errors = [_("现在的密码不对，请再输一次。密码没有改。")]
        return _new_password(form, 422)
    hashed = accounts.hash_password(form.new.data)
    throttling.take_back(db, limits, web.now())
    accounts.change_password(db, staff, hashed, web.session().id)
    web.open_session(staff=staff)
    db.commit()
    return redirect(url_for("accounts.password", changed="1"))


@pages.post("/leave")
def leave():
    web.close_session()
    web.db().commit()
    return redirect(url_for("accounts.left"))


@pages.get("/leave")
def left():
    return render_template("accounts/left.html")


def _page(form):
    return render_template("accounts/sign_in.html", form=form)


def _new_password(form: NewPassword, status: int):
    return render_template("accounts/password.html", form=form, changed=False), status


def _limits(username: str) -> list[throttling.Limit]:
    name, here, blind = username.lower(), web.address_bucket(), web.parts().keys.blind
    return [throttling.Limit(blind(f"{name} {here}", "throttle.username"), TRIES, SPAN), throttling.Limit(here, HALL, SPAN),
            throttling.Limit(blind(name, "throttle.username"), ALL_TRIES, DAY)]
