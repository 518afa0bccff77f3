"""Fills Wagtail with the articles of a file, one JSON object a line: slug, title, summary, html, at (seconds)."""

import json
import sys
from datetime import datetime, timezone
from importlib.metadata import version

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from press.models import ArticlePage, HomePage, ListPage  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

root = Page.objects.get(depth=1)
Page.objects.filter(depth=2).delete()
root.refresh_from_db()
home = root.add_child(instance=HomePage(title="Trang chủ", slug="trang-chu"))
Site.objects.all().delete()
Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
news = home.add_child(instance=ListPage(title="Tin tức", slug="tin"))
last = None
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        it = json.loads(line)
        last = news.add_child(
            instance=ArticlePage(
                title=it["title"],
                slug=it["slug"],
                summary=it["summary"],
                body=it["html"],
                published_at=datetime.fromtimestamp(it["at"], timezone.utc),
            )
        )
call_command("update_index", verbosity=0)
print(
    json.dumps(
        {
            "version": version("wagtail"),
            "articles": ArticlePage.objects.live().count(),
            "article": f"/tin/{last.slug}/",
        }
    )
)
