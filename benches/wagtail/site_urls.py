"""Its pages at the root, its search beside them."""

from django.urls import include, path
from press.models import search
from wagtail import urls

urlpatterns = [path("search/", search), path("", include(urls))]
