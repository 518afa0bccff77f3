//! Cases from programs in JSON.

use axum::Extension;
use axum::http::{HeaderName, HeaderValue};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Role};
use sauro_petitions::actions;
use sauro_testkit::{Answer, TestApp, ctx_of, on_each_engine};
use serde_json::{Value, json};

use crate::world::{COMMUNE, World};

struct Gate {
    app: TestApp,
    world: World,
    bearer: String,
}

impl Gate {
    async fn new(engine: sauro_testkit::Engine) -> Self {
        let db = engine.db.clone();
        let world = World::new(&db).await;
        let directory = DirectoryHandle::load(&ctx_of(Actor::system()), &db).await.unwrap();
        let routes = sauro_petitions::routes()
            .layer(Extension(directory))
            .layer(Extension(world.keys.clone()));
        let (_, secret) = actions::make_key(&world.system(), &db, "Tổng đài mẫu").await.unwrap();
        let bearer = format!("Bearer {}", secret.tell());
        Self { app: TestApp::new(engine, routes).await, world, bearer }
    }

    async fn send(&self, bearer: &str, again: &str, body: &Value) -> Answer {
        let heads = [
            (HeaderName::from_static("authorization"), HeaderValue::from_str(bearer).unwrap()),
            (HeaderName::from_static("idempotency-key"), HeaderValue::from_str(again).unwrap()),
        ];
        let body = body.to_string();
        let program = self.app.official(Actor::public());
        program.send_with(&heads, "/api/v1/phan-anh", "application/json", body.as_bytes()).await
    }
}

fn letter() -> Value {
    json!({
        "title": "Ván cầu ấp 3 gãy",
        "description": "Từ tuần trước, xe máy qua lại nguy hiểm.",
        "service_code": "giao-thong",
        "address": "Cầu số 5, xã Năm Căn, Cà Mau",
        "name": "Người gửi mẫu",
        "phone": "0900000001",
        "may_contact": true,
    })
}

fn read(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap()
}

#[tokio::test]
async fn a_program_sends_a_case_in_json_once_and_follows_it_by_its_code() {
    on_each_engine(async |engine| {
        let gate = Gate::new(engine).await;
        let sent = gate.send(&gate.bearer, "mot", &letter()).await;
        assert_eq!(sent.status, 201, "{}", sent.body());
        let receipt = read(&sent);
        assert_eq!(receipt["agency"], "Ủy ban nhân dân xã Năm Căn");
        for _ in 0..3 {
            assert_eq!(read(&gate.send(&gate.bearer, "mot", &letter()).await), receipt);
        }
        let code = receipt["code"].as_str().unwrap();
        let at = format!("/api/v1/phan-anh/{code}");
        let seen = read(&gate.app.official(Actor::public()).get(&at).await);
        assert_eq!(seen["number"], receipt["number"]);
        assert_eq!((seen["state"].as_str(), seen["is_open"].as_bool()), (Some("sent"), Some(true)));
        assert_eq!(seen["answer"], Value::Null);
        let (anybody, house) = (gate.world.anybody(), gate.world.house());
        let case = actions::follow(&anybody, &house, code, "x").await.unwrap().case;
        assert_eq!(case.channel.code(), "api");
        gate.world.assigned(case.id, COMMUNE).await;
        gate.world.answered(case.id, COMMUNE, 1).await;
        let seen = read(&gate.app.official(Actor::public()).get(&at).await);
        assert_eq!(
            (seen["closing"].as_str(), seen["is_open"].as_bool()),
            (Some("solved"), Some(false))
        );
        assert!(seen["answer"].as_str().unwrap().contains("bản giấy"));
    })
    .await;
}

#[tokio::test]
async fn what_a_program_sends_wrong_in_json_is_named_and_changes_nothing() {
    on_each_engine(async |engine| {
        let gate = Gate::new(engine).await;
        for bearer in ["Bearer sauro_00", "x", ""] {
            assert_eq!(gate.send(bearer, "a", &letter()).await.status, 401, "{bearer}");
        }
        for (field, value, status, named) in [
            ("title", json!(""), 422, "title"),
            ("description", json!("🙂"), 422, "description"),
            ("service_code", json!("khong-co"), 422, "service_code"),
            ("address", json!("Tân Thành"), 422, "address"),
            ("phone", json!("12"), 422, "phone, email"),
            ("may_contact", json!(false), 422, "may_contact"),
            ("kind", json!("other"), 422, "kind"),
            ("title", json!(5), 400, "body"),
            ("khong-co-truong-nay", json!(1), 400, "body"),
        ] {
            let mut body = letter();
            body[field] = value;
            let answer = gate.send(&gate.bearer, "b", &body).await;
            assert_eq!(answer.status, status, "{field}: {}", answer.body());
            assert_eq!(read(&answer)["errors"][0]["field"], named, "{}", answer.body());
            assert!(read(&answer)["errors"][0]["message"].as_str().unwrap().len() > 10);
        }
        let guess = gate.app.official(Actor::public()).get("/api/v1/phan-anh/PA-00000-00000").await;
        assert_eq!(guess.status, 404);
        let officer = gate.world.ctx(Role::Officer, COMMUNE);
        assert_eq!(actions::queue(&officer, &gate.world.house()).await.unwrap().groups, []);
    })
    .await;
}

/// A form with a file, as programs send it.
fn form(fields: &[(&str, &str)], file: (&str, &[u8])) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--e\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = format!(
        "--e\r\nContent-Disposition: form-data; name=\"media\"; filename=\"{}\"\r\n\r\n",
        file.0
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file.1);
    body.extend_from_slice(b"\r\n--e--\r\n");
    body
}

#[tokio::test]
async fn a_program_sends_pictures_with_a_case_under_the_checks_of_the_form() {
    on_each_engine(async |engine| {
        let gate = Gate::new(engine).await;
        let photo = crate::pictures::photo();
        let send = async |bearer: &str, body: Vec<u8>| {
            let heads = [
                (HeaderName::from_static("authorization"), HeaderValue::from_str(bearer).unwrap()),
                (HeaderName::from_static("idempotency-key"), HeaderValue::from_static("anh")),
            ];
            let program = gate.app.official(Actor::public());
            let kind = "multipart/form-data; boundary=e";
            program.send_with(&heads, "/api/v1/phan-anh", kind, &body).await
        };
        let mut fields = vec![
            ("title", "Ván cầu ấp 3 gãy"),
            ("description", "Từ tuần trước, xe máy qua lại nguy hiểm."),
            ("address", "Cầu số 5, xã Năm Căn, Cà Mau"),
            ("name", "Người gửi mẫu"),
            ("phone", "0900000001"),
            ("may_contact", "true"),
        ];
        let whole = form(&fields, ("cau.png", &photo));
        assert_eq!(send("Bearer x", whole.clone()).await.status, 401);
        let cut = whole[..whole.len() / 2].to_vec();
        assert_eq!(send(&gate.bearer, cut).await.status, 422);
        let hostile = send(&gate.bearer, form(&fields, ("a.png", b"MZ\x90\0\x03"))).await;
        assert_eq!(hostile.status, 422, "{}", hostile.body());
        assert_eq!(read(&hostile)["errors"][0]["field"], "media");
        assert_eq!(gate.world.count("petitions").await, 0);
        let sent = send(&gate.bearer, whole.clone()).await;
        assert_eq!(sent.status, 201, "{}", sent.body());
        assert_eq!(
            read(&send(&gate.bearer, whole).await),
            read(&sent),
            "sent again it is the same"
        );
        let told = read(&sent);
        let code = told["code"].as_str().unwrap();
        let (ctx, house) = (gate.world.anybody(), gate.world.house());
        let seen = actions::follow(&ctx, &house, code, "x").await.unwrap();
        assert_eq!((seen.files.len(), seen.files[0].name.as_str()), (1, "cau.png"));
        fields.push(("khong-co", "1"));
        let unknown = send(&gate.bearer, form(&fields, ("cau.png", &photo))).await;
        assert_eq!(unknown.status, 400);
        unknown.has_text("khong-co");
    })
    .await;
}
