use std::sync::Arc;

use axum::Extension;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, PetitionId, Role};
use sauro_store::{Db, Keys};
use sauro_testkit::{Answer, Official, TestApp, ctx_of, on_each_engine};
use sauro_ui::Visitor;

use crate::world::{COMMUNE, World, draft};

struct Town {
    app: TestApp,
    world: World,
}

impl Town {
    async fn new(engine: sauro_testkit::Engine) -> Self {
        let db: Db = engine.db.clone();
        let world = World::new(&db).await;
        let system = ctx_of(Actor::system());
        let directory = DirectoryHandle::load(&system, &db).await.unwrap();
        let keys: Keys = world.keys.clone();
        let routes = sauro_petitions::routes().layer(Extension(directory)).layer(Extension(keys));
        Self { app: TestApp::new(engine, routes).await, world }
    }

    /// The pages do not ask who is signed in.
    fn anybody(&self) -> Official<'_> {
        self.app.official(Actor::public())
    }

    async fn sent(&self, more: &[(&str, &str)]) -> Answer {
        let mut fields = vec![
            ("khoa", "mot"),
            ("loai", "feedback"),
            ("tom-tat", "Đèn đường trước trường học hỏng hai tháng"),
            ("noi-dung", "Trước cổng trường, tối không thấy đường. Đã gọi hai lần."),
            ("noi-xay-ra", "xã Năm Căn, Cà Mau"),
            ("ho-ten", "Người gửi mẫu"),
            ("lien-lac", "0900 000 001"),
            ("dong-y", "1"),
            ("cong-khai", "1"),
        ];
        fields.retain(|it| more.iter().all(|one| one.0 != it.0));
        fields.extend(more.iter().filter(|it| !it.1.is_empty()));
        self.anybody().upload("/phan-anh/gui", &fields, None).await
    }

    async fn id(&self, code: &str) -> PetitionId {
        let (anybody, house) = (self.world.anybody(), self.world.house());
        let followed = sauro_petitions::actions::follow(&anybody, &house, code, "x").await;
        followed.unwrap().case.id
    }

    /// Sends, and answers the address on which the case is followed.
    async fn followed(&self) -> String {
        let sent = self.sent(&[]).await;
        assert_eq!(sent.status, 303, "{}", sent.body());
        sent.location.split('?').next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_case_is_sent_followed_and_rated_without_script_or_account() {
    on_each_engine(async |engine| {
        let town = Town::new(engine).await;
        let at = town.followed().await;
        let page = town.anybody().get(&format!("{at}?vua=gui")).await;
        page.has_text("Mã tra cứu của ông bà");
        page.has_text("Ủy ban nhân dân xã Năm Căn");
        // The same form again is the same case.
        assert_eq!(town.followed().await, at);
        let code = at.rsplit('/').next().unwrap();
        let officer = town.world.ctx(Role::Officer, COMMUNE);
        let house = town.world.house();
        let id = town.id(code).await;
        town.world.assigned(id, COMMUNE).await;
        sauro_petitions::actions::accept(&officer, &house, id).await.unwrap();
        sauro_petitions::actions::ask_more(&officer, &house, id, "Cột số mấy?").await.unwrap();
        town.anybody().get(&at).await.has_text("Cơ quan cần ông bà bổ sung");
        let more = [("viec", "bo-sung"), ("bo-sung", "Cột số 12.")];
        assert_eq!(town.anybody().post(&at, &more).await.status, 303);
        sauro_petitions::actions::submit(&officer, &house, id, &draft()).await.unwrap();
        let leader = town.world.ctx(Role::Leader, COMMUNE);
        let case = sauro_petitions::actions::approve(&leader, &house, id).await.unwrap();
        let none = town.anybody().post(&at, &[("viec", "danh-gia")]).await;
        assert_eq!(none.status, 422);
        none.has_text("Chọn một mức từ 1 đến 5");
        let bare = town.anybody().post(&at, &[("viec", "danh-gia"), ("danh-gia", "1")]).await;
        assert_eq!(bare.status, 422);
        let good = town.anybody().post(&at, &[("viec", "danh-gia"), ("danh-gia", "4")]).await;
        assert_eq!(good.status, 303);
        let public = town.anybody().get(&format!("/phan-anh/{}", case.number)).await;
        public.has_text("Đèn đường trước trường học");
        let csv = town.anybody().get("/phan-anh.csv").await;
        csv.has_text(&case.number);
        let rows = town.anybody().get("/phan-anh.json").await;
        rows.has_text(&case.number);
        assert!(!rows.body().contains("\"co_quan_tra_loi\":\"\""), "the file says who answered");
        rows.has_text("\"co_quan_tra_loi\":\"");
        for at in [
            &format!("/phan-anh/{}", case.number),
            "/phan-anh",
            "/phan-anh.csv",
            "/phan-anh.json",
            "/phan-anh.geojson",
            "/phan-anh.atom",
            "/phan-anh.feed.json",
            "/phan-anh?tim=den%20duong",
            "/phan-anh?tim=xa%20nam%20can",
        ] {
            let page = town.anybody().get(at).await;
            page.has_text(&case.number);
            for secret in ["Người gửi mẫu", "0900000001", "0900 000 001", code] {
                assert!(!page.body().contains(secret), "{secret} is public at {at}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() {
    on_each_engine(async |engine| {
        let town = Town::new(engine).await;
        for (field, typed, words) in [
            ("noi-xay-ra", "xã Không Có Thật", "Chưa tìm thấy nơi này"),
            ("lien-lac", "abc", "Số điện thoại chưa đúng"),
            ("noi-dung", "😡😡😡", "Kể bằng chữ"),
            ("dong-y", "", "Đánh dấu đồng ý"),
        ] {
            let page = town.sent(&[(field, typed)]).await;
            assert_eq!(page.status, 422, "{field}");
            page.has_text(words);
            page.has_text("Đèn đường trước trường học hỏng hai tháng");
        }
        assert_eq!(town.world.count("petitions").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_complaint_is_told_its_own_way_and_still_taken_when_the_sender_wants() {
    on_each_engine(async |engine| {
        let town = Town::new(engine).await;
        let text = ("noi-dung", "Tôi tố cáo cán bộ đòi hối lộ khi làm hồ sơ đất.");
        let page = town.sent(&[text]).await;
        assert_eq!(page.status, 422);
        page.has_text("Luật Tố cáo");
        assert_eq!(town.world.count("petitions").await, 0);
        assert_eq!(town.sent(&[text, ("da-hieu", "1")]).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn scripts_links_and_formulas_in_a_case_stay_text() {
    on_each_engine(async |engine| {
        let town = Town::new(engine).await;
        let hostile = "=HYPERLINK(\"http://x\") <script>alert(1)</script> đường hỏng";
        let sent = town.sent(&[("tom-tat", hostile), ("noi-dung", hostile)]).await;
        let at = sent.location.split('?').next().unwrap().to_owned();
        let page = town.anybody().get(&at).await;
        assert!(!page.body().contains("<script>alert"));
        let code = at.rsplit('/').next().unwrap();
        let id = town.id(code).await;
        town.world.assigned(id, COMMUNE).await;
        town.world.answered(id, COMMUNE, 1).await;
        let csv = town.anybody().get("/phan-anh.csv").await;
        csv.has_text("\"'=HYPERLINK(");
        let json: serde_json::Value =
            serde_json::from_str(town.anybody().get("/phan-anh.json").await.body()).unwrap();
        assert_eq!(json[0]["tom_tat"], hostile);
        let list = town.anybody().get("/phan-anh").await;
        assert!(!list.body().contains("<script>alert"));
    })
    .await;
}

#[tokio::test]
async fn a_place_is_found_by_its_name_with_and_without_marks_and_several_are_offered() {
    on_each_engine(async |engine| {
        let town = Town::new(engine).await;
        for place in ["Năm Căn, Cà Mau", "xã Năm Căn", "xa nam can ca mau", "UBND-32191"] {
            let sent = town.sent(&[("khoa", place), ("noi-xay-ra", place)]).await;
            assert_eq!(sent.status, 303, "{place}: {}", sent.body());
            town.anybody().get(&sent.location).await.has_text("Ủy ban nhân dân xã Năm Căn");
        }
        let several = town.sent(&[("khoa", "b"), ("noi-xay-ra", "Tân Tiến")]).await;
        assert_eq!(several.status, 422);
        several.has_text("Chọn đúng nơi trong danh sách");
    })
    .await;
}

/// The text of every element called `name`.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(it) => {
                inside = it.name().as_ref() == name;
                if inside {
                    found.push(String::new());
                }
            }
            quick_xml::events::Event::End(_) => inside = false,
            quick_xml::events::Event::Text(it) if inside => {
                found.last_mut().unwrap().push_str(&it);
            }
            quick_xml::events::Event::Eof => return found,
            _ => {}
        }
    }
}

#[tokio::test]
async fn feeds_and_map_data_tell_the_last_answer_in_the_form_that_readers_know() {
    on_each_engine(async |engine| {
        let town = Town::new(engine).await;
        let empty = town.anybody().get("/phan-anh.atom").await;
        assert!(texts(empty.body(), "entry").is_empty());
        let at = town.followed().await;
        let id = town.id(at.rsplit('/').next().unwrap()).await;
        town.world.assigned(id, COMMUNE).await;
        let case = town.world.answered(id, COMMUNE, 1).await;

        let atom = town.anybody().get("/phan-anh.atom").await;
        assert_eq!(texts(atom.body(), "title").len(), 2);
        let ids = texts(atom.body(), "id");
        assert!(ids[1].ends_with(&format!("/phan-anh/{}", case.number)), "{ids:?}");
        for day in texts(atom.body(), "updated") {
            chrono::DateTime::parse_from_rfc3339(&day).unwrap();
        }
        let json: serde_json::Value =
            serde_json::from_str(town.anybody().get("/phan-anh.feed.json").await.body()).unwrap();
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(json["items"][0]["url"], ids[1].as_str());
        let other: serde_json::Value = serde_json::from_str(
            town.anybody().get("/phan-anh.feed.json?linh-vuc=vien-thong").await.body(),
        )
        .unwrap();
        assert_eq!(other["items"].as_array().unwrap().len(), 0);

        let map: serde_json::Value =
            serde_json::from_str(town.anybody().get("/phan-anh.geojson").await.body()).unwrap();
        let feature = &map["features"][0];
        assert_eq!(
            (&map["type"], &feature["geometry"]["type"]),
            (&"FeatureCollection".into(), &"Point".into())
        );
        // Without the outline of the commune it is the middle of the province of Cà Mau.
        assert_eq!(feature["properties"]["vi_tri"], "giữa tỉnh");
        let lat = feature["geometry"]["coordinates"][1].as_f64().unwrap();
        assert!((8.4..10.0).contains(&lat), "{lat}");
    })
    .await;
}

#[tokio::test]
async fn answers_are_found_by_words_with_and_without_marks_and_by_the_place() {
    on_each_engine(async |engine| {
        let town = Town::new(engine).await;
        let at = town.followed().await;
        let id = town.id(at.rsplit('/').next().unwrap()).await;
        town.world.assigned(id, COMMUNE).await;
        town.world.answered(id, COMMUNE, 1).await;
        for typed in ["%C4%91%C3%A8n%20%C4%91%C6%B0%E1%BB%9Dng", "den+duong", "hong", "truong+hoc"]
        {
            let found = town.anybody().get(&format!("/phan-anh?tim={typed}")).await;
            found.has_text("1 kết quả sát nhất");
            found.has_text("Đèn đường trước trường học hỏng hai tháng");
        }
        let of_place = town.anybody().get("/phan-anh?tim=x%C3%A3%20N%C4%83m%20C%C4%83n").await;
        of_place.has_text("Câu hỏi ở xã Năm Căn, tỉnh Cà Mau");
        of_place.has_text("Đèn đường trước trường học hỏng hai tháng");
        let none = town.anybody().get("/phan-anh?tim=%3Cscript%3Ekh%C3%B4ng").await;
        none.has_text("Không tìm thấy câu trả lời nào");
        assert!(!none.body().contains("<script>không"));
    })
    .await;
}

#[tokio::test]
async fn a_signed_in_citizen_finds_the_form_filled_in_and_the_case_again_without_a_code() {
    on_each_engine(async |engine| {
        let db: Db = engine.db.clone();
        let world = World::new(&db).await;
        let system = ctx_of(Actor::system());
        let directory = DirectoryHandle::load(&system, &db).await.unwrap();
        let person = Arc::new(crate::own::citizen(&db, 1).await);
        let visitor = Visitor { is_offered: true, citizen: Some(person) };
        let routes = sauro_petitions::routes()
            .layer(Extension(directory))
            .layer(Extension(world.keys.clone()))
            .layer(Extension(visitor));
        let app = TestApp::new(engine, routes).await;
        let anybody = app.official(Actor::public());
        let form = anybody.get("/phan-anh/gui").await;
        form.has_text("Đã đăng nhập: Trần Thị Thử");
        assert!(form.body().contains(r#"value="0900000079""#));
        let fields = [
            ("khoa", "mot"),
            ("loai", "feedback"),
            ("tom-tat", "Đèn đường trước trường học hỏng hai tháng"),
            ("noi-dung", "Trước cổng trường, tối không thấy đường. Đã gọi hai lần."),
            ("noi-xay-ra", "xã Năm Căn, Cà Mau"),
            ("ho-ten", "Trần Thị Thử"),
            ("lien-lac", "0900 000 079"),
            ("dong-y", "1"),
        ];
        let sent = anybody.upload("/phan-anh/gui", &fields, None).await;
        let at = sent.location.split('?').next().unwrap().to_owned();
        let list = anybody.get("/cua-toi").await;
        list.has_text("Đèn đường trước trường học hỏng hai tháng");
        assert!(!list.body().contains(at.rsplit('/').next().unwrap()), "a code is shown");
        let (_, rest) = list.body().split_once(r#"href="/cua-toi/PA-"#).unwrap();
        let own = format!("/cua-toi/PA-{}", rest.split('"').next().unwrap());
        assert_eq!(anybody.get(&own).await.location, at);
        assert_eq!(anybody.post(&own, &[]).await.location, "/cua-toi");
        assert_eq!(anybody.get(&own).await.status, 404);
        assert_eq!(anybody.post("/cua-toi", &[("ma", "PA-22222-22222")]).await.status, 422);
        let code = at.rsplit('/').next().unwrap();
        assert_eq!(anybody.post("/cua-toi", &[("ma", code)]).await.location, "/cua-toi");
        assert_eq!(anybody.get(&own).await.location, at);
    })
    .await;
}
