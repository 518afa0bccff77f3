use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sauro_dashboards::model::{Openness, Spec, Tile};
use sauro_dashboards::{DashboardsError, actions};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Actor, AgencyId, Ctx, IdSource, Role};
use sauro_store::{Db, run};
use sauro_testkit::{actor, ctx, ctx_of, on_each_engine};
use uuid::Uuid;

const PROVINCE: &str = "UBND-96";
const COMMUNE: &str = "UBND-32191";
const FAR: &str = "UBND-01";

struct Ids(AtomicU64);

impl IdSource for Ids {
    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(0x0190_0000_0000_7000, self.0.fetch_add(1, Ordering::Relaxed))
    }
}

struct World {
    db: Db,
    directory: Arc<Directory>,
    ids: Arc<Ids>,
}

impl World {
    async fn new(db: &Db) -> Self {
        let system = ctx_of(Actor::system());
        sauro_directory::actions::load_shipped(&system, db).await.unwrap();
        let directory = DirectoryHandle::load(&system, db).await.unwrap().directory();
        Self {
            db: db.clone(),
            directory,
            ids: Arc::new(Ids(AtomicU64::new(0x9000_0000_0000_0000))),
        }
    }

    fn ctx(&self, role: Role, code: &str) -> Ctx {
        let agency = self.directory.by_code(code).unwrap();
        let actor = Actor {
            agency: agency.id,
            agency_code: agency.code.clone(),
            agency_name: agency.name.clone(),
            agency_path: agency.path.clone(),
            scope: agency.scope.clone(),
            ..actor(role, "vn")
        };
        Ctx { actor, ids: self.ids.clone(), ..ctx(role) }
    }

    async fn kinds(&self) -> Vec<String> {
        const SQL: &str =
            "SELECT kind FROM journal_entries WHERE subject LIKE 'dashboard/%' ORDER BY id";
        let mut conn = self.db.read().await.unwrap();
        run!(conn, c => sqlx::query_scalar::<_, String>(SQL).fetch_all(c).await).unwrap()
    }
}

fn four(place: &str) -> Tile {
    Tile::of(Spec::Four { place: place.to_owned() })
}

#[tokio::test]
async fn an_agency_makes_dashboards_and_only_those_who_may() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        for role in [Role::Officer, Role::Verifier, Role::Inspector, Role::Administrator] {
            let denied =
                actions::make_dashboard(&world.ctx(role, PROVINCE), db, "Tuần", vec![]).await;
            assert!(matches!(denied, Err(DashboardsError::Denied(_))), "{role:?}");
        }
        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        for (name, words) in [(" ", "Nhập tên bảng."), (&"ă".repeat(121), "121 ký tự")] {
            let Err(DashboardsError::Invalid(faults)) =
                actions::make_dashboard(&focal, db, name, vec![]).await
            else {
                panic!("a bad name came in")
            };
            assert!(faults[0].1.contains(words), "{faults:?}");
        }
        assert!(world.kinds().await.is_empty(), "what was refused has changed nothing");
        let made = actions::make_dashboard(&focal, db, "Giao  ban", vec![four(PROVINCE)]).await;
        let made = made.unwrap();
        assert_eq!((made.name.as_str(), made.openness), ("Giao ban", Openness::Own));
        assert_eq!(actions::dashboard(&focal, db, made.id).await.unwrap(), made);
        assert_eq!(world.kinds().await, ["DashboardMade"]);
    })
    .await;
}

#[tokio::test]
async fn a_dashboard_is_there_for_its_agency_alone_until_it_is_opened() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let leader = world.ctx(Role::Leader, PROVINCE);
        let made = actions::make_dashboard(&leader, db, "Tuần", vec![]).await.unwrap();
        let colleague = world.ctx(Role::Officer, PROVINCE);
        assert_eq!(actions::dashboards(&colleague, db).await.unwrap().own.len(), 1);
        for (role, code) in [(Role::Leader, COMMUNE), (Role::Leader, FAR), (Role::Leader, "VPCP")] {
            let other = world.ctx(role, code);
            let hidden = actions::dashboard(&other, db, made.id).await;
            assert!(matches!(hidden, Err(DashboardsError::NotFound(_))), "{code}");
            assert_eq!(actions::dashboards(&other, db).await.unwrap(), Default::default());
            let removed = actions::remove_dashboard(&other, db, made.id, 1).await;
            assert!(matches!(removed, Err(DashboardsError::NotFound(_))), "{code}");
        }
        let public = actions::public_dashboard(db, made.id).await;
        assert!(matches!(public, Err(DashboardsError::NotFound(_))));
        let officer = actions::remove_dashboard(&colleague, db, made.id, 1).await;
        assert!(matches!(officer, Err(DashboardsError::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_remove_one_dashboard_the_second_is_told() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let leader = world.ctx(Role::Leader, PROVINCE);
        let made = actions::make_dashboard(&leader, db, "Tuần", vec![]).await.unwrap();
        let stale = actions::remove_dashboard(&leader, db, made.id, 7).await;
        assert!(matches!(stale, Err(DashboardsError::Stale)));
        actions::remove_dashboard(&leader, db, made.id, 1).await.unwrap();
        let gone = actions::remove_dashboard(&leader, db, made.id, 1).await;
        assert!(matches!(gone, Err(DashboardsError::NotFound(_))));
        assert_eq!(world.kinds().await, ["DashboardMade", "DashboardRemoved"]);
    })
    .await;
}

#[tokio::test]
async fn a_stored_tile_that_cannot_be_is_named_as_corrupt_and_draws_nothing() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let leader = world.ctx(Role::Leader, PROVINCE);
        let wide = Tile { width: 9, spec: Spec::Four { place: "VN".to_owned() } };
        let refused = actions::make_dashboard(&leader, db, "Tuần", vec![wide]).await;
        assert!(matches!(refused, Err(DashboardsError::Invalid(_))));
        let made = actions::make_dashboard(&leader, db, "Tuần", vec![four("VN")]).await.unwrap();
        const SQL: &str = "UPDATE dashboards SET tiles = '[{\"width\":9,\"spec\":{\"kind\":\"four\",\"place\":\"VN\"}}]' WHERE id = $1";
        let mut conn = db.write().await.unwrap();
        run!(conn, c => sqlx::query(SQL).bind(made.id.0).execute(c).await.map(drop)).unwrap();
        conn.commit().await.unwrap();
        let read = actions::dashboard(&leader, db, made.id).await;
        assert!(matches!(read, Err(DashboardsError::Store(_))), "{read:?}");
        let of = AgencyId::of_code(PROVINCE);
        assert_eq!(made.agency, of);
    })
    .await;
}
