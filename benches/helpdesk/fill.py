"""Fills django-helpdesk by its own models, or says where a list of its tickets is read.

    fill.py N              a queue, an officer who is signed in, N tickets with a follow-up; prints JSON
    fill.py path WORDS     the address of the newest twenty open tickets in which WORDS stand
"""

import json
import sys
from datetime import timedelta
from importlib.metadata import version

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import FollowUp, Queue, Ticket  # noqa: E402
from helpdesk.query import query_to_base64  # noqa: E402

MATTERS = [
    "Rác thải ùn lại đầu chợ",
    "Đèn đường không sáng",
    "Mất sóng di động cuối ấp",
    "Trạm y tế thiếu thuốc",
    "Hồ sơ trực tuyến treo",
    "Nước sinh hoạt đục",
    "Sổ đỏ chậm cấp",
    "Lạm thu đầu năm",
]
WHERE = ["xóm trên", "bến phà", "khu tập thể cũ", "ngã ba bờ kè", "làng nghề", "đồi chè", "bãi cát"]


def path(words):
    # Django's admin-like table: the same question as the page of the list asks for its rows.
    asked = {
        "filtering": {"status__in": [1, 2]},
        "filtering_null": {},
        "sorting": "created",
        "sortreverse": False,
        "search_string": words,
    }
    table = reverse("helpdesk:datatables_ticket_list", args=[query_to_base64(asked)])
    print(f"{table}?draw=1&start=0&length=20&order[0][column]=0&order[0][dir]=desc&search[value]=")


def fill(n):
    officer = User.objects.create_user("can-bo", "can-bo@example.vn", is_staff=True)
    officer.is_superuser = True
    officer.save()
    session = SessionStore()
    session["_auth_user_id"] = str(officer.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = officer.get_session_auth_hash()
    session.create()
    queue = Queue.objects.create(title="Phản ánh", slug="phan-anh", allow_public_submission=True)
    now = timezone.now()
    tickets = [
        Ticket(
            title=f"{MATTERS[k % 8]}, {WHERE[k % 7]} {k}",
            queue=queue,
            created=now - timedelta(minutes=7 * (n - k)),
            modified=now - timedelta(minutes=5 * (n - k)),
            submitter_email=f"nguoi-gui-{k}@example.vn",
            status=1 if k % 3 == 0 else 4,
            description=f"{MATTERS[k % 8]} từ đầu tháng. Bà con đã báo tổ trưởng, mong cơ quan xuống xem. {k}",
            priority=3,
            secret_key=f"{k:036d}",
        )
        for k in range(n)
    ]
    Ticket.objects.bulk_create(tickets, batch_size=1000)
    # Each of them has what an officer answered.
    answers = [
        FollowUp(ticket=it, title="Đã trả lời", comment="Đã cử người xuống sửa.", public=True, user=officer)
        for it in tickets
    ]
    FollowUp.objects.bulk_create(answers, batch_size=1000)
    print(
        json.dumps(
            {
                "version": version("django-helpdesk"),
                "tickets": Ticket.objects.count(),
                "session": session.session_key,
            }
        )
    )


if sys.argv[1] == "path":
    path(sys.argv[2])
else:
    fill(int(sys.argv[1]))
