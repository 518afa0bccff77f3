use std::collections::HashMap;

use sauro_kernel::AgencyId;
use sauro_store::StoreError;
use uuid::Uuid;

use super::list_results::stage_of;
use super::read_results::Source;
use crate::TasksError;
use crate::model::{
    Decision, DeliverableStage, EvidenceKind, PublicCheck, PublicDeliverable, PublicEvent,
    PublicEvidence, PublicTask, SelfRating, status_of,
};
use crate::store::result_task::{
    self as rows, DeliverableRow, EvidenceRow, ReportRow, TaskRow, VerificationRow,
};

/// The public task `code`.
///
/// # Errors
///
/// [`TasksError::NotFound`] when there is none, or it is not public.
pub async fn read_public_task(source: Source<'_>, code: &str) -> Result<PublicTask, TasksError> {
    let mut conn = source.db.read().await?;
    let row = rows::public_task(&mut conn, code).await?;
    let row = row.ok_or(TasksError::NotFound("public task"))?;
    let name = |id: Uuid| source.places.name(AgencyId(id)).to_owned();
    let partners = rows::partners(&mut conn, row.id).await?;
    let deliverables = rows::deliverables(&mut conn, row.id).await?;
    let evidence = rows::evidence(&mut conn, row.id).await?;
    let decisions = rows::verifications(&mut conn, row.id).await?;
    let reports = rows::reports(&mut conn, row.id).await?;
    let as_of = source.as_of(&mut conn).await?;
    let stage = stage_of(row.id, &row.stage)?;
    let titles: HashMap<Uuid, &str> =
        deliverables.iter().map(|it| (it.id, it.name.as_str())).collect();
    let checks = decisions.iter().map(|it| check(it, &titles, &name)).collect::<Vec<_>>();
    Ok(PublicTask {
        events: events(&row, &reports, &checks, &name),
        programme: (row.programme_code, row.programme_name),
        directive: row.directive_number.zip(row.directive_subject),
        issuer: name(row.issuer_agency_id),
        lead: name(row.lead_agency_id),
        partners: partners.into_iter().map(name).collect(),
        status: status_of(stage, row.due_on, row.reported_at, source.moment()),
        deliverables: deliverables.iter().map(deliverable).collect::<Result<_, _>>()?,
        evidence: evidence.into_iter().map(|it| shown(it, &titles)).collect(),
        authority: name(row.authority_agency_id),
        is_recurring: !row.recurs.is_empty(),
        code: row.code,
        work: row.work,
        deadline_text: row.deadline_text,
        due_on: row.due_on,
        accountable: row.accountable,
        self_rating: row.self_rating,
        stage,
        checks,
        as_of,
    })
}

fn deliverable(row: &DeliverableRow) -> Result<PublicDeliverable, StoreError> {
    let stage = DeliverableStage::of_code(&row.stage).ok_or_else(|| StoreError::Corrupt {
        table: "deliverables",
        row: row.id.to_string(),
        reason: format!("stage {}", row.stage),
    })?;
    Ok(PublicDeliverable { name: row.name.clone(), measure: row.measure.clone(), stage })
}

fn shown(row: EvidenceRow, titles: &HashMap<Uuid, &str>) -> PublicEvidence {
    let kind = EvidenceKind::of_code(&row.kind).map_or("Minh chứng", EvidenceKind::label);
    let what = if row.mime.is_empty() { kind.to_owned() } else { format!("{kind} {}", row.mime) };
    let of = row.deliverable_id.and_then(|id| titles.get(&id));
    PublicEvidence {
        kind: of.map_or_else(|| what.clone(), |of| format!("{what}, cho sản phẩm “{of}”")),
        short_hash: row.file_hash.as_deref().map(short).unwrap_or_default(),
        label: row.label,
        n_bytes: row.n_bytes,
        added_at: row.added_at,
    }
}

/// `a91c…7e04`: enough to compare by eye.
fn short(hash: &[u8]) -> String {
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    match (hex.get(..4), hex.get(hex.len().saturating_sub(4)..)) {
        (Some(start), Some(end)) => format!("{start}…{end}"),
        _ => hex,
    }
}

fn check(
    row: &VerificationRow,
    titles: &HashMap<Uuid, &str>,
    name: &impl Fn(Uuid) -> String,
) -> PublicCheck {
    let decision = Decision::of_code(&row.decision);
    PublicCheck {
        deliverable: titles.get(&row.deliverable_id).map(|it| (*it).to_owned()).unwrap_or_default(),
        decision: decision.map_or("", Decision::label).to_owned(),
        is_accepted: !matches!(decision, Some(Decision::Returned) | None),
        by: name(row.decided_by_agency_id),
        checked: row.checked.clone(),
        at: row.decided_at,
    }
}

/// Newest first.
fn events(
    row: &TaskRow,
    reports: &[ReportRow],
    checks: &[PublicCheck],
    name: &impl Fn(Uuid) -> String,
) -> Vec<PublicEvent> {
    let mut all = vec![PublicEvent {
        at: row.issued_at,
        title: "Giao nhiệm vụ".to_owned(),
        words: format!("{} giao {}", name(row.issuer_agency_id), name(row.lead_agency_id)),
    }];
    all.extend(reports.iter().map(|report| {
        let says = SelfRating::of_code(&report.self_rating).map_or("", SelfRating::label);
        let words = match says {
            "" => name(report.agency_id),
            says => format!("{}, tự đánh giá: {}", name(report.agency_id), says.to_lowercase()),
        };
        PublicEvent { at: report.sent_at, title: "Báo cáo được gửi".to_owned(), words }
    }));
    all.extend(checks.iter().map(|check| PublicEvent {
        at: check.at,
        title: format!("{}: {}", check.decision, check.deliverable),
        words: check.by.clone(),
    }));
    all.extend(row.verified_at.map(|at| PublicEvent {
        at,
        title: "Mọi sản phẩm đã được nghiệm thu".to_owned(),
        words: String::new(),
    }));
    all.extend(row.in_use_at.map(|at| PublicEvent {
        at,
        title: "Xác nhận đang được sử dụng".to_owned(),
        words: String::new(),
    }));
    all.sort_by_key(|event| std::cmp::Reverse(event.at));
    all
}
