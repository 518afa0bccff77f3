use sauro_kernel::{AgencyId, AgencyPath};

use super::fields::{Fields, agencies, day};
use crate::Fault;
use crate::model::{Agencies, Deadline, DeadlineKind, DraftBody, name_of, next_due};

/// Names offered beside the fields of agencies.
const OFFERED: usize = 800;

/// The fields of a draft as a form shows them.
pub(super) struct DraftForm {
    pub(super) work: String,
    /// One field each, and two empty ones.
    pub(super) leads: Vec<String>,
    pub(super) partners: Vec<String>,
    pub(super) products: String,
    pub(super) accountable: String,
    pub(super) authority: String,
    pub(super) due: String,
    pub(super) due_words: String,
    pub(super) cycle: String,
    pub(super) strength: String,
    pub(super) is_public: bool,
}

/// Cycles to choose from: the rule, and the words.
pub(super) const CYCLES: [(&str, &str); 6] = [
    ("", "Không lặp lại"),
    ("FREQ=WEEKLY", "Hằng tuần"),
    ("FREQ=MONTHLY", "Hằng tháng"),
    ("FREQ=MONTHLY;INTERVAL=3", "Hằng quý"),
    ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần"),
    ("FREQ=YEARLY", "Hằng năm"),
];

/// Strengths to choose from.
pub(super) const STRENGTHS: [(&str, &str); 4] = [
    ("binding", "Bắt buộc"),
    ("request", "Đề nghị"),
    ("effort", "Phấn đấu"),
    ("soft", "Chung chung"),
];

impl DraftForm {
    /// The form of a stored draft.
    pub(super) fn of(body: &DraftBody, directory: &dyn Agencies) -> Self {
        let named =
            |ids: &[AgencyId]| ids.iter().map(|id| label(directory, *id)).collect::<Vec<_>>();
        Self {
            work: body.work.clone(),
            leads: with_room(named(&body.leads)),
            partners: with_room(named(&body.partners)),
            products: body.deliverables.join("\n"),
            accountable: body.accountable.clone(),
            authority: body.authority.map(|id| label(directory, id)).unwrap_or_default(),
            due: body.deadline.due_on.map(|it| it.to_string()).unwrap_or_default(),
            due_words: body.deadline.text.clone(),
            cycle: body.deadline.rule.clone().unwrap_or_default(),
            strength: body.strength.clone(),
            is_public: body.is_public,
        }
    }

    /// The form as sent.
    pub(super) fn sent(fields: &Fields) -> Self {
        let all = |name: &str| with_room(fields.all(name).map(str::to_owned).collect());
        Self {
            work: fields.one("viec").to_owned(),
            leads: all("chu-tri"),
            partners: all("phoi-hop"),
            products: fields.lines("san-pham").join("\n"),
            accountable: fields.one("trach-nhiem").to_owned(),
            authority: fields.one("tham-quyen").to_owned(),
            due: fields.one("han").to_owned(),
            due_words: fields.one("han-chu").to_owned(),
            cycle: fields.one("chu-ky").to_owned(),
            strength: fields.one("muc-do").to_owned(),
            is_public: fields.is_on("cong-khai"),
        }
    }

    /// The cycles to choose from; one that came from a text stays among them.
    pub(super) fn cycles(&self) -> Vec<sauro_ui::Choice> {
        let mut all: Vec<_> =
            CYCLES.iter().map(|(rule, words)| sauro_ui::Choice::new(rule, *words)).collect();
        if !CYCLES.iter().any(|(rule, _)| *rule == self.cycle) {
            all.push(sauro_ui::Choice::new(&self.cycle, "Theo chu kỳ ghi trong văn bản"));
        }
        all
    }

    /// The strengths to choose from.
    pub(super) fn strengths(&self) -> Vec<sauro_ui::Choice> {
        STRENGTHS.iter().map(|(code, words)| sauro_ui::Choice::new(code, *words)).collect()
    }
}

/// The body that `fields` say; what a person cannot type comes from `old`.
pub(super) fn body_of(
    fields: &Fields,
    old: &DraftBody,
    today: chrono::NaiveDate,
    directory: &dyn Agencies,
    faults: &mut Vec<Fault>,
) -> DraftBody {
    let strength = fields.one("muc-do");
    let is_strength = STRENGTHS.iter().any(|(code, _)| *code == strength);
    DraftBody {
        leads: agencies(fields, "chu-tri", directory, faults),
        partners: agencies(fields, "phoi-hop", directory, faults),
        work: fields.one("viec").split_whitespace().collect::<Vec<_>>().join(" "),
        deliverables: fields.lines("san-pham"),
        accountable: fields.one("trach-nhiem").to_owned(),
        authority: agencies(fields, "tham-quyen", directory, faults).first().copied(),
        deadline: deadline_of(fields, &old.deadline, today, faults),
        strength: if is_strength { strength } else { "binding" }.to_owned(),
        is_public: fields.is_on("cong-khai"),
        ..old.clone()
    }
}

fn deadline_of(
    fields: &Fields,
    old: &Deadline,
    today: chrono::NaiveDate,
    faults: &mut Vec<Fault>,
) -> Deadline {
    let due_on = day("han", fields.one("han"), faults);
    let text = fields.one("han-chu").to_owned();
    let cycle = fields.one("chu-ky");
    if cycle.is_empty() {
        let kind = match (due_on, old.due_on) {
            (None, None) if old.rule.is_none() => old.kind,
            (None, _) => DeadlineKind::None,
            (Some(now), Some(before)) if now == before && old.rule.is_none() => old.kind,
            (Some(_), _) => DeadlineKind::Date,
        };
        return Deadline { kind, text, due_on, rule: None };
    }
    let is_known =
        old.rule.as_deref() == Some(cycle) || CYCLES.iter().any(|(rule, _)| *rule == cycle);
    if !is_known || next_due(cycle, today).is_none() {
        faults.push(Fault::new("chu-ky", "Chọn một chu kỳ trong danh sách."));
    }
    let due_on = due_on.or_else(|| next_due(cycle, today));
    Deadline { kind: DeadlineKind::Recurring, text, due_on, rule: Some(with_day(cycle, due_on)) }
}

/// The rule with the day of the month or week that the first due day says.
fn with_day(cycle: &str, due_on: Option<chrono::NaiveDate>) -> String {
    use chrono::Datelike;
    let Some(day) = due_on.filter(|_| CYCLES.iter().any(|(rule, _)| *rule == cycle)) else {
        return cycle.to_owned();
    };
    if cycle == "FREQ=WEEKLY" {
        let name: String = day.weekday().to_string().chars().take(2).collect();
        return format!("{cycle};BYDAY={}", name.to_uppercase());
    }
    let is_last = day.day() == u32::from(day.num_days_in_month());
    let n = if is_last { -1 } else { i64::from(day.day()) };
    let step = match cycle {
        "FREQ=MONTHLY" => return format!("{cycle};BYMONTHDAY={n}"),
        "FREQ=YEARLY" => 12,
        "FREQ=MONTHLY;INTERVAL=6" => 6,
        _ => 3,
    };
    // Named months do not depend on when the rule began, as an interval would.
    let months = (1..=12).filter(|month: &u32| (month + 12 - day.month()).is_multiple_of(step));
    let months: Vec<String> = months.map(|it| it.to_string()).collect();
    format!("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={n}", months.join(","))
}

/// The name with its code, as the list offers it and the form takes it back.
pub(super) fn label(directory: &dyn Agencies, id: AgencyId) -> String {
    match directory.fact(id) {
        Some(it) => format!("{} ({})", it.name, it.code),
        None => name_of(directory, id).to_owned(),
    }
}

/// The names to offer to someone at `place`.
pub(super) fn offered(directory: &dyn Agencies, place: &AgencyPath) -> Vec<String> {
    directory
        .offered(place, OFFERED)
        .into_iter()
        .map(|it| format!("{} ({})", it.name, it.code))
        .collect()
}

/// The values and two empty ones, so that more can be added without script.
fn with_room(mut values: Vec<String>) -> Vec<String> {
    values.extend([String::new(), String::new()]);
    values
}
