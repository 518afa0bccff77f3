//! The figures as CSV and JSON, with source, time, how computed and how verified.

use sauro_ui::Failure;
use serde_json::{Value, json};

use crate::model::{
    Area, AsOf, Counts, Line, Listed, ListedTask, PublicTask, Results, Standing, share_bp,
};

const SOURCE: &str = "Hồ sơ nhiệm vụ, báo cáo, minh chứng và quyết định nghiệm thu trong hệ thống";
const VERIFIED: &str =
    "Cấp có thẩm quyền nghiệm thu từng sản phẩm; đơn vị tự báo không làm đổi màu";

/// Writes CSV that spreadsheets open as UTF-8 and never run as formulas.
pub(super) fn csv_of(
    head: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Result<String, Failure> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(head).map_err(Failure::internal)?;
    for row in rows {
        out.write_record(row.iter().map(|it| harmless(it))).map_err(Failure::internal)?;
    }
    let bytes = out.into_inner().map_err(|err| Failure::internal(err.into_error()))?;
    let text = String::from_utf8(bytes).map_err(Failure::internal)?;
    Ok(format!("\u{feff}{text}"))
}

/// A cell that begins like a formula gets an apostrophe, unless it is a plain number.
fn harmless(cell: &str) -> String {
    let starts = cell.trim_start().starts_with(['=', '+', '-', '@', '|', '%'])
        || cell.starts_with(['\t', '\r', '\n']);
    if starts && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

/// Writes JSON that a person can read as well.
pub(super) fn pretty(value: &Value) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(Failure::internal)
}

fn source(as_of: &AsOf, public_url: &str) -> Value {
    json!({
        "source": SOURCE,
        "as_of_day": as_of.day.map(|it| it.day()),
        "computed_at": as_of.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "journal_position": as_of.position,
        "sealed_entries": as_of.sealed.map(|(size, _)| size),
        "sealed_root": as_of.sealed.map(|(_, root)| root.map(|byte| format!("{byte:02x}")).concat()),
        "how_computed": format!("{public_url}/ket-qua/cach-tinh"),
        "how_verified": VERIFIED,
    })
}

const SOURCE_HEAD: [&str; 6] =
    ["tinh_den", "so_muc_nhat_ky", "goc_niem_phong", "nguon", "cach_tinh", "cach_nghiem_thu"];

fn source_cells(as_of: &AsOf, public_url: &str) -> Vec<String> {
    let root = as_of.sealed.map(|(_, root)| root.map(|byte| format!("{byte:02x}")).concat());
    vec![
        as_of.at.with_timezone(&sauro_kernel::VIETNAM).to_rfc3339(),
        as_of.position.to_string(),
        root.unwrap_or_default(),
        SOURCE.to_owned(),
        format!("{public_url}/ket-qua/cach-tinh"),
        VERIFIED.to_owned(),
    ]
}

/// Completion stands beside on time, verified and in use, in this order, wherever it is written.
fn figures(counts: &Counts) -> Value {
    json!({
        "total": counts.total,
        "recurring": counts.recurring,
        "dated": counts.dated,
        "reported": counts.reported,
        "on_time": counts.done_on_time,
        "verified": counts.verified,
        "in_use": counts.in_use,
        "reported_share_bp": share_bp(counts.reported, counts.dated),
        "on_time_share_bp": share_bp(counts.done_on_time, counts.dated),
        "verified_share_bp": share_bp(counts.verified, counts.dated),
        "in_use_share_bp": share_bp(counts.in_use, counts.dated),
        "done_late": counts.done_late,
        "open_in_time": counts.open_in_time,
        "open_overdue": counts.open_overdue,
        "due_soon": counts.due_soon,
        "not_assessable": counts.not_assessable,
        "doubted": counts.doubted,
        "due": counts.due,
    })
}

fn line(line: &Line) -> Value {
    json!({
        "code": line.code,
        "name": line.name,
        "figures": figures(&line.counts),
        "on_time_of_due": line.on_time,
        "rank": line.rank,
    })
}

fn lines(all: &[Line]) -> Vec<Value> {
    all.iter().map(line).collect()
}

/// The page of an area as JSON.
pub(super) fn area_json(area: &Area, it: &Results, public_url: &str) -> Result<String, Failure> {
    pretty(&json!({
        "area": area_words(area),
        "code": area_code(area),
        "name": it.name,
        "basis": it.basis,
        "figures": figures(&it.counts),
        "green_by_self_not_by_data": it.doubted.iter().map(task).collect::<Vec<_>>(),
        "provinces": lines(&it.provinces),
        "central": lines(&it.central),
        "communes": lines(&it.communes),
        "units": lines(&it.units),
        "programmes": lines(&it.programmes),
        "about": source(&it.as_of, public_url),
    }))
}

/// The page of an area as CSV: one line for it, and one for each unit and programme.
pub(super) fn area_csv(area: &Area, it: &Results, public_url: &str) -> Result<String, Failure> {
    let mut head = vec![
        "muc",
        "ma",
        "ten",
        "tong_so",
        "thuong_xuyen",
        "co_thoi_han",
        "da_bao_xong",
        "dung_han",
        "da_nghiem_thu",
        "dang_su_dung",
        "xong_qua_han",
        "con_trong_han",
        "qua_han",
        "sap_den_han",
        "chua_danh_gia",
        "tu_nhan_xanh",
        "da_den_han",
        "ty_le_dung_han_phan_van",
        "can_duoi",
        "can_tren",
        "hang_tu",
        "hang_den",
    ];
    head.extend(SOURCE_HEAD);
    let whole = Line::new(area_code(area), &it.name, it.counts);
    let rows = std::iter::once((area_words(area), &whole))
        .chain(it.provinces.iter().map(|line| ("tinh", line)))
        .chain(it.central.iter().map(|line| ("co-quan", line)))
        .chain(it.communes.iter().map(|line| ("xa", line)))
        .chain(it.units.iter().map(|line| ("co-quan", line)))
        .chain(it.programmes.iter().map(|line| ("chuong-trinh", line)))
        .map(|(kind, line)| {
            let mut cells = line_cells(kind, line);
            cells.extend(source_cells(&it.as_of, public_url));
            cells
        });
    csv_of(&head, rows)
}

fn line_cells(kind: &str, line: &Line) -> Vec<String> {
    let counts = &line.counts;
    let mut cells = vec![kind.to_owned(), line.code.clone(), line.name.clone()];
    let numbers = [
        counts.total,
        counts.recurring,
        counts.dated,
        counts.reported,
        counts.done_on_time,
        counts.verified,
        counts.in_use,
        counts.done_late,
        counts.open_in_time,
        counts.open_overdue,
        counts.due_soon,
        counts.not_assessable,
        counts.doubted,
        counts.due,
    ];
    cells.extend(numbers.map(|it| it.to_string()));
    let shares = line.on_time.map(|it| [it.share_bp, it.low_bp, it.high_bp]);
    cells.extend(shares.map_or_else(Default::default, |it| it.map(|it| it.to_string())));
    let ranks = line.rank.map(|it| [it.best, it.worst]);
    cells.extend(ranks.map_or_else(Default::default, |it| it.map(|it| it.to_string())));
    cells
}

fn area_words(area: &Area) -> &'static str {
    match area {
        Area::Nation => "ca-nuoc",
        Area::Province(_) => "tinh",
        Area::Agency(_) => "co-quan",
        Area::Programme(_) => "chuong-trinh",
    }
}

fn area_code(area: &Area) -> &str {
    match area {
        Area::Nation => "vn",
        Area::Province(code) | Area::Agency(code) | Area::Programme(code) => code,
    }
}

fn task(it: &ListedTask) -> Value {
    json!({
        "code": it.code,
        "work": it.work,
        "lead": it.lead,
        "due_on": it.due_on,
        "recurring": it.is_recurring,
        "status": it.status.code(),
        "status_words": it.status.label(),
        "stage": it.stage.code(),
        "self_rating": it.self_rating,
        "deliverables_accepted": it.n_accepted,
        "deliverables": it.n_deliverables,
    })
}

/// A page of the list as JSON.
pub(super) fn list_json(it: &Listed, public_url: &str) -> Result<String, Failure> {
    pretty(&json!({
        "place": it.place,
        "programme": it.programme,
        "figures": figures(&it.counts),
        "counts_by_standing": Standing::ALL.map(|standing| json!({
            "code": standing.code(), "words": standing.label(), "count": standing.count(&it.counts),
        })),
        "tasks": it.tasks.iter().map(task).collect::<Vec<_>>(),
        "next": it.next,
        "about": source(&it.as_of, public_url),
    }))
}

/// A page of the list as CSV.
pub(super) fn list_csv(it: &Listed, public_url: &str) -> Result<String, Failure> {
    let mut head = vec![
        "ma",
        "nhiem_vu",
        "chu_tri",
        "han",
        "thuong_xuyen",
        "trang_thai",
        "trang_thai_chu",
        "chang",
        "tu_danh_gia",
        "san_pham_nghiem_thu",
        "san_pham",
        "tiep_theo",
    ];
    head.extend(SOURCE_HEAD);
    let rows = it.tasks.iter().map(|task| {
        let mut cells = vec![
            task.code.clone(),
            task.work.clone(),
            task.lead.clone(),
            task.due_on.to_string(),
            i64::from(task.is_recurring).to_string(),
            task.status.code().to_owned(),
            task.status.label().to_owned(),
            task.stage.code().to_owned(),
            task.self_rating.clone(),
            task.n_accepted.to_string(),
            task.n_deliverables.to_string(),
            it.next.clone().unwrap_or_default(),
        ];
        cells.extend(source_cells(&it.as_of, public_url));
        cells
    });
    csv_of(&head, rows)
}

/// A task as JSON.
pub(super) fn task_json(it: &PublicTask, public_url: &str) -> Result<String, Failure> {
    pretty(&json!({
        "code": it.code,
        "programme": { "code": it.programme.0, "name": it.programme.1 },
        "directive": it.directive,
        "issuer": it.issuer,
        "clarities": {
            "doer": it.lead, "partners": it.partners, "work": it.work,
            "time": { "due_on": it.due_on, "words": it.deadline_text, "recurring": it.is_recurring },
            "responsibility": it.accountable,
            "product": it.deliverables.iter().map(|it| json!({
                "name": it.name, "measure": it.measure, "stage": it.stage.code(),
            })).collect::<Vec<_>>(),
            "authority": it.authority,
        },
        "status": it.status.code(),
        "status_words": it.status.label(),
        "stage": it.stage.code(),
        "self_rating": it.self_rating,
        "evidence": it.evidence.iter().map(|it| json!({
            "label": it.label, "kind": it.kind, "bytes": it.n_bytes, "short_sha256": it.short_hash,
        })).collect::<Vec<_>>(),
        "verifications": it.checks.iter().map(|it| json!({
            "deliverable": it.deliverable, "decision": it.decision, "by": it.by,
            "checked": it.checked, "at": sauro_ui::words::datetime(it.at),
        })).collect::<Vec<_>>(),
        "about": source(&it.as_of, public_url),
    }))
}

/// A task as CSV: one line a deliverable.
pub(super) fn task_csv(it: &PublicTask, public_url: &str) -> Result<String, Failure> {
    let mut head = vec![
        "ma",
        "nhiem_vu",
        "chuong_trinh",
        "chu_tri",
        "han",
        "trach_nhiem",
        "tham_quyen",
        "trang_thai",
        "tu_danh_gia",
        "san_pham",
        "so_do",
        "chang",
        "nghiem_thu",
    ];
    head.extend(SOURCE_HEAD);
    let rows = it.deliverables.iter().map(|deliverable| {
        let checks = it.checks.iter().filter(|check| check.deliverable == deliverable.name);
        let checks = checks
            .map(|check| {
                format!("{}: {}, {}", sauro_ui::words::datetime(check.at), check.decision, check.by)
            })
            .collect::<Vec<_>>()
            .join("; ");
        let mut cells = vec![
            it.code.clone(),
            it.work.clone(),
            it.programme.1.clone(),
            it.lead.clone(),
            it.due_on.to_string(),
            it.accountable.clone(),
            it.authority.clone(),
            it.status.label().to_owned(),
            it.self_rating.clone(),
            deliverable.name.clone(),
            deliverable.measure.clone(),
            deliverable.stage.label().to_owned(),
            checks,
        ];
        cells.extend(source_cells(&it.as_of, public_url));
        cells
    });
    csv_of(&head, rows)
}
