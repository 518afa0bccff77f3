//! Lists that say the head once: "các Bộ: Quốc phòng, Công an", "các Sở: Tài chính, Xây dựng".

use super::{
    Gazetteer, local,
    units::{Naming, Unit, tail},
};
use crate::{Rule, text::Doc};

impl Gazetteer {
    /// "các Bộ: Quốc phòng, Công an", "các Bộ, cơ quan: Tài chính, Văn phòng Chính phủ".
    pub(super) fn elided_ministries(&self, doc: &Doc, i: usize) -> Option<Unit> {
        let mut j =
            doc.any(i, &["các bộ", "hai bộ", "2 bộ", "02 bộ", "ba bộ", "lãnh đạo các bộ"])?;
        while let Some(after) =
            doc.any(j, &[", cơ quan", ", ngành", ", cơ quan ngang bộ", "và cơ quan", "cơ quan"])
        {
            j = after;
        }
        j = if doc.w(j) == ":" { j + 1 } else { j };
        let (codes, end) = self.elided(doc, j, |doc, k| {
            self.ministry_at(doc, k).map(|(end, t)| (end, t.code.clone()))
        })?;
        Some(Unit { codes, ..Unit::one(String::new(), end) }.because(Rule::ElidedList))
    }

    pub(super) fn departments(&self, doc: &Doc, i: usize, naming: &Naming<'_>) -> Option<Unit> {
        if let Some(j) = doc.any(i, &["các sở"]) {
            let mut k = j;
            while let Some(after) = doc.any(k, &[", ban", ", ngành", ", ban , ngành", ", đơn vị"])
            {
                k = after;
            }
            k = if doc.w(k) == ":" { k + 1 } else { k };
            let department = |doc: &Doc, k: usize| {
                let k = doc.any(k, &["sở"]).unwrap_or(k);
                local::department_at(self, doc, k, naming.province).filter(|_| doc.upper(k))
            };
            let (codes, end) = self.elided(doc, k, department)?;
            return Some(
                Unit { codes, ..Unit::one(String::new(), end) }
                    .because(Rule::ElidedList)
                    .because(Rule::ProvincialDepartment),
            );
        }
        let j = doc.any(i, &["sở"])?;
        let (end, code) = local::department_at(self, doc, j, naming.province)?;
        Some(Unit::one(code, end).because(Rule::ProvincialDepartment))
    }

    /// "các Tập đoàn: Bưu chính Viễn thông Việt Nam, …".
    pub(super) fn elided_groups(&self, doc: &Doc, i: usize) -> Option<Unit> {
        let mut j = doc.any(
            i,
            &[
                "các tập đoàn",
                "hai tập đoàn",
                "các tổng công ty",
                "các doanh nghiệp",
                "các nhà mạng",
                "các đài",
                "các cơ quan",
            ],
        )?;
        while let Some(after) = doc.any(j, &[", tổng công ty", ", cơ quan", "viễn thông"]) {
            j = after;
        }
        j = if doc.w(j) == ":" { j + 1 } else { j };
        let (codes, end) = self.elided(doc, j, |_, _| None)?;
        Some(Unit { codes, ..Unit::one(String::new(), end) }.because(Rule::ElidedList))
    }

    pub(super) fn elided(
        &self,
        doc: &Doc,
        from: usize,
        short: impl Fn(&Doc, usize) -> Option<(usize, String)>,
    ) -> Option<(Vec<String>, usize)> {
        let (mut codes, mut end, mut j) = (Vec::new(), from, from);
        loop {
            let whole = self
                .agency_at(doc, j)
                .filter(|_| doc.upper(j))
                .map(|(end, t)| (end, t.code.clone()));
            let brief = short(doc, j);
            let Some((after, code)) = whole.into_iter().chain(brief).max_by_key(|(end, _)| *end)
            else {
                break;
            };
            if code.starts_with('*') {
                break;
            }
            if !codes.contains(&code) {
                codes.push(code);
            }
            end = tail(doc, after);
            j = end;
            while matches!(doc.w(j), "," | "và") {
                j += 1;
            }
            if j == end {
                break;
            }
        }
        (!codes.is_empty()).then_some((codes, end))
    }
}
