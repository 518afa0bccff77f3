//! How the engines walk the public lists: by the index of each, never over everything.

use chrono::NaiveDate;
use sauro_directory::DirectoryHandle;
use sauro_kernel::Role;
use sauro_store::{Conn, Dialect, Limits, run};
use sauro_testkit::{ctx, on_each_engine_with};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::documents::{Sought, Wanted, page_sql};
use super::lists::{TURN_SQL, all_after_sql, listed_sql, of_topic_sql};
use super::tongues::listed_of_sql;
use crate::jobs::{PastPortal, make_past};

/// A value of a question.
enum Bound {
    Text(String),
    Flag(bool),
    Number(i64),
    Day(NaiveDate),
    Id(Uuid),
}

async fn plan(conn: &mut Conn, (sql, bound): (&str, &[Bound])) -> String {
    let dialect = conn.dialect();
    let words = match dialect {
        Dialect::Sqlite => "EXPLAIN QUERY PLAN",
        Dialect::Postgres => "EXPLAIN",
    };
    let sql = format!("{words} {sql}");
    let rows: Vec<String> = run!(conn, c => {
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for it in bound {
            query = match it {
                Bound::Text(it) => query.bind(it),
                Bound::Flag(it) => query.bind(it),
                Bound::Number(it) => query.bind(it),
                Bound::Day(it) => query.bind(it),
                Bound::Id(it) => query.bind(it),
            };
        }
        let column = if dialect == Dialect::Sqlite { 3 } else { 0 };
        query.fetch_all(c).await.map(|rows| {
            use sqlx::Row;
            rows.iter().map(|it| it.get::<String, _>(column)).collect()
        })
    })
    .unwrap();
    rows.join("\n")
}

/// Over everything, or sorted afterwards.
const BAD: [&str; 6] =
    ["SCAN i", "SCAN d", "SCAN t", "SCAN r", "Seq Scan on portal_", "USE TEMP B-TREE"];

fn is_good(plan: &str) -> bool {
    // SQLite says "SCAN d USING INDEX" of a walk in the order of an index, which ends with the page.
    let lines = plan.lines().filter(|it| !it.contains("USING INDEX"));
    let lines = lines.filter(|it| !it.contains("USING COVERING INDEX"));
    lines.into_iter().all(|line| BAD.iter().all(|it| !line.contains(it)))
}

#[tokio::test]
async fn every_public_list_of_the_portal_walks_the_index_of_its_own_question() {
    on_each_engine_with(Limits::alone(), async |engine| {
        let db = &engine.db;
        let system = ctx(Role::System);
        sauro_directory::actions::load_shipped(&system, db).await.unwrap();
        let directory = DirectoryHandle::load(&system, db).await.unwrap().directory();
        let (n_articles, n_documents) = (1_000, 2_500);
        let wanted = PastPortal { n_articles, n_documents, seed: 57, now_us: system.now_us() };
        make_past(db, &directory, wanted, |_| {}).await.unwrap();
        let mut conn = db.write().await.unwrap();
        if conn.dialect() == Dialect::Postgres {
            let done = run!(conn, c => sqlx::query("ANALYZE").execute(c).await.map(drop));
            done.unwrap();
            // At this size reading all of a small table may cost less than a walk; what is asked here is whether there
            // is an index to walk. A table without one is read whole even so.
            const WALKS: &str = "SET LOCAL enable_seqscan = off";
            run!(conn, c => sqlx::query(WALKS).execute(c).await.map(drop)).unwrap();
        }
        let topic: Uuid =
            run!(conn, c => sqlx::query_scalar("SELECT id FROM portal_topics ORDER BY id LIMIT 1")
            .fetch_one(c)
            .await)
            .unwrap();
        let start = || [Bound::Number(i64::MAX), Bound::Id(Uuid::max())];
        let listed = |shelf: &str| {
            let place = start();
            let own = [Bound::Text(shelf.to_owned()), Bound::Flag(true)];
            own.into_iter().chain(place).chain([Bound::Number(21)]).collect::<Vec<_>>()
        };
        let of_topic = [Bound::Id(topic)].into_iter().chain(start()).chain([Bound::Number(30)]);
        let after = || vec![Bound::Flag(true), Bound::Id(topic), Bound::Number(5_000)];
        let mut questions = vec![
            ("news, feeds".to_owned(), listed_sql(), listed("news")),
            ("consultations".to_owned(), listed_sql(), listed("consultations")),
            ("a topic".to_owned(), of_topic_sql(), of_topic.collect()),
            ("a part of the map".to_owned(), all_after_sql(), after()),
            ("turns of the map".to_owned(), TURN_SQL.to_owned(), after()),
        ];
        let originals = (0..30).map(|_| Bound::Id(topic)).collect();
        questions.push(("translations of a list".to_owned(), listed_of_sql(30), originals));
        for sought in filters() {
            let (sql, wanted) = page_sql(&sought);
            let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
            let place = [Bound::Day(last), Bound::Id(Uuid::max()), Bound::Number(21)];
            let bound = place.into_iter().chain(wanted.into_iter().map(|it| match it {
                Wanted::Text(it) => Bound::Text(it),
                Wanted::Number(it) => Bound::Number(it),
                Wanted::Day(it) => Bound::Day(it),
            }));
            questions.push((format!("{sought:?}"), sql, bound.collect()));
        }
        for (name, sql, bound) in &questions {
            let plan = plan(&mut conn, (sql, bound)).await;
            assert!(is_good(&plan), "{name} on {:?}:\n{plan}\n{sql}", conn.dialect());
        }
    })
    .await;
}

/// The library as it is asked for.
fn filters() -> Vec<Sought> {
    let any = Sought::default();
    let day = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
    vec![
        any.clone(),
        Sought { kind: "ke-hoach".to_owned(), ..any.clone() },
        Sought { field: "du-lieu".to_owned(), ..any.clone() },
        Sought { issuer: "Bộ Khoa học và Công nghệ".to_owned(), ..any.clone() },
        Sought { year: Some(2025), ..any.clone() },
        Sought { in_force_on: Some(day), ..any.clone() },
        Sought { kind: "ke-hoach".to_owned(), year: Some(2025), in_force_on: Some(day), ..any },
    ]
}
