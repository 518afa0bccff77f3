//! The pages beside a count by hand.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use chrono::NaiveDate;
use sauro_tasks::model::Standing;
use serde_json::Value;
use tower::ServiceExt;

use super::country::{Country, LAST_DAY};
use super::known::{Known, Sums};

impl Country {
    /// Every figure of the nation, of the programme and of every province, and of some communes.
    pub(super) async fn check(&self, when: &str) {
        while self.board.follow(&self.db).await.unwrap() > 0 {}
        let now = self.now();
        let nation = self.get("/ket-qua.json").await;
        let all = Sums::of(&self.known, now);
        same(&nation["figures"], all, &format!("{when}: the nation"));
        let programme = self.get("/ket-qua/chuong-trinh/nq57.json").await;
        same(&programme["figures"], all, &format!("{when}: the programme"));
        let provinces = nation["provinces"].as_array().unwrap();
        assert_eq!(provinces.len(), 34);
        for it in provinces {
            let code = it["code"].as_str().unwrap();
            let here = self.known.iter().filter(|known| known.province == code);
            same(&it["figures"], Sums::of(here, now), &format!("{when}: province {code}"));
        }
        for known in self.known.iter().step_by(131) {
            let agency = self.world.directory.agency(known.lead).unwrap();
            let page = self.get(&format!("/ket-qua/co-quan/{}.json", agency.code)).await;
            // The page of a province's committee counts what its communes do as well.
            let below = |it: &&Known| agency.path.covers(&it.lead_path);
            let sums = Sums::of(self.known.iter().filter(below), now);
            same(&page["figures"], sums, &format!("{when}: {}", agency.code));
        }
    }

    /// Keeps the figures at the end of `day`.
    pub(super) async fn note(&mut self, day: NaiveDate) {
        let sums = Sums::of(&self.known, self.now());
        self.noted.insert(day, sums);
    }

    /// The page of each past day says what was counted on that day.
    pub(super) async fn check_the_past(&self) {
        assert!(self.noted.len() > 30);
        for (day, sums) in self.noted.iter().filter(|(day, _)| **day < LAST_DAY) {
            let page = self.get(&format!("/ket-qua.json?ngay={day}")).await;
            same(&page["figures"], *sums, &format!("as of {day}"));
        }
    }

    /// The lists hold exactly the tasks that were counted.
    pub(super) async fn check_lists(&self) {
        let sums = Sums::of(&self.known, self.now());
        for (standing, expected) in [
            (Standing::Overdue, sums.open_overdue),
            (Standing::DueSoon, sums.due_soon),
            (Standing::DoneOnTime, sums.on_time),
            (Standing::DoneLate, sums.done_late),
            (Standing::NotAssessable, sums.not_assessable),
            (Standing::Doubted, sums.doubted),
        ] {
            let mut next = String::new();
            let mut n = 0;
            loop {
                let code = standing.code();
                let page =
                    self.get(&format!("/ket-qua/danh-sach.json?trang-thai={code}{next}")).await;
                n += page["tasks"].as_array().unwrap().len();
                let Some(after) = page["next"].as_str() else { break };
                next = format!("&sau={}", after.replace('/', "%2F"));
            }
            assert_eq!(i64::try_from(n).unwrap(), expected, "the list of {standing:?}");
        }
    }

    pub(super) async fn get(&self, path: &str) -> Value {
        let path = path.replace('Đ', "%C4%90");
        let request = Request::get(&path).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert!(response.status().is_success(), "{path}: {}", response.status());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }
}

#[track_caller]
fn same(figures: &Value, sums: Sums, what: &str) {
    for (name, expected) in [
        ("dated", sums.dated),
        ("reported", sums.reported),
        ("on_time", sums.on_time),
        ("verified", sums.verified),
        ("in_use", sums.in_use),
        ("done_late", sums.done_late),
        ("open_in_time", sums.open_in_time),
        ("open_overdue", sums.open_overdue),
        ("due_soon", sums.due_soon),
        ("not_assessable", sums.not_assessable),
        ("doubted", sums.doubted),
    ] {
        assert_eq!(figures[name], expected, "{what}: {name}");
    }
}
