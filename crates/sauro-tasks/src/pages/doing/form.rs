use sauro_ui::{Choice, Faults};

use super::upload::Sent;
use crate::actions::{ReportView, Reuse, Shown};
use crate::error::Fault;
use crate::model::{
    Claim, Deliverable, DeliverableStage, EvidenceKind, ReportFields, ReportItem, SelfRating,
};

/// The fields of a report form as sent.
pub(super) fn report_fields(sent: &Sent, deliverables: &[Deliverable]) -> ReportFields {
    let item = |it: &Deliverable| {
        let claim = Claim::of_code(sent.text(&format!("sp-{}", it.ordinal)))?;
        let note = sent.text(&format!("ghi-chu-{}", it.ordinal)).to_owned();
        Some(ReportItem { deliverable: it.id, claim, note })
    };
    ReportFields {
        results: sent.text("ket-qua").to_owned(),
        difficulties: sent.text("kho-khan").to_owned(),
        proposals: sent.text("de-xuat").to_owned(),
        self_rating: SelfRating::of_code(sent.text("tu-danh-gia")),
        items: deliverables.iter().filter_map(item).collect(),
    }
}

/// What the form shows of one deliverable.
pub(super) struct Product {
    pub(super) ordinal: i64,
    pub(super) name: String,
    pub(super) measure: String,
    pub(super) step: u8,
    pub(super) stage: &'static str,
    /// False once it was accepted: nothing is left to claim.
    pub(super) is_open: bool,
    pub(super) claim: &'static str,
    pub(super) note: String,
    pub(super) pieces: Vec<Piece>,
}

/// A piece of evidence on a page.
pub(super) struct Piece {
    pub(super) id: String,
    pub(super) href: String,
    pub(super) label: String,
    pub(super) note: String,
    pub(super) icon: &'static str,
    /// Where its file was used before, or empty.
    pub(super) reuse: String,
}

/// The deliverables of a form that holds `fields`.
pub(super) fn products(
    deliverables: &[Deliverable],
    fields: &ReportFields,
    shown: &[Shown],
) -> Vec<Product> {
    let product = |it: &Deliverable| {
        let item = fields.items.iter().find(|item| item.deliverable == it.id);
        Product {
            ordinal: it.ordinal,
            name: it.name.clone(),
            measure: it.measure.clone(),
            step: it.stage.step(),
            stage: it.stage.label(),
            is_open: it.stage < DeliverableStage::Accepted,
            claim: item.map_or("", |item| item.claim.code()),
            note: item.map(|item| item.note.clone()).unwrap_or_default(),
            pieces: shown
                .iter()
                .filter(|piece| piece.evidence.deliverable == Some(it.id))
                .map(piece)
                .collect(),
        }
    };
    deliverables.iter().map(product).collect()
}

/// The evidence for a report as a whole.
pub(super) fn pieces_of_whole(view: &ReportView) -> Vec<Piece> {
    view.evidence.iter().filter(|it| it.evidence.deliverable.is_none()).map(piece).collect()
}

/// All evidence of a report.
pub(super) fn pieces(view: &ReportView) -> Vec<Piece> {
    view.evidence.iter().map(piece).collect()
}

fn piece(shown: &Shown) -> Piece {
    let it = &shown.evidence;
    let (href, icon, note) = match it.kind {
        EvidenceKind::File => {
            let icon = if it.mime.starts_with("image/") { "photo" } else { "file" };
            let hash = it
                .file_hash
                .map(|hash| sauro_store::FileHash(hash).to_string())
                .unwrap_or_default();
            let short: String = hash.chars().take(8).collect();
            (
                format!("/minh-chung/{}", it.id),
                icon,
                format!("{}, băm {short}…", sauro_ui::words::bytes(it.n_bytes)),
            )
        }
        EvidenceKind::Link => (it.label.clone(), "link", "Địa chỉ ngoài hệ thống".to_owned()),
        EvidenceKind::Document => (String::new(), "stamp", "Số, ký hiệu văn bản".to_owned()),
    };
    let reuse = shown.used_before.as_ref().map(reuse_words).unwrap_or_default();
    Piece { id: it.id.to_string(), href, label: it.label.clone(), note, icon, reuse }
}

fn reuse_words(it: &Reuse) -> String {
    let day = sauro_ui::words::date(
        chrono::DateTime::from_timestamp_micros(it.sent_at).unwrap_or_default(),
    );
    match &it.place {
        Some((code, receipt)) => {
            format!("Tệp này đã dùng ở báo cáo {receipt} của nhiệm vụ {code}, ngày {day}.")
        }
        None => format!("Tệp này đã dùng ở một báo cáo khác, ngày {day}."),
    }
}

/// What may be claimed of a deliverable.
pub(super) fn claims() -> Vec<Choice> {
    [Claim::Doing, Claim::Done, Claim::InUse]
        .iter()
        .map(|it| Choice::new(it.code(), it.label()))
        .collect()
}

/// What an agency may say of itself.
pub(super) fn ratings() -> Vec<Choice> {
    [SelfRating::Done, SelfRating::OnTrack, SelfRating::AtRisk]
        .iter()
        .map(|it| Choice::new(it.code(), it.label()))
        .collect()
}

/// Faults as a form shows them.
pub(super) fn faults_of(faults: Vec<Fault>) -> Faults {
    faults.into_iter().map(|it| (it.field, it.sentence)).collect()
}
