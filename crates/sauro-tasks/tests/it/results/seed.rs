//! Made-up tasks of every kind, the same for the same seed.

use chrono::{Days, NaiveDate};
use sauro_kernel::{AgencyId, AgencyPath, cut_off};
use sauro_store::{Conn, Db, run};
use uuid::Uuid;

/// Who may lead a seeded task.
#[derive(Clone)]
pub struct Lead {
    pub id: AgencyId,
    pub path: AgencyPath,
}

/// A small generator, so that the same tasks come every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

pub const PUBLIC: [(&str, &str); 2] = [
    ("du-lieu-dung-chung", "Chương trình dữ liệu dùng chung"),
    ("ha-tang-so", "Chương trình hạ tầng số nông thôn"),
];
pub const HIDDEN: (&str, &str) = ("noi-bo", "Chương trình nội bộ kín");

const STAGES: [&str; 8] =
    ["issued", "in_progress", "reported", "returned", "verified", "in_use", "paused", "cancelled"];

/// `n` tasks led by `leads`, with deadlines around `today`.
pub async fn tasks(db: &Db, leads: &[Lead], n: u64, today: NaiveDate, dice: &mut Dice) {
    let mut conn = db.write().await.unwrap();
    for (at, (code, name)) in PUBLIC.into_iter().chain([HIDDEN]).enumerate() {
        programme(&mut conn, at as u64 + 1, code, name, code != HIDDEN.0, &leads[0]).await;
    }
    conn.commit().await.unwrap();
    for start in (0..n).step_by(500) {
        let mut conn = db.write().await.unwrap();
        for at in start..n.min(start + 500) {
            let lead = &leads[dice.roll(leads.len() as u64) as usize];
            task(&mut conn, at + 1, lead, &leads[0], today, dice).await;
        }
        conn.commit().await.unwrap();
    }
}

async fn programme(conn: &mut Conn, n: u64, code: &str, name: &str, is_public: bool, owner: &Lead) {
    const SQL: &str = "
        INSERT INTO programmes (id, code, name, name_fold, name_sort, basis, owner_agency_id,
            owner_path, is_public, opened_at, version)
        VALUES ($1, $2, $3, $2, $4, 'Kế hoạch giả định', $5, $6, $7, 0, 1)";
    run!(conn, c => sqlx::query(SQL)
        .bind(Uuid::from_u64_pair(20, n))
        .bind(code)
        .bind(name)
        .bind(name.as_bytes().to_vec())
        .bind(owner.id.0)
        .bind(owner.path.as_str())
        .bind(is_public)
        .execute(c)
        .await
        .map(drop))
    .unwrap();
}

async fn task(
    conn: &mut Conn,
    n: u64,
    lead: &Lead,
    issuer: &Lead,
    today: NaiveDate,
    dice: &mut Dice,
) {
    const SQL: &str = "
        INSERT INTO tasks (id, code, programme_id, issuer_agency_id, issuer_path, lead_agency_id,
            lead_path, work, work_fold, deadline_kind, deadline_text, due_on, recurs, accountable,
            authority_agency_id, authority_path, strength, is_public, stage, self_rating,
            reported_at, verified_at, in_use_at, last_report_at, issued_at, issued_by_post_id,
            changed_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'x', 'date', 'trong quý này', $9, $10,
            'Lãnh đạo phụ trách', $4, $5, 'binding', $11, $12, $13, $14, $15, $16, $14, $17, $18,
            $17, 1)";
    let due_on = today + Days::new(dice.roll(160)) - Days::new(100);
    let stage = STAGES[[0, 1, 1, 2, 2, 3, 4, 4, 4, 5, 5, 5, 6, 7][dice.roll(14) as usize]];
    let cut = cut_off(due_on).timestamp_micros();
    let shift = [-86_400_000_000, -1, 0, 1, 40 * 86_400_000_000][dice.roll(5) as usize];
    let has_reported = matches!(stage, "reported" | "verified" | "in_use") || dice.roll(6) == 0;
    let reported_at = has_reported.then_some(cut + shift);
    let rating = ["", "done", "on_track", "on_track", "at_risk"][dice.roll(5) as usize];
    let id = Uuid::from_u64_pair(21, n);
    let is_public = dice.roll(5) > 0;
    let verified_at = matches!(stage, "verified" | "in_use").then_some(cut + 86_400_000_000);
    let work = if is_public {
        format!("{} số {n}", WORKS[dice.roll(WORKS.len() as u64) as usize])
    } else {
        format!("Việc KHÔNG CÔNG KHAI số {n}")
    };
    run!(conn, c => sqlx::query(SQL)
        .bind(id)
        .bind(format!("NV-2026-{n:06}"))
        .bind(Uuid::from_u64_pair(20, [1, 1, 2, 3][dice.roll(4) as usize]))
        .bind(issuer.id.0)
        .bind(issuer.path.as_str())
        .bind(lead.id.0)
        .bind(lead.path.as_str())
        .bind(work)
        .bind(due_on)
        .bind(if dice.roll(9) == 0 { "FREQ=MONTHLY" } else { "" })
        .bind(is_public)
        .bind(stage)
        .bind(rating)
        .bind(reported_at)
        .bind(verified_at)
        .bind((stage == "in_use").then_some(cut + 2 * 86_400_000_000))
        .bind(cut - 90 * 86_400_000_000)
        .bind(Uuid::from_u64_pair(2, 9))
        .execute(c)
        .await
        .map(drop))
    .unwrap();
    deliverables(conn, n, id, stage, dice).await;
}

async fn deliverables(conn: &mut Conn, n: u64, task: Uuid, stage: &str, dice: &mut Dice) {
    const SQL: &str = "
        INSERT INTO deliverables (id, task_id, ordinal, name, measure, stage, version)
        VALUES ($1, $2, $3, $4, $5, $6, 1)";
    let stage = match stage {
        "issued" | "paused" | "cancelled" => "assigned",
        "in_progress" => "doing",
        "verified" => "accepted",
        other => other,
    };
    for ordinal in 1..=1 + dice.roll(3) {
        run!(conn, c => sqlx::query(SQL)
            .bind(Uuid::from_u64_pair(22, n * 10 + ordinal))
            .bind(task)
            .bind(ordinal as i64)
            .bind(format!("Sản phẩm {ordinal} của việc {n}"))
            .bind("1 văn bản")
            .bind(stage)
            .execute(c)
            .await
            .map(drop))
        .unwrap();
    }
}

const WORKS: [&str; 6] = [
    "Kết nối cơ sở dữ liệu đất đai với nền tảng dùng chung",
    "Phủ sóng di động các thôn đã có điện",
    "Cấp phép xây dựng trực tuyến toàn trình",
    "Chuẩn hóa dữ liệu hộ tịch điện tử",
    "Ban hành bộ mã định danh dùng chung",
    "Bố trí điểm truy cập công cộng tại nhà văn hóa",
];

/// Adds a report that was sent and a draft, each with evidence, and a decision, on task `n`.
pub async fn work_on(db: &Db, n: u64, by: AgencyId, at: i64) {
    let mut conn = db.write().await.unwrap();
    let task = Uuid::from_u64_pair(21, n);
    let report = "
        INSERT INTO reports (id, task_id, agency_id, state, results, difficulties, proposals,
            self_rating, drafted_by_post_id, changed_by_post_id, changed_at, sent_at, reason, version)
        VALUES ($1, $2, $3, $4, 'NỘI DUNG RIÊNG', '', '', 'done', $1, $1, $5, $6, '', 1)";
    let evidence = "
        INSERT INTO evidence (id, task_id, report_id, kind, label, file_hash, mime, n_bytes,
            added_by_post_id, added_at)
        VALUES ($1, $2, $3, 'file', $4, $5, 'application/pdf', 217000, $1, $6)";
    let pieces = [
        (1_u64, "sent", Some(at), "Bien-ban-ban-giao.pdf"),
        (2, "draft", None, "BAN-NHAP-RIENG.pdf"),
    ];
    for (k, state, sent_at, label) in pieces {
        let id = Uuid::from_u64_pair(23, n * 10 + k);
        run!(conn, c => sqlx::query(report)
            .bind(id).bind(task).bind(by.0).bind(state).bind(at).bind(sent_at)
            .execute(c).await.map(drop))
        .unwrap();
        run!(conn, c => sqlx::query(evidence)
            .bind(Uuid::from_u64_pair(24, n * 10 + k)).bind(task).bind(id).bind(label)
            .bind([0xa9_u8; 32].to_vec()).bind(at)
            .execute(c).await.map(drop))
        .unwrap();
    }
    let decision = "
        INSERT INTO verifications (id, task_id, deliverable_id, decision, checked, reason,
            decided_by_post_id, decided_by_agency_id, decided_at)
        VALUES ($1, $2, $3, 'accepted', 'Mở thử hệ thống, đối chiếu 5 hồ sơ', '', $1, $4, $5)";
    run!(conn, c => sqlx::query(decision)
        .bind(Uuid::from_u64_pair(25, n)).bind(task).bind(Uuid::from_u64_pair(22, n * 10 + 1))
        .bind(by.0).bind(at + 3_600_000_000)
        .execute(c).await.map(drop))
    .unwrap();
    conn.commit().await.unwrap();
}
