use sauro_directory::actions::{directory, load_shipped};
use sauro_kernel::{AgencyId, AgencyPath, Ctx, Role};
use sauro_store::{Db, Dialect, run};
use sauro_testkit::{ctx, on_each_engine};

const BELOW: &str = "
    SELECT code FROM agencies
    WHERE path = $1 OR (path >= $2 AND path < $3)
    ORDER BY code
    LIMIT 100000";
const CHILDREN: &str = "
    SELECT code FROM agencies WHERE parent_id = $1 ORDER BY name_sort, id LIMIT 500";

async fn loaded(db: &Db) -> Ctx {
    let ctx = ctx(Role::System);
    load_shipped(&ctx, db).await.unwrap();
    ctx
}

async fn below(db: &Db, scope: &AgencyPath) -> Vec<String> {
    let (from, to) = scope.below();
    let mut conn = db.read().await.unwrap();
    run!(conn, c => sqlx::query_scalar::<_, String>(BELOW)
        .bind(scope.as_str())
        .bind(&from)
        .bind(&to)
        .fetch_all(c)
        .await)
    .unwrap()
}

#[tokio::test]
async fn a_range_of_paths_is_exactly_what_a_scope_covers() {
    on_each_engine(async |engine| {
        let db = engine.db.clone();
        let directory = directory(&loaded(&db).await, &db).await.unwrap();
        let mut scopes: Vec<AgencyPath> =
            directory.all().iter().step_by(97).map(|it| it.path.clone()).collect();
        for text in ["vn", "vn/4", "vn/44", "vn/44/ubnd", "vn/96/ubn", "vn/zz", "v"] {
            scopes.push(AgencyPath::parse(text).unwrap());
        }
        for scope in scopes {
            let covered = directory.all().iter().filter(|it| scope.covers(&it.path));
            let mut covered: Vec<String> = covered.map(|it| it.code.clone()).collect();
            let mut found = below(&db, &scope).await;
            covered.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, covered, "{scope}");
        }
    })
    .await;
}

#[tokio::test]
async fn children_come_in_the_same_order_from_both_engines_and_from_memory() {
    on_each_engine(async |engine| {
        let db = engine.db.clone();
        let directory = directory(&loaded(&db).await, &db).await.unwrap();
        let parent = AgencyId::of_code("UBND-96");
        let mut conn = db.read().await.unwrap();
        let stored = run!(conn, c => sqlx::query_scalar::<_, String>(CHILDREN)
            .bind(parent.0)
            .fetch_all(c)
            .await)
        .unwrap();
        let known: Vec<_> = directory.children_of(parent).iter().map(|it| &*it.code).collect();
        assert_eq!(stored, known);
        let at = |name: &str| {
            let all = directory.children_of(parent);
            all.iter().position(|it| it.sort_words() == name).unwrap()
        };
        assert!(at("Cái Nước") < at("Đầm Dơi") && at("Đầm Dơi") < at("Năm Căn"));
    })
    .await;
}

#[tokio::test]
async fn every_question_is_answered_from_an_index() {
    on_each_engine(async |engine| {
        if engine.db.dialect() != Dialect::Sqlite {
            return;
        }
        let db = engine.db.clone();
        loaded(&db).await;
        let check = async |sql: &str, index: &str| {
            let sql = format!("EXPLAIN QUERY PLAN {sql}");
            let mut conn = db.read().await.unwrap();
            let plan = run!(conn, c => sqlx::query_as::<_, (i64, i64, i64, String)>(
                sqlx::AssertSqlSafe(sql.clone()))
                .fetch_all(c)
                .await)
            .unwrap();
            let plan: Vec<String> = plan.into_iter().map(|it| it.3).collect();
            let plan = plan.join("; ");
            assert!(plan.contains(index), "{sql}\n{plan}");
            assert!(!plan.contains("SCAN"), "{sql}\n{plan}");
        };
        check(BELOW, "sqlite_autoindex_agencies_3 (path>? AND path<?)").await;
        check(CHILDREN, "agencies_of_parent").await;
        let place = "SELECT n.name FROM places p JOIN place_names n ON n.code = p.code \
                     WHERE p.code = $1 ORDER BY n.valid_from LIMIT 1000";
        check(place, "place_names").await;
        let former = "SELECT old_code FROM place_predecessors WHERE new_code = $1 \
                      ORDER BY level, old_code LIMIT 1000";
        check(former, "place_predecessors").await;
    })
    .await;
}
