//! Clauses → tasks: what belongs together, what is split by lead or deadline.

use super::{
    Raw, Reader,
    lexicon::{MANNER, RESULT, VERBS},
    outline::Context,
    segment::Segment,
    subject::Subject,
};
use crate::{Rule, deadline::Hit, gazetteer::Actors, model::DeadlineKind};

fn dates(hits: &[Hit]) -> Vec<String> {
    let mut all: Vec<String> = hits
        .iter()
        .filter(|h| !matches!(h.deadline.kind, DeadlineKind::Relative | DeadlineKind::Event))
        .map(|h| {
            h.deadline.date.map_or_else(
                || h.deadline.rule.clone().unwrap_or_else(|| h.deadline.text.clone()),
                |d| d.to_string(),
            )
        })
        .collect();
    all.sort();
    all
}

fn same_actors(a: Option<&Actors>, b: &Actors) -> bool {
    a.is_some_and(|a| {
        let mut left: Vec<&str> = a.codes().collect();
        let mut right: Vec<&str> = b.codes().collect();
        left.sort_unstable();
        right.sort_unstable();
        left == right && a.person == b.person
    })
}

/// What to do with a clause after the task in hand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    GoOn,
    Cover,
    Split,
}

impl Reader<'_> {
    /// Tasks of the clauses of one item.
    pub(super) fn group(&self, segments: Vec<Segment>, context: &Context) -> Vec<Raw> {
        let mut done: Vec<Raw> = Vec::new();
        let mut hand: Option<Raw> = None;
        for segment in segments {
            if segment.closing {
                continue;
            }
            if segment.never
                && (segment.subject.as_ref().is_none_or(|s| s.rule == Rule::SubjectActs))
            {
                continue;
            }
            if self.field_segment(&segment, hand.as_mut()) {
                continue;
            }
            if let Some(subject) = &segment.subject {
                let goes_on =
                    subject.actors.as_ref().is_none_or(|a| {
                        same_actors(hand.as_ref().and_then(|h| h.actors.as_ref()), a)
                    }) && hand.is_some()
                        && !subject.spoken;
                // An order does not go on with what was only told before it.
                let told = hand.as_ref().is_some_and(|h| h.rules == [Rule::SubjectActs])
                    && subject.rule != Rule::SubjectActs
                    && !context.lenient();
                let goes_on = goes_on && !told;
                if !goes_on {
                    let split = hand.is_some();
                    done.extend(hand.take());
                    hand = Some(self.start(&segment, Some(subject), context));
                    if split && let Some(h) = hand.as_mut() {
                        h.rules.push(Rule::SplitByLead);
                    }
                    continue;
                }
            }
            let Some(task) = hand.as_mut() else {
                if self.may_start(&segment, context) {
                    hand = Some(self.start(&segment, None, context));
                }
                continue;
            };
            match self.turn(task, &segment) {
                Turn::GoOn => {
                    task.to = segment.to;
                    task.hits.extend(segment.hits);
                }
                Turn::Cover => {
                    task.to = segment.to;
                    task.hits.extend(segment.hits);
                    task.rules.push(Rule::ClosingDeadline);
                }
                Turn::Split => {
                    let before = done.len();
                    let mut next = self.start(&segment, segment.subject.as_ref(), context);
                    next.rules.push(Rule::SplitByDeadline);
                    if segment.subject.as_ref().is_none_or(|s| s.actors.is_none()) {
                        next.actors = task.actors.clone();
                        next.coordinating = task.coordinating.clone();
                        next.strength = next.strength.or(task.strength);
                        if !next.rules.contains(&Rule::SubjectActs) {
                            next.rules.extend(task.rules.iter().filter(|r| {
                                matches!(
                                    r,
                                    Rule::BlockHeader
                                        | Rule::SubjectActs
                                        | Rule::Assigned
                                        | Rule::Required
                                        | Rule::Requested
                                )
                            }));
                        }
                    }
                    done.extend(hand.replace(next));
                    debug_assert_eq!(done.len(), before + 1);
                }
            }
        }
        done.extend(hand);
        done
    }

    /// A clause without its own head starts a task when somebody above is told to do the items here.
    fn may_start(&self, segment: &Segment, context: &Context) -> bool {
        let begin = self.skip_joints(segment.from, segment.to);
        let told = context.actors.is_some() || context.under_order;
        let verb = segment.acts && !self.is_noun_phrase(begin);
        if told && context.item {
            let block = context.rules.contains(&Rule::BlockHeader)
                && segment.sentence
                && self.doc.is_word(begin)
                && !self.is_noun_phrase(begin)
                && self.opens_plainly(begin)
                && self.doc.of(begin, &super::lexicon::PREPOSED).is_none();
            let unlisted = context.actors.is_none() && segment.sentence;
            return verb
                || block
                || unlisted && self.unlisted(begin, segment.to)
                || self.verb_after_preposed(begin, segment.to);
        }
        let unknown = context.item && context.lenient() && segment.sentence;
        if unknown && context.actors.is_none() && self.unlisted(begin, segment.to) {
            return true;
        }
        let section = context.section && !context.judging && verb && segment.sentence;
        let must = context.cue
            && context.loose
            && !context.judging
            && self.must_be_done(begin, segment.to);
        section || must || (told && verb)
    }

    /// "Cần hoàn thiện …", "Về hạ tầng, cần đẩy nhanh …", "Các đồng chí phải trực tiếp …".
    fn must_be_done(&self, begin: usize, to: usize) -> bool {
        const MUST: [&str; 5] = ["cần", "phải", "cần phải", "không được", "tuyệt đối không"];
        const ANYBODY: [&str; 11] = [
            "các đồng chí",
            "chúng ta",
            "mỗi cán bộ",
            "cán bộ",
            "từng cơ quan",
            "mỗi cơ quan",
            "mọi cơ quan",
            "người đứng đầu",
            "cả hệ thống chính trị",
            "thời gian tới",
            "trong thời gian tới",
        ];
        if self.doc.any(begin, &MUST).is_some() {
            return true;
        }
        let anybody = self.doc.any(begin, &ANYBODY).is_some();
        let preposed = self.doc.of(begin, &super::lexicon::PREPOSED).is_some();
        (begin + 1..to.min(begin + 26)).any(|k| {
            let Some(end) = self.doc.any(k, &MUST) else { return false };
            let apart =
                anybody || preposed && (self.doc.before(k) == "," || self.doc.before(k) == "tới");
            apart && self.acts_strictly(end) && end < to
        })
    }

    pub(super) fn is_noun_phrase(&self, i: usize) -> bool {
        self.doc
            .any(
                i,
                &[
                    "việc",
                    "công tác",
                    "các",
                    "những",
                    "một số",
                    "đây",
                    "điều này",
                    "nội dung",
                    "thời gian",
                    "tên",
                ],
            )
            .is_some()
    }

    /// "Trong tháng 12/2025, hoàn thành …".
    fn verb_after_preposed(&self, from: usize, to: usize) -> bool {
        self.doc.of(from, &super::lexicon::PREPOSED).is_some()
            && (from..to.min(from + 40)).any(|k| self.doc.w(k) == "," && self.acts_strictly(k + 1))
    }

    fn start(&self, segment: &Segment, subject: Option<&Subject>, context: &Context) -> Raw {
        let from = subject.map_or(segment.from, |s| s.from.min(segment.to));
        let from = if context.item && segment.from == context.body {
            segment.from
        } else {
            self.skip_joints_of_start(from, segment)
        };
        let mut rules = Vec::new();
        let mut actors = None;
        let mut coordinating = Vec::new();
        let mut strength = context.strength;
        let mut work = self.skip_joints(segment.from, segment.to);
        if let Some(s) = subject {
            rules.push(s.rule);
            actors.clone_from(&s.actors);
            strength = s.strength.or(strength);
            work = s.work.min(segment.to);
        }
        if actors.is_none() && !subject.is_some_and(|s| s.spoken) {
            actors.clone_from(&context.actors);
            coordinating.clone_from(&context.coordinating);
            rules.extend(context.rules.iter().copied());
            if context.section
                && context.actors.is_none()
                && !context.under_order
                && subject.is_none()
            {
                rules.push(Rule::TaskSection);
            }
        }
        Raw {
            from,
            to: segment.to,
            work,
            actors,
            coordinating,
            strength,
            rules,
            hits: segment.hits.clone(),
            label: None,
            products: Vec::new(),
        }
    }

    fn skip_joints_of_start(&self, from: usize, segment: &Segment) -> usize {
        if from == segment.from { from } else { from.max(segment.from) }
    }

    fn turn(&self, task: &Raw, segment: &Segment) -> Turn {
        let begin = self.skip_joints(segment.from, segment.to);
        let (mine, theirs) = (dates(&task.hits), dates(&segment.hits));
        let acts = segment.acts || segment.subject.is_some();
        let manner = self.doc.of(begin, &MANNER).is_some();
        let result = self.doc.of(begin, &RESULT).is_some();
        match (mine.is_empty(), theirs.is_empty()) {
            (_, true) if manner || !acts => Turn::GoOn,
            (true, true) => Turn::GoOn,
            (false, true) => {
                if result
                    && self.doc.of(begin, &VERBS).is_none_or(|_| {
                        self.doc.any(begin, &["gửi", "báo cáo", "trình", "tổng hợp"]).is_some()
                    })
                    && !segment.sentence
                {
                    Turn::GoOn
                } else {
                    Turn::Split
                }
            }
            (true, false) => {
                let own_report = self
                    .doc
                    .any(
                        begin,
                        &[
                            "gửi báo cáo",
                            "báo cáo tiến độ",
                            "định kỳ",
                            "báo cáo tình hình",
                            "gửi văn bản",
                            "hằng",
                            "hàng",
                        ],
                    )
                    .is_some();
                let watches = self
                    .doc
                    .any(
                        self.skip_joints(task.work, task.to),
                        &[
                            "theo dõi",
                            "đôn đốc",
                            "kiểm tra",
                            "giám sát",
                            "tổng hợp",
                            "chủ trì theo dõi",
                            "là cơ quan đầu mối",
                            "là đầu mối",
                            "chủ trì , theo dõi",
                            "chịu trách nhiệm theo dõi",
                            "chủ trì đôn đốc",
                        ],
                    )
                    .is_some();
                if watches && !segment.sentence {
                    return Turn::Cover;
                }
                let recurs =
                    segment.hits.iter().all(|h| h.deadline.kind == DeadlineKind::Recurring);
                let leads = self.doc.any(begin, &["chủ trì", "đồng thời chủ trì"]).is_some()
                    && !segment.sentence;
                if segment.sentence && !result && !manner && acts
                    || (own_report || leads || recurs && acts) && !manner
                {
                    Turn::Split
                } else {
                    Turn::Cover
                }
            }
            (false, false) => {
                let substance = segment.hits.first().is_some_and(|h| h.from > begin + 5);
                let same = mine == theirs || !(acts || substance) || manner;
                if same || self.is_bare_deadline(segment, begin) { Turn::GoOn } else { Turn::Split }
            }
        }
    }

    /// "hoàn thành trước ngày D": nothing but the deadline.
    fn is_bare_deadline(&self, segment: &Segment, begin: usize) -> bool {
        segment.hits.first().is_some_and(|h| h.from <= begin + 3)
            && segment.hits.last().is_some_and(|h| h.to + 3 >= segment.to)
    }
}
