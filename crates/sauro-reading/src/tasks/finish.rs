//! A task's details: deadline, strength, what is missing.

use super::{
    Raw, Reader,
    lexicon::{SOFT, VERBS},
    product::push,
};
use crate::{
    Rule,
    deadline::Hit,
    model::{AgencyRef, Clarity, Deadline, DeadlineKind, DraftTask, Span, Strength, Warning},
};

/// A task on its way to the reading.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) raw: Raw,
}

/// Completes a task.
pub(crate) fn finish(reader: &Reader<'_>, draft: Draft, warnings: &mut Vec<Warning>) -> DraftTask {
    let mut raw = draft.raw;
    let doc = reader.doc;
    let mut rules = std::mem::take(&mut raw.rules);
    let span = Span {
        start: doc.start(raw.from),
        end: if raw.to > raw.from { doc.end(raw.to - 1) } else { doc.start(raw.from) },
    };
    if raw.actors.is_none()
        && let Some(inside) = reader.lead_inside(raw.from, raw.to)
    {
        raw.actors = Some(inside);
        push(&mut rules, Rule::LeadInside);
    }
    let lead: Vec<AgencyRef> = raw.actors.as_ref().map(|a| a.refs.clone()).unwrap_or_default();
    if let Some(actors) = &raw.actors {
        for rule in &actors.rules {
            push(&mut rules, *rule);
        }
    } else {
        push(&mut rules, Rule::NoActor);
    }
    let mut coordinating = raw.coordinating.clone();
    for one in reader.coordinating(raw.work, raw.to) {
        if !coordinating.contains(&one) {
            coordinating.push(one);
        }
    }
    coordinating.retain(|c| !lead.contains(c));
    if !coordinating.is_empty() {
        push(&mut rules, Rule::Cooperation);
    }
    let deadline = choose(&raw.hits, &mut rules);
    warn(reader, &raw, &deadline, &rules, warnings);
    let authority = reader.authority(raw.work, raw.to, &mut rules);
    let mut deliverables = reader.products(raw.work, raw.to, &raw.hits, &mut rules);
    deliverables.splice(0..0, raw.products.iter().cloned());
    let action = reader.action(&raw);
    let strength = reader.strength(&raw, &deliverables, &deadline, &mut rules);
    let missing =
        missing(reader, &raw, &lead, &deliverables, authority.as_ref(), &deadline, &rules);
    let mut reasons: Vec<Rule> = Vec::new();
    for rule in rules {
        push(&mut reasons, rule);
    }
    DraftTask {
        lead,
        coordinating,
        action,
        deliverables,
        authority,
        deadline,
        strength,
        missing,
        span,
        reasons,
        item_label: raw.label.clone(),
    }
}

/// The one deadline of a task: days and periods before recurrences before the rest, the surest first.
fn choose(hits: &[Hit], rules: &mut Vec<Rule>) -> Deadline {
    let rank = |h: &Hit| match h.deadline.kind {
        DeadlineKind::Date | DeadlineKind::Period => 5,
        DeadlineKind::Recurring => 4,
        DeadlineKind::None => 3,
        DeadlineKind::Ongoing => 2,
        DeadlineKind::Relative | DeadlineKind::Event => 1,
    };
    let mut best: Option<&Hit> = None;
    for hit in hits {
        let better = best.is_none_or(|b| (rank(hit), hit.weight) > (rank(b), b.weight));
        if better {
            best = Some(hit);
        }
    }
    let Some(best) = best else { return Deadline::default() };
    for rule in &best.rules {
        push(rules, *rule);
    }
    if hits.iter().any(|h| {
        rank(h) >= 4
            && (h.deadline.date, &h.deadline.rule) != (best.deadline.date, &best.deadline.rule)
    }) {
        push(rules, Rule::SecondDeadline);
    }
    best.deadline.clone()
}

fn warn(
    reader: &Reader<'_>,
    raw: &Raw,
    deadline: &Deadline,
    rules: &[Rule],
    warnings: &mut Vec<Warning>,
) {
    for hit in &raw.hits {
        let span = Span {
            start: reader.doc.start(hit.from),
            end: reader.doc.end(hit.to.saturating_sub(1)),
        };
        if hit.rules.contains(&Rule::ImpossibleDate) {
            warnings.push(Warning {
                rule: Rule::ImpossibleDate,
                text: hit.deadline.text.clone(),
                span,
            });
        } else if hit.deadline.date.is_none()
            && matches!(hit.deadline.kind, DeadlineKind::Date | DeadlineKind::Period)
            && reader.issued.is_none()
        {
            warnings.push(Warning {
                rule: Rule::NoIssueDate,
                text: hit.deadline.text.clone(),
                span,
            });
        }
    }
    if rules.contains(&Rule::VagueActor) {
        let span = Span {
            start: reader.doc.start(raw.from),
            end: reader.doc.end(raw.to.saturating_sub(1)),
        };
        let text = raw
            .actors
            .as_ref()
            .map(|a| a.refs.iter().map(|r| r.name.as_str()).collect::<Vec<_>>().join(", "))
            .unwrap_or_default();
        warnings.push(Warning { rule: Rule::VagueActor, text, span });
    }
    let _ = deadline;
}

fn missing(
    reader: &Reader<'_>,
    raw: &Raw,
    lead: &[AgencyRef],
    products: &[String],
    authority: Option<&AgencyRef>,
    deadline: &Deadline,
    rules: &[Rule],
) -> Vec<Clarity> {
    let mut out = Vec::new();
    let vague = raw.actors.as_ref().is_some_and(|a| a.vague);
    if lead.is_empty() || vague {
        out.push(Clarity::Doer);
    }
    if rules.contains(&Rule::SoftVerbs) || raw.to <= raw.work {
        out.push(Clarity::Work);
    }
    if deadline.kind == DeadlineKind::None {
        out.push(Clarity::Time);
    }
    let said = (raw.from..raw.to).any(|k| {
        reader
            .doc
            .any(k, &["chủ trì", "chịu trách nhiệm", "trực tiếp chỉ đạo", "đầu mối"])
            .is_some()
    });
    let single = lead.len() == 1
        && lead.first().is_some_and(|l| !l.code.starts_with('*'))
        && (said || rules.contains(&Rule::BlockHeader));
    let clear = !vague
        && !lead.is_empty()
        && (rules.contains(&Rule::TitleOfHead)
            || rules.contains(&Rule::FieldLine)
            || said
            || single);
    if !clear {
        out.push(Clarity::Responsibility);
    }
    if products.is_empty() {
        out.push(Clarity::Product);
    }
    if authority.is_none() {
        out.push(Clarity::Authority);
    }
    out
}

impl Reader<'_> {
    /// "do Bộ A chủ trì", "(Bộ A chủ trì)", "giao Bộ A chủ trì" inside the words.
    fn lead_inside(&self, from: usize, to: usize) -> Option<crate::gazetteer::Actors> {
        (from..to).find_map(|i| {
            let j = self.doc.any(i, &["do", "giao", "giao cho", "("])?;
            let actors = self.g.actors_at(self.doc, j, &self.naming(&[]), false)?;
            let leads = self.doc.any(
                actors.end,
                &["chủ trì", "làm đầu mối", "là cơ quan chủ trì", "chịu trách nhiệm", "thực hiện"],
            )?;
            (leads <= to && !actors.is_official()).then_some(actors)
        })
    }

    fn strength(
        &self,
        raw: &Raw,
        products: &[String],
        deadline: &Deadline,
        rules: &mut Vec<Rule>,
    ) -> Strength {
        let has = |list: &[&str]| (raw.work..raw.to).any(|k| self.doc.any(k, list).is_some());
        let first = self.skip_joints(raw.work, raw.to);
        if self.doc.any(first, &["phấn đấu", "khuyến khích", "cố gắng"]).is_some()
            || (has(&["phấn đấu"]) && deadline.kind == DeadlineKind::None && products.is_empty())
        {
            push(rules, Rule::EffortOnly);
            return Strength::Effort;
        }
        if has(&["phải", "có trách nhiệm", "chịu trách nhiệm"]) {
            push(rules, Rule::Obliged);
        }
        let soft = self.only_soft(first, raw.to);
        if soft && products.is_empty() && deadline.kind == DeadlineKind::None {
            push(rules, Rule::SoftVerbs);
            if raw.strength != Some(Strength::Request) {
                return Strength::Soft;
            }
        }
        raw.strength.unwrap_or_default()
    }

    /// All verbs at the head of the work are soft.
    fn only_soft(&self, from: usize, to: usize) -> bool {
        let mut i = from;
        let mut seen = false;
        while i < to.min(from + 14) {
            if let Some(end) = self.doc.of(i, &SOFT) {
                seen = true;
                i = end;
            } else if matches!(self.doc.w(i), "," | "và" | "ngay" | "tốt" | "hơn" | "nữa") {
                i += 1;
            } else if self.doc.of(i, &VERBS).is_some() {
                return false;
            } else {
                break;
            }
        }
        seen
    }
}
