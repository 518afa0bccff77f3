use chrono::NaiveDate;
use sauro_kernel::AgencyId;
use sauro_reading::{AgencyRef, DeadlineKind as Read, DraftTask, Head, Reader, Strength};

use crate::model::{
    Agencies, Deadline, DeadlineKind, DirectiveHead, DraftBody, head_title, next_due,
};

/// What the reader found in a text, in the words of this room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Composition {
    /// What the head says.
    pub head: DirectiveHead,
    /// One body for each task found.
    pub drafts: Vec<DraftBody>,
    /// Vietnamese sentences about what to look at again.
    pub warnings: Vec<String>,
}

/// Reads `text` and turns what the reader found into drafts. Pure.
///
/// `issued` overrules the date in the head. Agencies that the catalogue does not know are left out and
/// named in a warning; the leader's title is a suggestion from the lead.
pub fn compose(
    reader: &Reader,
    directory: &dyn Agencies,
    text: &str,
    issued: Option<NaiveDate>,
) -> Composition {
    let reading = reader.read(text, issued);
    let issued = issued.or(reading.head.issued_on);
    let mut warnings: Vec<String> = reading
        .warnings
        .iter()
        .map(|it| format!("{} “{}”", it.rule.explain(), shortened(&it.text)))
        .collect();
    let drafts =
        reading.tasks.iter().map(|task| body_of(directory, task, issued, &mut warnings)).collect();
    let mut seen = std::collections::HashSet::new();
    warnings.retain(|it| seen.insert(it.clone()));
    Composition { head: head_of(directory, reading.head, issued), drafts, warnings }
}

/// The draft of one task read; what the catalogue does not know goes to `warnings`.
pub(crate) fn body_of(
    directory: &dyn Agencies,
    task: &DraftTask,
    issued: Option<NaiveDate>,
    warnings: &mut Vec<String>,
) -> DraftBody {
    let mut reasons: Vec<String> = task.reasons.iter().map(|it| it.explain().to_owned()).collect();
    let mut ids = |refs: &[AgencyRef], reasons: &mut Vec<String>| -> Vec<AgencyId> {
        let mut found = Vec::new();
        for it in refs {
            match known(directory, it) {
                Some(id) => found.push(id),
                None => {
                    let sentence = format!("Danh mục chưa có cơ quan “{}”, cần chọn lại.", it.name);
                    reasons.push(sentence.clone());
                    warnings.push(sentence);
                }
            }
        }
        found
    };
    let leads = ids(&task.lead, &mut reasons);
    let partners = ids(&task.coordinating, &mut reasons);
    let authority = ids(task.authority.as_slice(), &mut reasons).first().copied();
    let accountable = suggested(directory, &leads);
    if !accountable.is_empty() {
        reasons.push(
            "Chức danh chịu trách nhiệm là gợi ý theo cơ quan chủ trì, cần xác nhận.".to_owned(),
        );
    }
    let span = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    DraftBody {
        leads,
        partners,
        work: cut(&task.action, 2000),
        deliverables: task.deliverables.iter().take(50).map(|it| cut(it, 500)).collect(),
        accountable: cut(&accountable, 500),
        authority,
        deadline: deadline_of(&task.deadline, issued),
        strength: strength_code(task.strength).to_owned(),
        span: Some((span(task.span.start), span(task.span.end))),
        item_label: task.item_label.clone().unwrap_or_default(),
        reasons,
        is_public: true,
    }
}

/// The title to suggest for `leads`; empty without leads.
pub(crate) fn suggested(directory: &dyn Agencies, leads: &[AgencyId]) -> String {
    match leads {
        [] => String::new(),
        [one] => head_title(directory, *one),
        _ => "Người đứng đầu từng cơ quan chủ trì".to_owned(),
    }
}

fn known(directory: &dyn Agencies, it: &AgencyRef) -> Option<AgencyId> {
    let by_code = AgencyId::of_code(&it.code);
    if directory.fact(by_code).is_some() {
        return Some(by_code);
    }
    directory.named(&it.code).or_else(|| directory.named(&it.name))
}

fn deadline_of(read: &sauro_reading::Deadline, issued: Option<NaiveDate>) -> Deadline {
    let rule = read.rule.clone().filter(|it| !it.is_empty());
    let next = || rule.as_deref().zip(issued).and_then(|(rule, day)| next_due(rule, day));
    Deadline {
        kind: match read.kind {
            Read::Date => DeadlineKind::Date,
            Read::Period => DeadlineKind::Period,
            Read::Recurring => DeadlineKind::Recurring,
            Read::Ongoing => DeadlineKind::Ongoing,
            Read::Relative => DeadlineKind::Relative,
            Read::Event => DeadlineKind::Event,
            Read::None => DeadlineKind::None,
        },
        text: cut(&read.text, 500),
        due_on: read.date.or_else(next),
        rule,
    }
}

fn strength_code(strength: Strength) -> &'static str {
    match strength {
        Strength::Binding => "binding",
        Strength::Request => "request",
        Strength::Effort => "effort",
        Strength::Soft => "soft",
    }
}

fn head_of(directory: &dyn Agencies, head: Head, issued: Option<NaiveDate>) -> DirectiveHead {
    let text = |it: Option<String>| cut(&it.unwrap_or_default(), 500);
    DirectiveHead {
        number: text(head.number),
        kind: text(head.kind),
        issuer: head.issuer.as_ref().and_then(|it| known(directory, it)),
        issuer_text: text(head.issuer_text.or(head.issuer.map(|it| it.name))),
        place: text(head.place),
        issued_on: issued,
        subject: text(head.subject),
        signer: text(head.signer),
    }
}

/// At most `most` characters of `text`, white space tidied; what is cut shows as `…`.
fn cut(text: &str, most: usize) -> String {
    let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if tidy.chars().count() <= most {
        return tidy;
    }
    tidy.chars().take(most - 1).chain(['…']).collect()
}

fn shortened(text: &str) -> String {
    cut(text, 120)
}
