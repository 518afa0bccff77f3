//! Open311 GeoReport v2, as the specification has it, in JSON and in XML.

use std::collections::BTreeSet;

use axum::Extension;
use quick_xml::Reader;
use quick_xml::events::Event;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Role};
use sauro_petitions::PetitionsError;
use sauro_petitions::actions;
use sauro_testkit::{Answer, Official, TestApp, ctx_of, on_each_engine};
use serde_json::Value;

use crate::world::{CENTRE, COMMUNE, World};

struct Port {
    app: TestApp,
    world: World,
    key: String,
}

impl Port {
    async fn new(engine: sauro_testkit::Engine) -> Self {
        let db = engine.db.clone();
        let world = World::new(&db).await;
        let directory = DirectoryHandle::load(&ctx_of(Actor::system()), &db).await.unwrap();
        let routes = sauro_petitions::routes()
            .layer(Extension(directory))
            .layer(Extension(world.keys.clone()));
        let (_, secret) =
            actions::make_key(&world.system(), &db, "Cổng mẫu của tỉnh").await.unwrap();
        let key = secret.tell().to_owned();
        Self { app: TestApp::new(engine, routes).await, world, key }
    }

    fn program(&self) -> Official<'_> {
        self.app.official(Actor::public())
    }

    async fn get(&self, path: &str) -> Answer {
        self.program().get(&format!("/open311/v2/{path}")).await
    }

    /// What is read as JSON.
    async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body());
        assert_eq!(answer.headers["content-type"], "application/json; charset=utf-8", "{path}");
        serde_json::from_slice(&answer.bytes).unwrap()
    }

    /// The names of the elements of what is read as XML, which must be well-formed.
    async fn xml(&self, path: &str, status: u16) -> Vec<String> {
        let answer = self.get(path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body());
        assert_eq!(answer.headers["content-type"], "text/xml; charset=utf-8", "{path}");
        elements(answer.body())
    }

    async fn send(&self, more: &[(&str, &str)]) -> Answer {
        let mut fields = vec![
            ("api_key", self.key.as_str()),
            ("service_code", "giao-thong"),
            ("description", "Cầu ấp 3 gãy ván. Xe máy qua lại nguy hiểm, gọi 0912 345 678."),
            ("address_string", "Cầu số 5, xã Năm Căn, Cà Mau"),
            ("first_name", "Mẫu"),
            ("last_name", "Người gửi"),
            ("phone", "0900000001"),
            ("attribute[cong-khai]", "1"),
        ];
        fields.retain(|it| more.iter().all(|one| one.0 != it.0));
        fields.extend(more.iter().filter(|it| !it.1.is_empty()));
        self.program().post("/open311/v2/requests.json", &fields).await
    }

    /// Sends one and answers it, so that it is public; its number.
    async fn answered(&self, title: &str) -> String {
        let sent = self.send(&[("description", title)]).await;
        assert_eq!(sent.status, 201, "{}", sent.body());
        let code = one(&sent)["service_request_id"].as_str().unwrap().to_owned();
        let (anybody, house) = (self.world.anybody(), self.world.house());
        let id = actions::follow(&anybody, &house, &code, "x").await.unwrap().case.id;
        self.world.assigned(id, COMMUNE).await;
        self.world.pass_hours(1);
        self.world.answered(id, COMMUNE, 1).await.number
    }
}

fn one(answer: &Answer) -> Value {
    let all: Value = serde_json::from_slice(&answer.bytes).unwrap();
    all[0].clone()
}

fn elements(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(it) | Event::Empty(it) => {
                names.push(it.name().as_ref().to_owned());
            }
            Event::Eof => return names,
            _ => {}
        }
    }
}

fn has(names: &[String], wanted: &[&str]) {
    for name in wanted {
        assert!(names.iter().any(|it| it == name), "no <{name}> in {names:?}");
    }
}

#[tokio::test]
async fn services_and_their_definitions_are_told_in_both_formats() {
    on_each_engine(async |engine| {
        let port = Port::new(engine).await;
        let found = port.json("discovery.json").await;
        assert!(found["endpoints"][0]["url"].as_str().unwrap().ends_with("/open311/v2"));
        assert_eq!(found["endpoints"][0]["formats"][1], "text/xml");
        let names = port.xml("discovery.xml", 200).await;
        assert_eq!(names[0], "discovery");
        has(&names, &["changeset", "contact", "key_service", "endpoints", "endpoint", "format"]);
        let services = port.json("services.json").await;
        let services = services.as_array().unwrap();
        assert!(services.len() >= 10);
        for it in services {
            for key in ["service_code", "service_name", "description", "type", "keywords", "group"]
            {
                assert!(it[key].is_string(), "{key} of {it}");
            }
            assert_eq!(it["metadata"], true);
            assert_eq!(it["type"], "realtime");
        }
        let names = port.xml("services.xml", 200).await;
        assert_eq!((names[0].as_str(), names[1].as_str()), ("services", "service"));
        has(&names, &["service_code", "service_name", "metadata", "keywords"]);
        let it = port.json("services/giao-thong.json").await;
        assert_eq!(it["service_code"], "giao-thong");
        assert_eq!(it["attributes"][0]["datatype"], "singlevaluelist");
        assert_eq!(it["attributes"][0]["values"][0]["key"], "1");
        let names = port.xml("services/giao-thong.xml", 200).await;
        assert_eq!(names[0], "service_definition");
        has(&names, &["attributes", "attribute", "values", "value", "key", "name", "order"]);
        let names = port.xml("services/khong-co.xml", 404).await;
        assert_eq!(names, ["errors", "error", "code", "description"]);
        assert_eq!(port.get("services/giao-thong.csv").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_program_with_a_key_sends_a_case_and_follows_it_until_it_is_answered() {
    on_each_engine(async |engine| {
        let port = Port::new(engine).await;
        let sent = port.send(&[]).await;
        assert_eq!(sent.status, 201, "{}", sent.body());
        let it = one(&sent);
        let code = it["service_request_id"].as_str().unwrap();
        assert!(it["service_notice"].as_str().unwrap().contains("PA-2026-"));
        let seen = port.json(&format!("requests/{code}.json")).await;
        assert_eq!(seen[0]["service_request_id"], code);
        assert_eq!(seen[0]["status"], "open");
        assert_eq!(seen[0]["service_code"], "giao-thong");
        assert_eq!(seen[0]["address_id"], COMMUNE);
        assert_eq!(seen[0]["expected_datetime"].as_str().unwrap().len(), 25);
        let token = port.json(&format!("tokens/{code}.json")).await;
        assert_eq!(token[0]["token"], code);
        has(&port.xml(&format!("tokens/{code}.xml"), 200).await, &["service_request_id", "token"]);
        // Nobody reads it by its number before it is answered.
        let (anybody, house) = (port.world.anybody(), port.world.house());
        let case = actions::follow(&anybody, &house, code, "x").await.unwrap().case;
        assert_eq!(case.channel.code(), "open311");
        assert_eq!(case.title, "Cầu ấp 3 gãy ván.");
        assert_eq!(port.get(&format!("requests/{}.json", case.number)).await.status, 404);
        assert_eq!(port.json("requests.json").await, Value::Array(Vec::new()));

        port.world.assigned(case.id, COMMUNE).await;
        port.world.answered(case.id, COMMUNE, 1).await;
        let all = port.json("requests.json?status=closed&service_code=giao-thong").await;
        assert_eq!(all[0]["service_request_id"], case.number.as_str());
        assert_eq!(all[0]["status"], "closed");
        assert!(all[0]["status_notes"].as_str().unwrap().contains("Đã giải quyết"));
        let text = all.to_string();
        for secret in ["0912", "0900000001", "Người gửi Mẫu", code, "Cầu số 5"] {
            assert!(!text.contains(secret), "{secret} is public");
        }
        let names = port.xml(&format!("requests/{}.xml", case.number), 200).await;
        assert_eq!((names[0].as_str(), names[1].as_str()), ("service_requests", "request"));
        has(
            &names,
            &[
                "service_request_id",
                "status",
                "status_notes",
                "service_name",
                "service_code",
                "description",
                "agency_responsible",
                "requested_datetime",
                "updated_datetime",
                "expected_datetime",
                "address",
                "address_id",
                "zipcode",
                "lat",
                "long",
                "media_url",
            ],
        );
        assert_eq!(port.json("requests.json?status=open").await, Value::Array(Vec::new()));
        let both =
            format!("requests.json?service_request_id={},{code},PA-2026-999999", case.number);
        assert_eq!(port.json(&both).await.as_array().unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn all_cases_are_read_page_by_page_while_new_ones_come() {
    on_each_engine(async |engine| {
        let port = Port::new(engine).await;
        let mut numbers = BTreeSet::new();
        for n in 0..7 {
            numbers.insert(port.answered(&format!("Đường liên ấp số {n} hư nặng lắm rồi")).await);
        }
        let mut path = "requests.json?page_size=3&service_code=giao-thong".to_owned();
        let mut seen = Vec::new();
        loop {
            let answer = port.get(&path).await;
            assert_eq!(answer.status, 200);
            let rows: Value = serde_json::from_slice(&answer.bytes).unwrap();
            let rows = rows.as_array().unwrap();
            assert!(rows.len() <= 3);
            seen.extend(
                rows.iter().map(|it| it["service_request_id"].as_str().unwrap().to_owned()),
            );
            port.answered("Một việc mới xảy ra trong lúc đang đọc").await;
            let Some(link) = answer.headers.get("link") else { break };
            let link = link.to_str().unwrap();
            assert!(link.ends_with("; rel=\"next\""), "{link}");
            let at = link.find("/open311/v2/").unwrap() + "/open311/v2/".len();
            path = link[at..link.find('>').unwrap()].to_owned();
        }
        let once: BTreeSet<String> = seen.iter().cloned().collect();
        assert_eq!(seen.len(), once.len(), "none twice");
        assert_eq!(once, numbers, "none missed, and none that came meanwhile");
        // From an instant to an instant, without a cap on how long ago.
        // All were sent at the hour at which the clock of the port stands.
        let n = async |query: &str| {
            let rows = port.json(&format!("requests.json?{query}")).await;
            rows.as_array().unwrap().len()
        };
        let all = n("").await;
        assert_eq!(all, 10);
        assert_eq!(n("start_date=2026-06-01T08:00:00%2B07:00").await, all);
        assert_eq!(n("start_date=2026-06-01T08:00:01%2B07:00").await, 0);
        assert_eq!(n("end_date=2026-06-01T01:00:00Z").await, all);
        assert_eq!(n("end_date=2026-06-01T00:59:59Z").await, 0);
        assert_eq!(port.json("requests.json?service_code=y-te").await, Value::Array(Vec::new()));
    })
    .await;
}

#[tokio::test]
async fn what_a_program_does_wrong_is_told_in_its_format_and_changes_nothing() {
    on_each_engine(async |engine| {
        let port = Port::new(engine).await;
        for (fields, status, words) in [
            (vec![("api_key", "")], 403, "api_key"),
            (vec![("api_key", "sauro_00")], 403, "thu hồi"),
            (vec![("service_code", "")], 400, "service_code"),
            (vec![("service_code", "khong-co")], 400, "service_code"),
            (vec![("description", "")], 400, "description"),
            (vec![("description", "🙂🙂🙂🙂")], 400, "description"),
            (vec![("phone", "123")], 400, "email, phone"),
            (vec![("lat", "abc")], 400, "lat"),
            (vec![("long", "181")], 400, "long"),
            (vec![("lat", "NaN")], 400, "lat"),
            (vec![("address_id", "UBND-0")], 400, "address_id"),
            (vec![("address_string", "Tân Thành")], 400, "address_id"),
            (
                vec![
                    ("first_name", ""),
                    ("last_name", ""),
                    ("phone", ""),
                    ("service_code", "y-te"),
                ],
                400,
                "name",
            ),
        ] {
            let answer = port.send(&fields).await;
            assert_eq!(answer.status, status, "{fields:?}: {}", answer.body());
            assert_eq!(one(&answer)["code"], status, "{fields:?}");
            assert!(
                one(&answer)["description"].as_str().unwrap().contains(words),
                "{}",
                answer.body()
            );
        }
        let xml = port.program().post("/open311/v2/requests.xml", &[("api_key", "x")]).await;
        assert_eq!(xml.status, 403);
        assert_eq!(elements(xml.body()), ["errors", "error", "code", "description"]);
        for path in [
            "requests.json?page_size=0",
            "requests.json?page_size=201",
            "requests.json?cursor=x-y",
            "requests.json?status=done",
            "requests.json?start_date=2026-01-01",
        ] {
            let answer = port.get(path).await;
            assert_eq!(answer.status, 400, "{path}");
            assert_eq!(one(&answer)["code"], 400);
        }
        assert_eq!(port.get("requests/PA-00000-00000.json").await.status, 404);
        assert_eq!(port.get("requests/x.csv").await.status, 404);
        let many = format!("requests.json?service_request_id={}", ["PA-2026-000001"; 51].join(","));
        assert_eq!(port.get(&many).await.status, 400);
        let officer = port.world.ctx(Role::Officer, COMMUNE);
        assert_eq!(actions::queue(&officer, &port.world.house()).await.unwrap().groups, []);
        // Signs that XML cannot hold, and those that mean something to it.
        let number =
            port.answered("Rác <b>đổ</b> & cháy \u{1}ở bờ kênh ]]> từ \u{fffe}tuần trước").await;
        let names = port.xml(&format!("requests/{number}.xml"), 200).await;
        assert!(!names.contains(&"b".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_key_is_made_by_whoever_keeps_accounts_told_once_and_revoked_at_once() {
    on_each_engine(async |engine| {
        let port = Port::new(engine).await;
        let db = &port.world.db;
        // Only whoever keeps the accounts of all the nation makes one.
        for (role, code) in [(Role::Officer, COMMUNE), (Role::StandingAgency, CENTRE)] {
            let denied = actions::make_key(&port.world.ctx(role, code), db, "Của tôi").await;
            assert!(matches!(denied, Err(PetitionsError::Denied(_))), "{code}");
        }
        let local = port.world.ctx(Role::Administrator, COMMUNE);
        let far = actions::make_key(&local, db, "Của tôi").await;
        assert!(matches!(far, Err(PetitionsError::NotFound(_))));
        let unnamed = actions::make_key(&port.world.system(), db, "  ").await;
        assert!(matches!(unnamed, Err(PetitionsError::Invalid(_))));
        let keys = actions::keys(&port.world.system(), db).await.unwrap();
        assert_eq!(keys.len(), 1);
        assert!(!format!("{keys:?}").contains(&port.key));
        assert_eq!(port.send(&[]).await.status, 201);
        actions::revoke_key(&port.world.system(), db, keys[0].id).await.unwrap();
        assert_eq!(port.send(&[]).await.status, 403);
        let again = actions::revoke_key(&port.world.system(), db, keys[0].id).await;
        assert!(matches!(again, Err(PetitionsError::NotFound(_))));
        let log = port.world.journal().await;
        assert!(log.contains("IntakeKeyMade") && log.contains("IntakeKeyRevoked"));
        assert!(!log.contains(&port.key));
    })
    .await;
}

#[tokio::test]
async fn pictures_come_with_a_request_and_lose_where_they_were_taken() {
    on_each_engine(async |engine| {
        let port = Port::new(engine).await;
        let fields = [
            ("api_key", port.key.as_str()),
            ("service_code", "giao-thong"),
            ("description", "Ván cầu ấp 3 gãy. Xe máy qua lại nguy hiểm."),
            ("address_string", "Cầu số 5, xã Năm Căn, Cà Mau"),
            ("first_name", "Mẫu"),
            ("phone", "0900000001"),
        ];
        let at = "/open311/v2/requests.json";
        let photo = crate::pictures::photo();
        let sent = port.program().upload(at, &fields, Some(("media", "cau.png", &photo))).await;
        assert_eq!(sent.status, 201, "{}", sent.body());
        let told: Value = serde_json::from_slice(&sent.bytes).unwrap();
        let code = told[0]["service_request_id"].as_str().unwrap();
        let (ctx, house) = (port.world.anybody(), port.world.house());
        let seen = actions::follow(&ctx, &house, code, "x").await.unwrap();
        assert_eq!((seen.files.len(), seen.files[0].mime.as_str()), (1, "image/png"));
        // What is no picture and no paper is refused by name, and no case comes of it.
        let program = Some(("media", "a.png", b"MZ\x90\0".as_slice()));
        let refused = port.program().upload(at, &fields, program).await;
        assert_eq!(refused.status, 400);
        refused.has_text("media: ");
        assert_eq!(port.world.count("petitions").await, 1);
    })
    .await;
}
