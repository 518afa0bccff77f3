//! Who is told to do it: the head of a clause.

use super::{
    Reader,
    lexicon::{ADVERBS, ASK, BEFORE_ACTOR, GIVE, REMIND, REQUIRE, VERBS},
};
use crate::{Rule, gazetteer::Actors, model::Strength};

/// The head of a clause that orders.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// First token that belongs to the order.
    pub(super) from: usize,
    /// First token of the work.
    pub(super) work: usize,
    /// First token of the name of those told.
    pub(super) named: usize,
    pub(super) actors: Option<Actors>,
    pub(super) strength: Option<Strength>,
    pub(super) rule: Rule,
    /// An official speaks in it.
    pub(super) spoken: bool,
}

/// What is known where the clause stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) to: usize,
    pub(super) listed: &'a [String],
    /// Somebody is already told to do the items here.
    pub(super) has_actor: bool,
    /// Officials may be told too: "Giao Phó Thủ tướng A …; Phó Thủ tướng B …".
    pub(super) officials: bool,
    /// A name followed by any verb is an order here.
    pub(super) lenient: bool,
}

impl Reader<'_> {
    /// The head of the clause at `from`.
    pub(super) fn subject(&self, from: usize, place: &Place<'_>) -> Option<Subject> {
        let from = self.skip_joints(from, place.to);
        self.according(from, place)
            .or_else(|| self.said_after(from, place))
            .or_else(|| self.at_start(from, place))
            .or_else(|| self.after_comma(from, place))
            .or_else(|| self.given_to(from, place))
    }

    fn at_start(&self, i: usize, place: &Place<'_>) -> Option<Subject> {
        let reminded = || {
            let k = self.doc.of(i, &REMIND).filter(|_| !place.has_actor)?;
            let k = self.doc.any(k, &[":", ",", "rằng"]).unwrap_or(k);
            self.told(i, k, None, Rule::Stressed, true, place)
        };
        self.order(i, i, place, false)
            .or_else(|| self.spoken(i, i, place))
            .or_else(reminded)
            .or_else(|| self.acting(i, i, place, false))
    }

    /// "Để …, Bộ A khẩn trương …", "Về …, Thủ tướng yêu cầu …".
    fn after_comma(&self, from: usize, place: &Place<'_>) -> Option<Subject> {
        let preposed = self.doc.of(from, &BEFORE_ACTOR).is_some();
        let mut depth = 0i32;
        for k in from..place.to.min(from + 160) {
            if self.doc.w(k) == "."
                && depth <= 0
                && self.doc.upper(k + 1)
                && self.doc.is_word(k + 1)
                && k > from + 2
            {
                return None;
            }
            match self.doc.w(k) {
                "(" => depth += 1,
                ")" => depth -= 1,
                "," | ":" | "\"" | "-" | "." if depth <= 0 => {
                    let next = self.skip_joints(k + 1, place.to);
                    let found = self
                        .spoken(from, next, place)
                        .or_else(|| self.order(from, next, place, true));
                    let found = found.or_else(|| {
                        if (preposed && self.doc.w(k) == ",") || self.doc.w(k) == ":" {
                            self.acting(from, next, place, true)
                        } else {
                            None
                        }
                    });
                    if let Some(mut found) = found {
                        if found.actors.is_none() && found.spoken {
                            found.actors = self.meant(from, k, place);
                        }
                        return Some(found);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// "Đối với các địa phương, Thủ tướng yêu cầu …": those named before the speaker.
    fn meant(&self, from: usize, comma: usize, place: &Place<'_>) -> Option<Actors> {
        let at = self
            .doc
            .any(from, &["đối với", "với", "về phía", "riêng", "riêng đối với", "riêng với"])?;
        let mut actors = self.g.actors_at(self.doc, at, &self.naming(place.listed), true)?;
        // The list may run on to the speaker after the comma.
        actors
            .refs
            .retain(|r| !matches!(r.code.as_str(), "TTg" | "PTTg" | "CP" | "BBT" | "BCT_TW"));
        (actors.end >= comma && !actors.refs.is_empty()).then_some(actors)
    }

    /// "giao Bộ A …", "yêu cầu các bộ …", "đề nghị …" at `i`.
    pub(super) fn order(
        &self,
        from: usize,
        i: usize,
        place: &Place<'_>,
        inside: bool,
    ) -> Option<Subject> {
        let (mut j, strength, rule) = self.performative(i)?;
        if place.has_actor && rule == Rule::Required {
            return None;
        }
        j = self
            .doc
            .any(
                j,
                &["cho", ":", "đối với", ",", "rằng", "một", "cho đồng chí", "cho các đồng chí"],
            )
            .unwrap_or(j);
        let naming = crate::gazetteer::Naming { bare: true, ..self.naming(place.listed) };
        let actors = self.g.actors_at(self.doc, j, &naming, true).filter(|a| a.end <= place.to);
        if let Some(actors) = actors {
            let work = self.skip_comma(actors.end);
            if place.has_actor
                && self.doc.w(i) == "phân"
                && actors.codes().all(|c| c.starts_with('*'))
            {
                return None;
            }
            let acts = self.acts(work, place.to, true);
            let obeys = rule != Rule::Requested
                || acts.is_some()
                || work >= place.to
                || self.doc.w(work) == ":";
            if obeys && !self.tells(work) {
                let work = self.work_after(work, acts, place.to);
                return Some(Subject {
                    from,
                    work,
                    named: j,
                    actors: Some(actors),
                    strength,
                    rule,
                    spoken: false,
                });
            }
        }
        let acts = self.doc.of(j, &VERBS).or_else(|| self.doc.of(j, &ADVERBS)).is_some();
        let free = rule != Rule::Assigned && !inside && acts;
        free.then_some(Subject {
            from,
            work: j,
            named: j,
            actors: None,
            strength,
            rule,
            spoken: false,
        })
    }

    pub(super) fn performative(&self, i: usize) -> Option<(usize, Option<Strength>, Rule)> {
        if let Some(j) = self.doc.of(i, &GIVE) {
            return Some((j, Some(Strength::Binding), Rule::Assigned));
        }
        if let Some(j) = self.doc.of(i, &REQUIRE) {
            return Some((j, Some(Strength::Binding), Rule::Required));
        }
        self.doc.of(i, &ASK).map(|j| (j, Some(Strength::Request), Rule::Requested))
    }
}
