"""A home page, a list of news, articles: what our portal shows of the same content."""

from django.core.paginator import Paginator
from django.db import models
from django.shortcuts import render
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index


class HomePage(Page):
    def get_context(self, request):
        news = ArticlePage.objects.live().order_by("-published_at")[:7]
        return {**super().get_context(request), "news": news}


class ListPage(Page):
    def get_context(self, request):
        news = ArticlePage.objects.child_of(self).live().order_by("-published_at")
        found = Paginator(news, 20).get_page(request.GET.get("page"))
        return {**super().get_context(request), "found": found}


class ArticlePage(Page):
    summary = models.TextField()
    body = RichTextField()
    published_at = models.DateTimeField(db_index=True)

    search_fields = Page.search_fields + [index.SearchField("summary"), index.SearchField("body")]


def search(request):
    words = request.GET.get("q", "")
    found = ArticlePage.objects.live().search(words)[:20]
    return render(request, "press/search.html", {"found": found, "words": words})
