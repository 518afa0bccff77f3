"""django-helpdesk as its handbook sets it up, in production, on the PostgreSQL of the measure."""

import os
from urllib.parse import urlsplit

_at = urlsplit(os.environ["HELPDESK_DATABASE"])

SECRET_KEY = os.environ["HELPDESK_SECRET"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.contrib.humanize",
    "rest_framework",
    "helpdesk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _at.path.lstrip("/"),
        "USER": _at.username,
        "HOST": _at.hostname,
        "PORT": _at.port,
        # Connections stay, as ours do.
        "CONN_MAX_AGE": None,
    }
}
ROOT_URLCONF = "desk_urls"
SITE_ID = 1
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "en"
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = os.environ["HELPDESK_MEDIA"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
# Mail is nobody's cost here: neither of us sends any.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
HELPDESK_REDIRECT_TO_LOGIN_BY_DEFAULT = False
HELPDESK_TEAMS_MODE_ENABLED = False
LOGGING_CONFIG = None


def application(environ, start_response, made=[]):
    """The program that Gunicorn serves; made at the first request of each process."""
    if not made:
        from django.core.wsgi import get_wsgi_application

        made.append(get_wsgi_application())
    return made[0](environ, start_response)
