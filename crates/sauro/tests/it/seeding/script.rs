//! One story, told twice: by people's actions, and by lives that are written at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, Clock, Role, WorkingCalendar};
use sauro_tasks::jobs::past::By;
use sauro_tasks::model::{Claim, Deliverable, ReportFields, ReportItem, SelfRating};
use sauro_testkit::day;

pub(super) const PROVINCE: &str = "UBND-96";
pub(super) const COMMUNE: &str = "UBND-32191";
pub(super) const NEIGHBOUR: &str = "UBND-31957";
pub(super) const CENTRE: &str = "TTBCĐ57";
pub(super) const PROGRAMME: &str = "mot-chuyen";
pub(super) const WORK: &str = "Bố trí điểm hỗ trợ người dân";
pub(super) const PART: &str = "Cử người trực điểm hỗ trợ";
pub(super) const PRODUCTS: [&str; 2] = ["01 điểm hoạt động", "01 sổ theo dõi"];
pub(super) const HEAD: &str = "Phó Chủ tịch Ủy ban nhân dân";
pub(super) const TABLE: &[u8] = b"To,Ket qua\n1,12\n2,30\n";
pub(super) const FILE: &str = "bang-ket-qua.csv";
pub(super) const NUMBERS: [&str; 2] = ["12/BC-UBND", "13/BC-UBND"];
pub(super) const CHECKED: &str = "Đã gọi thử và đối chiếu sổ.";
pub(super) const REASON: &str = "Còn thiếu số liệu của hai thôn.";
pub(super) const QUESTION: &str = "Vì sao chưa có sản phẩm?";
pub(super) const ANSWER: &str = "Thiếu người, đã bổ sung.";

/// A clock that the story sets.
#[derive(Default)]
pub(super) struct StoryClock(AtomicI64);

impl StoryClock {
    pub(super) fn set(&self, at: i64) {
        self.0.store(at, Ordering::Relaxed);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

/// 10:00 in Ha Noi on `date`, and `minutes` more.
pub(super) fn at(date: &str, minutes: i64) -> i64 {
    let at = DateTime::parse_from_rfc3339(&format!("{date}T10:00:00+07:00")).unwrap();
    at.timestamp_micros() + minutes * 60_000_000
}

pub(super) fn due_on() -> NaiveDate {
    day("2026-06-30")
}

pub(super) fn calendar() -> WorkingCalendar {
    WorkingCalendar::default()
}

/// Somebody with `role` in `agency`, without an account.
pub(super) fn by(directory: &Arc<Directory>, role: Role, agency: &str, at: i64) -> By {
    let agency = directory.by_code(agency).unwrap();
    let seat = AgencyId::of_code(&format!("{}/{}", agency.code, role.code()));
    By { post: sauro_kernel::PostId(seat.0), agency: agency.id, at }
}

pub(super) fn fields(
    results: &str,
    rating: SelfRating,
    claim: Claim,
    deliverables: &[Deliverable],
) -> ReportFields {
    ReportFields {
        results: results.to_owned(),
        difficulties: "Đường truyền yếu.".to_owned(),
        proposals: String::new(),
        self_rating: Some(rating),
        items: deliverables
            .iter()
            .map(|it| ReportItem { deliverable: it.id, claim, note: String::new() })
            .collect(),
    }
}
