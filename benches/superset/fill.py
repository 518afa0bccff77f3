"""Makes, by its REST API, a dashboard of 24 charts in Superset: the questions of our tiles.

    fill.py http://127.0.0.1:8088 postgresql://… LAST_MONTH raw|rollups

Prints the token of a session and the 24 questions, as its own charts ask them, as JSON.
"""

import json
import os
import sys

import requests

AT, DATABASE, MONTH, SOURCE = sys.argv[1:5]

FIGURES = {
    # The figures themselves, as anybody would connect them.
    "raw": """
        SELECT i.code, o.period, o.province AS place, o.value::numeric AS total,
            o.numerator::numeric AS part, o.denominator::numeric AS base, o.unit_level
        FROM observations o JOIN indicators i ON i.id = o.indicator_id
        WHERE o.unit_level = 'commune'""",
    # The sums that are kept here already: no recount is asked of it.
    "rollups": """
        SELECT i.code, r.period, r.place, r.total::numeric AS total, r.total::numeric AS part,
            r.base::numeric AS base
        FROM rollups r JOIN indicators i ON i.id = r.indicator_id""",
}
TASKS = """
    SELECT t.code, t.stage, t.due_on, t.work,
        (t.due_on < now()::date AND t.stage IN ('issued', 'in_progress'))::int AS late
    FROM tasks t"""

session = requests.Session()


def post(path, body):
    answer = session.post(f"{AT}/api/v1/{path}", json=body, timeout=120)
    if answer.status_code >= 300:
        sys.exit(f"{path} answered {answer.status_code}: {answer.text[:500]}")
    return answer.json()


def metric(sql, label):
    return {"expressionType": "SQL", "sqlExpression": sql, "label": label}


def main():
    who = {"username": "admin", "password": os.environ["SUPERSET_PASSWORD"], "provider": "db"}
    token = post("security/login", {**who, "refresh": True})["access_token"]
    session.headers["Authorization"] = f"Bearer {token}"
    database = post("database/", {"database_name": f"do-{SOURCE}", "sqlalchemy_uri": DATABASE})["id"]

    def dataset(name, sql):
        return post("dataset/", {"database": database, "table_name": f"{name}-{SOURCE}", "sql": sql})["id"]

    figures, tasks = dataset("so-lieu", FIGURES[SOURCE]), dataset("nhiem-vu", TASKS)
    total = metric("SUM(total)", "tong")
    share = metric("100 * SUM(part) / NULLIF(SUM(base), 0)", "ti-le")
    nation = [{"col": "place", "op": "==", "val": "VN"}] if SOURCE == "rollups" else []
    below = [{"col": "place", "op": "!=", "val": "VN"}] if SOURCE == "rollups" else []
    of_month = {"col": "period", "op": "==", "val": MONTH}

    def of(n):
        return {"col": "code", "op": "==", "val": f"DO-{n:03}"}

    charts = []

    def chart(kind, source, query):
        query = {"row_limit": 1000, "extras": {}, "annotation_layers": [], **query}
        context = {
            "datasource": {"id": source, "type": "table"},
            "force": True,
            "queries": [query],
            "result_format": "json",
            "result_type": "full",
        }
        body = {
            "slice_name": f"{len(charts)} {kind}",
            "viz_type": kind,
            "datasource_id": source,
            "datasource_type": "table",
            "params": json.dumps({"viz_type": kind}),
            "query_context": json.dumps(context),
        }
        charts.append((post("chart/", body)["id"], context))

    for n in (1, 5, 9):
        by_place = {"columns": ["place"], "orderby": [[share, False]]}
        chart("big_number_total", figures, {"metrics": [total], "filters": [of(n), of_month, *nation]})
        line = {"columns": ["period"], "metrics": [total], "filters": [of(n + 4), *nation]}
        chart("echarts_timeseries_line", figures, line)
        ranking = {**by_place, "metrics": [share], "filters": [of(n + 1), of_month, *below]}
        chart("table", figures, {**ranking, "row_limit": 10})
        chart("country_map", figures, ranking)
        two = {"col": "code", "op": "IN", "val": [f"DO-{n + 2:03}", f"DO-{n + 3:03}"]}
        heat = {"columns": ["code", "place"], "metrics": [total], "filters": [two, of_month, *below]}
        chart("heatmap_v2", figures, heat)
        counts = [metric("COUNT(*)", "so"), metric("SUM(late)", "cham")]
        chart("table", tasks, {"columns": ["stage"], "metrics": counts, "filters": []})
        late = [{"col": "late", "op": "==", "val": 1}]
        listed = {"columns": ["code", "work", "due_on"], "metrics": [], "filters": late}
        chart("table", tasks, {**listed, "orderby": [["due_on", True]], "row_limit": 10})
        by_sum = {"columns": ["place"], "metrics": [total], "orderby": [[total, False]]}
        chart("table", figures, {**by_sum, "filters": [of(n), of_month, *below], "row_limit": 10})
    post("dashboard/", {"dashboard_title": f"Bảng đo {SOURCE}", "published": True})
    print(json.dumps({"token": token, "questions": [json.dumps(it) for _, it in charts]}))


main()
