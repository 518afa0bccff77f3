use sauro_kernel::{AgencyPath, ProgrammeId};
use sauro_store::{Conn, Dialect, Limits, run};
use sauro_testkit::{day, on_sqlite};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{After, Bind, Branch, Query, Whose};

async fn plan(conn: &mut Conn, query: Query) -> String {
    assert_eq!(conn.dialect(), Dialect::Sqlite);
    let text = format!("EXPLAIN QUERY PLAN {}", query.text);
    let rows = run!(conn, c => {
        let mut query_as = sqlx::query_as::<_, (i64, i64, i64, String)>(AssertSqlSafe(text));
        for value in &query.binds {
            query_as = match value {
                Bind::Bool(it) => query_as.bind(it),
                Bind::Text(it) => query_as.bind(it),
                Bind::Day(it) => query_as.bind(it),
                Bind::Id(it) => query_as.bind(it),
                Bind::Number(it) => query_as.bind(it),
            };
        }
        query_as.fetch_all(c).await
    });
    rows.unwrap().into_iter().map(|row| row.3).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn every_list_of_results_walks_an_index_in_its_own_order() {
    let engine = on_sqlite(Limits::default()).await;
    let mut conn = engine.db.read().await.unwrap();
    let programme = ProgrammeId(Uuid::nil());
    let province = AgencyPath::parse("vn/96").unwrap();
    let (day, id) = (day("2026-06-01"), Uuid::nil());
    for whose in [
        Whose::of(&AgencyPath::nation(), None),
        Whose::of(&AgencyPath::nation(), Some(programme)),
        Whose::of(&province, None),
        Whose::of(&province, Some(programme)),
    ] {
        for word in [None, Some(("standing", "open")), Some(("claim", "done"))] {
            for (from, until) in [(None, None), (Some(day), None), (None, Some(day))] {
                for after in [None, Some(After { lead_path: "vn/96".into(), due_on: day, id })] {
                    let branch =
                        Branch { is_public: true, in_shown_programme: true, word, from, until };
                    let query = Query::of(&branch, &whose, after.as_ref(), 51);
                    let text = query.text.clone();
                    let plan = plan(&mut conn, query).await;
                    assert!(!plan.contains("SCAN tasks"), "{plan}\n{text}");
                    assert!(!plan.contains("TEMP B-TREE"), "{plan}\n{text}");
                }
            }
        }
    }
}
