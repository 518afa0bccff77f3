//! Figures that another program sends.

use sauro_kernel::Role;
use sauro_testkit::{Answer, Official, on_each_engine};

use crate::forms::open;

async fn send(official: &Official<'_>, kind: &str, body: &str) -> Answer {
    official.send_body("/api/v1/figures", kind, body.as_bytes()).await
}

#[tokio::test]
async fn figures_come_in_by_one_call_and_the_same_again_changes_nothing() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let leader = app.official(world.person(Role::Leader, "UBND-32191"));
        let body = r#"[
            {"indicator":"THON","unit_code":"UBND-32191","period":"2026-05","value":2,"source":"Sổ"},
            {"indicator":"SONG","unit_code":"UBND-32191","period":"2026-05","value":"39.52","source":"Sổ"},
            {"indicator":"DAT","unit_code":"UBND-32191","period":"2026-05","numerator":1,"denominator":3,"source":"Sổ"}
        ]"#;
        let first = send(&leader, "application/json; charset=utf-8", body).await;
        assert_eq!((first.status, first.body()), (201, r#"{"blank":0,"known":0,"new":3}"#));
        let again = send(&leader, "application/json", body).await;
        assert_eq!((again.status, again.body()), (201, r#"{"blank":0,"known":3,"new":0}"#));
        let csv = "indicator,unit_code,period,value,source\nXONG,UBND-32191,2026-05,7,Sổ\n";
        assert_eq!(send(&leader, "text/csv", csv).await.status, 201);
        assert_eq!(world.count("observations").await, 4);
    })
    .await;
}

#[tokio::test]
async fn of_a_call_with_a_fault_nothing_comes_in_and_every_fault_is_named() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let leader = app.official(world.person(Role::Leader, "UBND-32191"));
        let right = r#"{"indicator":"THON","unit_code":"UBND-32191","period":"2026-05","value":2,"source":"Sổ"}"#;
        for (kind, body, status, words) in [
            ("application/json", "{", 400, "không phải JSON"),
            ("application/json", "[]", 422, "ít nhất một"),
            ("application/json", "[7]", 422, "đối tượng JSON"),
            ("application/json", r#"[{"indicator":["THON"]}]"#, 422, "chuỗi hoặc số"),
            ("application/json", r#"[{"chi_so":"THON"}]"#, 422, "Không có trường này"),
            ("application/pdf", "%PDF", 415, "application/json"),
            ("application/xml", "<adx", 400, "error"),
            ("text/csv", "", 400, "error"),
        ] {
            let answer = send(&leader, kind, body).await;
            assert_eq!(answer.status, status, "{kind} {body}: {}", answer.body());
            assert!(answer.body().contains(words), "{kind} {body}: {}", answer.body());
        }
        for (field, value) in [
            ("value", "1e308"),
            ("value", "\"NaN\""),
            ("period", "\"2099-01\""),
            ("unit_code", "\"UBND-01\""),
            ("indicator", "\"CHUA-CO\""),
        ] {
            let mut wrong: serde_json::Value = serde_json::from_str(right).unwrap();
            wrong[field] = serde_json::from_str(value).unwrap();
            let body = format!("[{right},{wrong}]");
            let answer = send(&leader, "application/json", &body).await;
            assert_eq!(answer.status, 422, "{field} {value}: {}", answer.body());
            let said: serde_json::Value = serde_json::from_str(answer.body()).unwrap();
            let fault = &said["error"]["faults"][0];
            assert_eq!((&fault["row"], &fault["field"]), (&2.into(), &field.into()), "{said}");
        }
        let keys: Vec<String> = (0..5_000).map(|n| format!("\"k{n}\":1")).collect();
        let answer = send(&leader, "application/json", &format!("[{{{}}}]", keys.join(","))).await;
        let said: serde_json::Value = serde_json::from_str(answer.body()).unwrap();
        assert_eq!(said["error"]["faults"].as_array().unwrap().len(), 200, "not all of nonsense");
        let endless = format!("[{}0]", "0,".repeat(5_000_000));
        assert_eq!(send(&leader, "application/json", &endless).await.status, 413);
        let administrator = app.official(world.person(Role::Administrator, "UBND-32191"));
        assert_eq!(send(&administrator, "application/json", "[7]").await.status, 403);
        assert_eq!(world.count("observations").await, 0);
    })
    .await;
}
