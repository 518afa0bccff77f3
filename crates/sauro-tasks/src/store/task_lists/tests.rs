use sauro_kernel::{AgencyPath, ProgrammeId, TaskId};
use sauro_store::{Conn, Dialect, Limits, run};
use sauro_testkit::{Engine, agency, day, on_each_engine, on_sqlite, task};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::query::{Part, Query, Start, Value, Wanted};
use crate::model::{Cursor, Doubt, Key, Moment, Sort, Status, TaskFilter, Waiting};

/// Rows of the big seed.
const MANY: i64 = 20_000;

fn start(sort: Sort, is_back: bool) -> Start {
    let on = day("2026-06-01");
    let key = match sort {
        Sort::DueFirst | Sort::DueLast => Key::Due(on),
        Sort::SilentFirst | Sort::HeardFirst => Key::Heard(9),
        Sort::CodeFirst | Sort::CodeLast => Key::Code("NV-2026-000009".to_owned()),
        Sort::Lead | Sort::Programme => Key::Group(Uuid::from_u64_pair(1, 1), on),
    };
    Start {
        cursor: Cursor { key, id: TaskId(Uuid::from_u64_pair(3, 9)), is_back },
        group_sort: vec![5],
    }
}

/// Scope, parts and programme of a list; whether its set may be sorted, because it is one agency's own.
fn scopes() -> Vec<(Wanted, bool)> {
    let wanted = |place: &str, parts: Vec<Part>, programme: Option<u64>| Wanted {
        place: AgencyPath::parse(place).unwrap(),
        parts: parts.into_iter().map(|it| (it, agency(1))).collect(),
        filter: TaskFilter {
            programme: programme.map(|n| ProgrammeId(Uuid::from_u64_pair(6, n))),
            ..TaskFilter::default()
        },
        moment: Moment::on(day("2026-06-01")),
    };
    vec![
        (wanted("vn", vec![], None), false),
        (wanted("vn/13", vec![], None), false),
        (wanted("vn/13", vec![], Some(1)), false),
        (wanted("vn", vec![], Some(1)), false),
        (wanted("vn", vec![Part::Authority], None), false),
        (wanted("vn", vec![Part::Issuer], None), false),
        (wanted("vn", vec![Part::Lead], None), true),
        (wanted("vn", vec![Part::Partner], None), true),
        (wanted("vn/13/xa-7", vec![], None), true),
    ]
}

fn filters() -> Vec<TaskFilter> {
    let plain = TaskFilter::default();
    vec![
        plain.clone(),
        TaskFilter { is_unfinished: true, ..plain.clone() },
        TaskFilter { status: Some(Status::Overdue), overdue_days: Some(5), ..plain.clone() },
        TaskFilter { status: Some(Status::DueSoon), ..plain.clone() },
        TaskFilter { status: Some(Status::InTime), ..plain.clone() },
        TaskFilter { status: Some(Status::DoneLate), ..plain.clone() },
        TaskFilter { doubt: Some(Doubt::Any), ..plain.clone() },
        TaskFilter {
            is_unfinished: true,
            due_from: Some(day("2026-01-01")),
            due_to: Some(day("2026-12-31")),
            words: "ho so".to_owned(),
            ..plain
        },
    ]
}

async fn explain(conn: &mut Conn, sql: String, values: Vec<Value>) -> String {
    let (dialect, sql) = match conn.dialect() {
        Dialect::Sqlite => (Dialect::Sqlite, format!("EXPLAIN QUERY PLAN {sql}")),
        Dialect::Postgres => (Dialect::Postgres, format!("EXPLAIN {sql}")),
    };
    let rows: Vec<String> = match dialect {
        Dialect::Sqlite => {
            let rows: Vec<(i64, i64, i64, String)> = run!(conn, c => {
                bound!(sqlx::query_as(AssertSqlSafe(sql)), values).fetch_all(c).await
            })
            .unwrap();
            rows.into_iter().map(|row| row.3).collect()
        }
        Dialect::Postgres => run!(conn, c => {
            bound!(sqlx::query_scalar(AssertSqlSafe(sql)), values).fetch_all(c).await
        })
        .unwrap(),
    };
    rows.join("\n")
}

/// A nation of bare tasks: 34 areas, communes in each, everything spread evenly.
async fn seed(engine: &Engine) {
    let is_sqlite = engine.db.read().await.unwrap().dialect() == Dialect::Sqlite;
    let (id, no) = match is_sqlite {
        true => ("CAST(unhex(printf('%016x%016x', {a}, {b})) AS BLOB)", "0"),
        false => ("(lpad(to_hex({a}), 16, '0') || lpad(to_hex({b}), 16, '0'))::uuid", "FALSE"),
    };
    let id = |a: &str, b: &str| id.replace("{a}", a).replace("{b}", b);
    let series = |first: i64, last: i64| match is_sqlite {
        true => format!(
            "(WITH RECURSIVE s(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM s WHERE n < {last}) SELECT n FROM s) s"
        ),
        false => format!("(SELECT generate_series({first}, {last}) AS n) s"),
    };
    let bytes = if is_sqlite { "CAST(s.n AS BLOB)" } else { "s.n::text::bytea" };
    let due = match is_sqlite {
        true => "date('2025-01-01', '+' || (s.n % 730) || ' days')",
        false => "DATE '2025-01-01' + (s.n % 730)::int",
    };
    let path = "'vn/' || (s.n % 34 + 1) || '/xa-' || (s.n % 400)";
    let stage = "CASE s.n % 5 WHEN 0 THEN 'issued' WHEN 1 THEN 'in_progress' WHEN 2 THEN 'reported' \
                 ELSE 'verified' END";
    let mut texts = vec![
        format!(
            "INSERT INTO agencies (id, code, abbr, name, name_fold, name_sort, kind, level, path, scope, is_group, valid_from)
            SELECT {}, 'CQ' || s.n, '', 'Xã ' || s.n, 'xa', {bytes}, 'commune_pc', 'commune',
                'vn/' || (s.n % 34 + 1) || '/xa-' || (s.n % 400), '', {no}, {}
            FROM {}",
            id("1", "s.n"),
            if is_sqlite { "'2025-07-01'" } else { "DATE '2025-07-01'" },
            series(1, 400)
        ),
        format!(
            "INSERT INTO programmes (id, code, name, name_fold, name_sort, basis, owner_agency_id, owner_path, is_public,
                opened_at, version)
            SELECT {}, 'ct' || s.n, '', '', {bytes}, '', {}, 'vn', {no}, 0, 1 FROM {}",
            id("6", "s.n"),
            id("1", "1"),
            series(1, 10)
        ),
    ];
    // In short turns, as every writer takes them.
    texts.extend((0..10).map(|part| {
        let (first, last) = (part * MANY / 10 + 1, (part + 1) * MANY / 10);
        format!(
            "INSERT INTO tasks (id, code, programme_id, issuer_agency_id, issuer_path, lead_agency_id, lead_path, work,
                work_fold, deadline_kind, deadline_text, due_on, recurs, accountable, authority_agency_id, authority_path,
                strength, is_public, stage, self_rating, last_report_at, issued_at, issued_by_post_id, changed_at, version)
            SELECT {}, 'NV-2026-' || (100000 + s.n), {}, {}, 'vn', {}, {path}, 'việc', 'viec', 'date', '', {due}, '', '',
                {}, 'vn', 'binding', {no}, {stage}, CASE s.n % 7 WHEN 0 THEN 'done' ELSE 'on_track' END,
                CASE s.n % 3 WHEN 0 THEN NULL ELSE s.n END, 0, {}, 0, 1
            FROM {}",
            id("3", "s.n"),
            id("6", "s.n % 10 + 1"),
            id("1", "s.n % 20 + 1"),
            id("1", "s.n % 400 + 1"),
            id("1", "s.n % 15 + 1"),
            id("2", "1"),
            series(first, last)
        )
    }));
    for text in texts {
        let mut conn = engine.db.write().await.unwrap();
        run!(conn, c => sqlx::query(AssertSqlSafe(text)).execute(c).await.map(drop)).unwrap();
        conn.commit().await.unwrap();
    }
    let mut conn = engine.db.write().await.unwrap();
    run!(conn, c => sqlx::query("ANALYZE").execute(c).await.map(drop)).unwrap();
    conn.commit().await.unwrap();
}

/// Every order of every list is walked in an index: nothing reads all tasks, and only the set of one
/// agency, or of names within a set, is sorted.
async fn check(conn: &mut Conn) {
    if conn.dialect() == Dialect::Postgres {
        // Which plan is cheapest follows from statistics of the hour; what is asked is whether there is
        // one that walks an index.
        for what in ["enable_sort", "enable_seqscan", "enable_bitmapscan"] {
            let text = format!("SET {what} = off");
            run!(conn, c => sqlx::query(AssertSqlSafe(text)).execute(c).await.map(drop)).unwrap();
        }
    }
    for (scope, is_small) in scopes() {
        for filter in filters() {
            for sort in Sort::ALL {
                for from in [None, Some(false), Some(true)] {
                    let filter = TaskFilter {
                        sort: *sort,
                        programme: scope.filter.programme,
                        ..filter.clone()
                    };
                    let wanted = Wanted { filter, ..scope.clone() };
                    let from = from.map(|is_back| start(wanted.filter.order(), is_back));
                    let mut query = Query::of(conn.dialect(), &wanted);
                    let sql = query.page("tasks.id", from.as_ref(), 51);
                    let plan = explain(conn, sql.clone(), query.values).await;
                    let is_named = matches!(wanted.filter.order(), Sort::Lead | Sort::Programme);
                    let reads_all = plan.lines().any(|it| {
                        it.contains("Seq Scan on tasks")
                            || (it.contains("SCAN tasks") && !it.contains("USING"))
                    });
                    assert!(!reads_all, "{wanted:?}\n{sql}\n{plan}");
                    let sorts = plan.contains("USE TEMP B-TREE")
                        || plan
                            .lines()
                            .any(|it| it.contains("Sort  (") && !it.contains("Incremental"));
                    assert!(!sorts || is_small || is_named, "{wanted:?}\n{sql}\n{plan}");
                }
            }
        }
    }
}

#[tokio::test]
async fn every_list_walks_an_index_in_its_own_order() {
    // Without statistics, as in a young installation.
    let engine = on_sqlite(Limits::default()).await;
    check(&mut engine.db.read().await.unwrap()).await;
}

#[tokio::test]
async fn every_list_of_a_nation_walks_an_index_in_its_own_order() {
    on_each_engine(async |engine| {
        seed(&engine).await;
        check(&mut engine.db.read().await.unwrap()).await;
    })
    .await;
}

#[tokio::test]
async fn from_name_to_name_only_those_within_the_place_are_looked_at() {
    let engine = on_sqlite(Limits::default()).await;
    let mut conn = engine.db.read().await.unwrap();
    for (place, sort) in [("vn", Sort::Lead), ("vn/13", Sort::Lead), ("vn", Sort::Programme)] {
        let wanted = Wanted {
            place: AgencyPath::parse(place).unwrap(),
            parts: Vec::new(),
            filter: TaskFilter { sort, is_unfinished: true, ..TaskFilter::default() },
            moment: Moment::on(day("2026-06-01")),
        };
        let mut query = Query::of(conn.dialect(), &wanted);
        let sql = query.page("tasks.id", Some(&start(sort, false)), 51);
        let plan = explain(&mut conn, sql, query.values).await;
        assert!(plan.contains("in_order") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}

#[tokio::test]
async fn requests_that_wait_and_children_are_found_by_their_own_index() {
    let engine = on_sqlite(Limits::default()).await;
    let mut conn = engine.db.read().await.unwrap();
    for filter in [
        TaskFilter { waiting: Some(Waiting::Explanation), ..TaskFilter::default() },
        TaskFilter { waiting: Some(Waiting::Extension), ..TaskFilter::default() },
        TaskFilter { parent: Some(task(1)), ..TaskFilter::default() },
        TaskFilter { words: "nv-2026-000123".to_owned(), ..TaskFilter::default() },
    ] {
        let wanted = Wanted {
            place: AgencyPath::nation(),
            parts: Vec::new(),
            filter,
            moment: Moment::on(day("2026-06-01")),
        };
        let mut query = Query::of(conn.dialect(), &wanted);
        let sql = query.page("tasks.id", None, 51);
        let plan = explain(&mut conn, sql, query.values).await;
        assert!(plan.contains("SEARCH tasks") && !plan.contains("SCAN tasks"), "{plan}");
    }
}
