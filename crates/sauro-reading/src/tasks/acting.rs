//! Whether an agency's name is followed by something to do: "Bộ A khẩn trương …".

use super::{
    Reader,
    lexicon::{ADVERBS, DETOURS, JOINTS, NO_VERB, OPENERS, TELLING, TOLD, VERBS},
    subject::{Place, Subject},
};
use crate::Rule;

impl Reader<'_> {
    /// "Bộ A (khẩn trương) làm …" at `i`.
    pub(super) fn acting(
        &self,
        from: usize,
        i: usize,
        place: &Place<'_>,
        strict: bool,
    ) -> Option<Subject> {
        let naming = crate::gazetteer::Naming { bare: !strict, ..self.naming(place.listed) };
        let actors = self.g.actors_at(self.doc, i, &naming, true).filter(|a| a.end <= place.to)?;
        let work = self.skip_comma(actors.end);
        let deputy = actors.codes().all(|c| c == "PTTg")
            && (place.officials || self.doc.any(work, &["được giao", "được phân công"]).is_some());
        if actors.is_official() && !deputy {
            return None;
        }
        if work >= place.to || self.tells(work) || self.told_only(work) {
            return None;
        }
        let plain =
            place.lenient && (i == from || self.doc.upper(i)) && self.plainly(work, place.to);
        if plain {
            return Some(Subject {
                from,
                work,
                named: i,
                actors: Some(actors),
                strength: None,
                rule: Rule::SubjectActs,
                spoken: false,
            });
        }
        let work = if strict {
            self.acts_strictly(work).then_some(work)
        } else {
            self.acts(work, place.to, false)
        }?;
        let begins_well = self.doc.upper(i) || !self.doc.is_word(i) || i == from || strict;
        begins_well.then_some(Subject {
            from,
            work,
            named: i,
            actors: Some(actors),
            strength: None,
            rule: Rule::SubjectActs,
            spoken: false,
        })
    }

    /// "Bộ A được giao …", "Bộ A cũng được yêu cầu …".
    pub(super) fn charged(&self, work: usize) -> bool {
        const CHARGED: [&str; 6] = [
            "được giao",
            "được phân công",
            "được yêu cầu",
            "được đề nghị",
            "được chỉ đạo",
            "được lưu ý",
        ];
        self.doc.any(work, &CHARGED).is_some()
    }

    /// No word that only joins or tells; "không cắt điện" forbids and so orders.
    pub(super) fn opens_plainly(&self, i: usize) -> bool {
        self.doc.of(i, &NO_VERB).is_none()
            || self.doc.w(i) == "không" && self.doc.of(i + 1, &VERBS).is_some()
    }

    /// Any word in small letters that may open the work after the name of those told.
    pub(super) fn plainly(&self, work: usize, to: usize) -> bool {
        work < to
            && self.doc.is_word(work)
            && !self.doc.upper(work)
            && self.opens_plainly(work)
            && !self.tells(work)
            && !self.told_only(work)
    }

    /// Where the work begins: at the verb found, unless the word right after the name opens it already.
    pub(super) fn work_after(&self, work: usize, acts: Option<usize>, to: usize) -> usize {
        let detour = self.doc.of(work, &DETOURS).is_some();
        if !detour && self.plainly(work, to) { work } else { acts.unwrap_or(work) }
    }

    pub(super) fn told_only(&self, i: usize) -> bool {
        self.doc.of(i, &TOLD).is_some()
    }

    pub(super) fn tells(&self, i: usize) -> bool {
        let w = self.doc.w(i);
        TELLING.contains(&w)
            && !(w == "có"
                || self
                    .doc
                    .any(
                        i,
                        &[
                            "là đầu mối",
                            "là cơ quan đầu mối",
                            "là cơ quan thường trực",
                            "là cơ quan chủ trì",
                            "là đơn vị đầu mối",
                            "là đơn vị chủ trì",
                            "đang thực hiện",
                        ],
                    )
                    .is_some())
    }

    /// A verb of action or an adverb of order at `i`, at once.
    pub(super) fn acts_strictly(&self, i: usize) -> bool {
        (self.doc.of(i, &VERBS).is_some() || self.doc.of(i, &ADVERBS).is_some())
            && !self.told_only(i)
    }

    /// As above, after "theo chức năng, nhiệm vụ …", "tại khu vực …", "căn cứ …".
    pub(super) fn acts(&self, i: usize, to: usize, ordered: bool) -> Option<usize> {
        if self.acts_strictly(i) {
            return Some(i);
        }
        if !ordered && self.doc.of(i, &DETOURS).is_none() {
            return None;
        }
        let stop = (i..to.min(i + 45)).find(|k| {
            matches!(self.doc.w(*k), ";" | "." | ":" | "./.")
                || (matches!(self.doc.w(*k), "đã" | "đang" | "vừa")
                    && self.doc.at(*k, "đã được").is_none())
        });
        let tells = stop.is_some_and(|k| matches!(self.doc.w(k), "đã" | "đang" | "vừa"));
        let end = stop.unwrap_or(to.min(i + 45));
        if let Some(k) = (i..end.min(i + 28)).find(|k| self.doc.of(*k, &OPENERS).is_some()) {
            return Some(k);
        }
        if tells {
            return None;
        }
        let mut at_break = false;
        for k in i..end {
            let w = self.doc.w(k);
            if ((at_break || ordered && k < i + 12) && self.doc.of(k, &VERBS).is_some())
                || (k > i + 2 && self.doc.of(k, &VERBS).is_some_and(|end| end > k + 1))
            {
                return Some(k);
            }
            at_break = w == "," || w == ")";
        }
        None
    }

    pub(super) fn skip_comma(&self, i: usize) -> usize {
        let mut j = i;
        while matches!(self.doc.w(j), "," | "\"") {
            j += 1;
        }
        self.doc.any(j, &["cũng", "còn"]).unwrap_or(j)
    }

    /// "đồng thời,", "trong đó,", quotes and dashes at the start of a clause.
    pub(super) fn skip_joints(&self, from: usize, to: usize) -> usize {
        let mut j = from;
        while j < to {
            let next = self.doc.of(j, &JOINTS);
            match next {
                Some(n) => j = n,
                None => break,
            }
        }
        j.min(to)
    }
}
