"""A Django site of one file with django-cookie-consent, for the tests: `portal.py SOCKET-OF-STANDARD-INPUT`.

It serves on the listening socket that it gets as standard input, until that process is ended.
"""

import socket
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "cookie_consent"],
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of the tests",
    COOKIE_CONSENT_SUCCESS_URL="/",
)
django.setup()

PAGE = """<!doctype html><html lang="en"><title>django-cookie-consent</title>
<form id="accept" method="post" action="/cookies/accept/">{% csrf_token %}
  <input type="hidden" name="all_groups" value="true"></form>
<form id="refuse" method="post" action="/cookies/decline/">{% csrf_token %}
  <input type="hidden" name="all_groups" value="true"></form>
<form id="one" method="post" action="/cookies/accept/">{% csrf_token %}
  <input type="hidden" name="cookie_groups" value="audience"></form>
<script>
const banner = {
  accept: () => document.querySelector("#accept").submit(),
  refuse: () => document.querySelector("#refuse").submit(),
  one: () => document.querySelector("#one").submit(),
  withdraw: () => document.querySelector("#refuse").submit(),
};
</script></html>"""


def page(request):
    response = HttpResponse(engines["django"].from_string(PAGE).render({}, request))
    for name in ("sessionid", "stats", "video"):
        response.set_cookie(name, "1")
    return response


def received(request):
    return HttpResponse(" ".join(sorted(request.COOKIES)), content_type="text/plain")


urlpatterns = [
    path("django.html", page),
    path("received", received),
    path("cookies/", include("cookie_consent.urls")),
    path("", lambda _: HttpResponse("chosen")),
]


def fill():
    from cookie_consent.models import Cookie, CookieGroup

    for group, cookie in (("audience", "stats"), ("videos", "video")):
        one = CookieGroup.objects.create(varname=group, name=group, is_required=False, is_deletable=False)
        Cookie.objects.create(cookiegroup=one, name=cookie, domain="")


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    fill()
    server = WSGIServer(("127.0.0.1", 0), Quiet, bind_and_activate=False)
    server.socket = socket.socket(fileno=0)
    server.server_name, server.server_port = "localhost", 80
    server.setup_environ()
    server.set_app(get_wsgi_application())
    server.serve_forever()
