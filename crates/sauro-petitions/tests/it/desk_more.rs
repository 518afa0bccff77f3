//! The desk: several cases at once, whom a case is about, keys of programs.

use std::sync::Arc;

use axum::Extension;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{AgencyId, Ctx, Role};
use sauro_petitions::actions::{People, Person, TaskFuture};
use sauro_petitions::model::State;
use sauro_petitions::{PeopleRoom, actions};
use sauro_store::StoreError;
use sauro_testkit::{Answer, Engine, TestApp, on_each_engine};
use sauro_ui::AppState;

use crate::world::{CENTRE, COMMUNE, FAR, World};

/// One person sits in every agency.
struct OneEach(Vec<Person>);

impl People for OneEach {
    fn seated<'a>(
        &'a self,
        agencies: &'a [AgencyId],
    ) -> TaskFuture<'a, Result<Vec<Person>, StoreError>> {
        let here = |it: &&Person| agencies.contains(&it.agency);
        let found: Vec<Person> = self.0.iter().filter(here).cloned().collect();
        Box::pin(async move { Ok(found) })
    }
}

struct Desk {
    app: TestApp,
    world: World,
}

impl Desk {
    async fn open(engine: Engine) -> Self {
        let world = World::new(&engine.db).await;
        let handle = DirectoryHandle::load(&world.system(), &engine.db).await.unwrap();
        let person = |role, code: &str| {
            let actor = world.ctx(role, code).actor;
            let name = format!("Người mẫu {}", actor.role.code());
            let title = "Công chức".to_owned();
            Person { account: actor.account, name, title, agency: actor.agency }
        };
        let people = OneEach(vec![person(Role::Officer, COMMUNE), person(Role::Officer, FAR)]);
        let Ctx { clock, ids, .. } = world.system();
        let (db, files) = (world.db.clone(), world.files.clone());
        let routes = sauro_petitions::routes()
            .layer(Extension(world.keys.clone()))
            .layer(Extension(handle))
            .layer(Extension(PeopleRoom(Arc::new(people))))
            .with_state(AppState { db, files, clock, ids, site: Arc::default() });
        Self { app: TestApp::new(engine, routes).await, world }
    }

    async fn get(&self, ctx: &Ctx, path: &str) -> Answer {
        self.app.official(ctx.actor.clone()).get(path).await
    }

    async fn post(&self, ctx: &Ctx, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.app.official(ctx.actor.clone()).post(path, fields).await
    }
}

// I80
#[tokio::test]
async fn what_came_of_each_chosen_case_is_said_and_what_was_typed_wrong_changes_nothing() {
    on_each_engine(async |engine| {
        let desk = Desk::open(engine).await;
        let officer = desk.world.ctx(Role::Officer, COMMUNE);
        let (a, first) = desk.world.sent("a").await;
        let (b, second) = desk.world.sent("b").await;
        let (a_id, b_id) = (a.to_string(), b.to_string());
        let queue = desk.get(&officer, "/phan-anh-den").await;
        queue.has_text(&format!("name=\"chon\" value=\"{a_id}\""));
        queue.has_text("Dùng phím chữ");
        // A reader who may only look chooses nothing.
        let inspector = desk.world.ctx(Role::Inspector, COMMUNE);
        let seen = desk.get(&inspector, "/phan-anh-den").await;
        assert!(!seen.body().contains("name=\"chon\""));
        let at = "/phan-anh-den";
        assert_eq!(
            desk.post(&inspector, at, &[("viec", "tiep-nhan"), ("chon", &a_id)]).await.status,
            403
        );
        for (fields, said) in [
            (vec![("viec", "tiep-nhan")], "Chọn ít nhất một vụ việc"),
            (vec![("viec", "xoa"), ("chon", &*a_id)], "Chọn việc cần làm"),
            (vec![("viec", "linh-vuc"), ("chon", &*a_id), ("linh-vuc", "x")], "Chọn một lĩnh vực"),
            (vec![("viec", "chuyen"), ("chon", &*a_id), ("chu-tri", "Sở Gì")], "chu-tri-loi"),
            (vec![("viec", "gop"), ("chon", &*a_id)], "gop-vao-loi"),
        ] {
            let answer = desk.post(&officer, at, &fields).await;
            assert_eq!(answer.status, 422, "{fields:?}");
            answer.has_text(said);
        }
        assert_eq!(desk.world.view(&officer, a).await.case.flow.state, State::Sent);
        actions::receive(&officer, &desk.world.house(), b).await.unwrap();
        let both = [("viec", "tiep-nhan"), ("chon", &*a_id), ("chon", &*b_id), ("chon", "x")];
        let answer = desk.post(&officer, at, &both).await;
        assert_eq!(answer.status, 200, "{}", answer.body());
        answer.has_text("Đã xong 1 vụ việc");
        answer.has_text("1 vụ việc chưa làm được");
        answer.has_text(&first.number);
        answer.has_text(&format!("{}, ", second.number));
        answer.has_text("đang ở bước “Đang phân loại”");
    })
    .await;
}

#[tokio::test]
async fn whom_a_case_is_about_is_chosen_from_those_who_sit_there_and_finds_nothing_of_it() {
    on_each_engine(async |engine| {
        let desk = Desk::open(engine).await;
        let (id, _) = desk.world.sent("a").await;
        let officer = desk.world.ctx(Role::Officer, COMMUNE);
        let leader = desk.world.ctx(Role::Leader, COMMUNE);
        let at = format!("/phan-anh-den/{id}");
        let page = desk.get(&leader, &at).await;
        page.has_text("Người mẫu officer, Công chức, Ủy ban nhân dân xã Năm Căn");
        let far = desk.world.ctx(Role::Officer, FAR).actor.account.to_string();
        let mark = async |who: &str| {
            let fields = [("viec", "bi-phan-anh"), ("nguoi-bi-phan-anh", who)];
            desk.post(&leader, &at, &fields).await
        };
        for stranger in [far.as_str(), "x", &leader.actor.account.to_string()] {
            let answer = mark(stranger).await;
            assert_eq!(answer.status, 422, "{stranger}");
            answer.has_text("nguoi-bi-phan-anh-loi");
        }
        let account = officer.actor.account.to_string();
        assert_eq!(mark(&account).await.status, 303);
        desk.get(&leader, &at).await.has_text(&format!("value=\"{account}\" selected"));
        assert_eq!(desk.get(&officer, &at).await.status, 404);
        assert_eq!(mark("").await.status, 303);
        assert_eq!(desk.get(&officer, &at).await.status, 200);
    })
    .await;
}

// I65
#[tokio::test]
async fn an_administrator_of_the_nation_makes_a_key_sees_it_once_and_ends_it() {
    on_each_engine(async |engine| {
        let desk = Desk::open(engine).await;
        let at = "/phan-anh-den/khoa";
        let keeper = desk.world.ctx(Role::Administrator, CENTRE);
        let local = desk.world.ctx(Role::Administrator, COMMUNE);
        let officer = desk.world.ctx(Role::Officer, COMMUNE);
        assert_eq!(desk.get(&officer, at).await.status, 403);
        assert_eq!(desk.get(&local, at).await.status, 404);
        assert_eq!(desk.post(&local, at, &[("viec", "cap"), ("ten", "x")]).await.status, 404);
        assert_eq!(desk.post(&keeper, at, &[("viec", "cap"), ("ten", " ")]).await.status, 422);
        let made = desk.post(&keeper, at, &[("viec", "cap"), ("ten", "Cổng <b>mẫu</b>")]).await;
        assert_eq!(made.status, 201);
        assert_eq!(made.headers["cache-control"], "no-store");
        let start = made.body().find("sauro_").unwrap();
        let secret = made.body()[start..start + 70].to_owned();
        let db = &desk.world.db;
        let key = actions::key_of(db, &secret).await.unwrap().unwrap();
        let list = desk.get(&keeper, at).await;
        list.has_text("Cổng &#60;b&#62;mẫu");
        assert!(!list.body().contains(&secret), "a key is told twice");
        let id = key.id.to_string();
        let end = [("viec", "thu-hoi"), ("khoa", id.as_str())];
        assert_eq!(desk.post(&local, at, &end).await.status, 404);
        assert_eq!(desk.post(&keeper, at, &end).await.status, 303);
        assert_eq!(actions::key_of(db, &secret).await.unwrap(), None);
        assert_eq!(desk.post(&keeper, at, &end).await.status, 404);
        desk.get(&keeper, &format!("{at}?vua=thu-hoi")).await.has_text("Đã thu hồi");
    })
    .await;
}
