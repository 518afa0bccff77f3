//! Fields said by name: "Cơ quan chủ trì: …", "Thời hạn: …", "Sản phẩm: …".

use super::{Raw, Reader, segment::Segment};
use crate::{
    Rule,
    deadline::{Reading, find},
    gazetteer::{Actors, Naming},
    model::AgencyRef,
    text::Doc,
};

/// What a named field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Lead,
    Coordinating,
    Time,
    Product,
    Authority,
}

const NAMES: [(&str, Field); 36] = [
    ("cơ quan chủ trì thực hiện", Field::Lead),
    ("cơ quan chủ trì", Field::Lead),
    ("đơn vị chủ trì thực hiện", Field::Lead),
    ("đơn vị chủ trì", Field::Lead),
    ("cơ quan thực hiện", Field::Lead),
    ("đơn vị thực hiện", Field::Lead),
    ("chủ trì thực hiện", Field::Lead),
    ("cơ quan , đơn vị chủ trì", Field::Lead),
    ("phân công thực hiện", Field::Lead),
    ("chủ trì", Field::Lead),
    ("trách nhiệm thực hiện", Field::Lead),
    ("cơ quan phối hợp thực hiện", Field::Coordinating),
    ("cơ quan phối hợp", Field::Coordinating),
    ("đơn vị phối hợp thực hiện", Field::Coordinating),
    ("đơn vị phối hợp", Field::Coordinating),
    ("cơ quan , đơn vị phối hợp", Field::Coordinating),
    ("phối hợp thực hiện", Field::Coordinating),
    ("phối hợp", Field::Coordinating),
    ("thời hạn hoàn thành", Field::Time),
    ("thời hạn thực hiện", Field::Time),
    ("thời gian hoàn thành", Field::Time),
    ("thời gian thực hiện", Field::Time),
    ("thời hạn", Field::Time),
    ("thời gian", Field::Time),
    ("tiến độ thực hiện", Field::Time),
    ("tiến độ", Field::Time),
    ("hạn hoàn thành", Field::Time),
    ("hoàn thành", Field::Time),
    ("sản phẩm đầu ra", Field::Product),
    ("sản phẩm hoàn thành", Field::Product),
    ("sản phẩm", Field::Product),
    ("kết quả đầu ra", Field::Product),
    ("kết quả", Field::Product),
    ("cấp trình", Field::Authority),
    ("cấp phê duyệt", Field::Authority),
    ("cấp có thẩm quyền phê duyệt", Field::Authority),
];

impl Reader<'_> {
    /// The field that begins at `from` (a dash may stand before it) and where its value begins.
    pub(super) fn field_line(&self, from: usize, to: usize) -> Option<(Field, usize)> {
        let mut i = from;
        while matches!(self.doc.w(i), "-" | "+" | "(" | "•" | ",") {
            i += 1;
        }
        let (end, field) = NAMES
            .iter()
            .filter_map(|(name, f)| self.doc.at(i, name).map(|end| (end, *f)))
            .max_by_key(|(end, _)| *end)?;
        (self.doc.w(end) == ":" && end + 1 < to).then_some((field, end + 1))
    }

    pub(super) fn field_segment(&self, segment: &Segment, hand: Option<&mut Raw>) -> bool {
        let Some((field, value)) = self.field_line(segment.from, segment.to) else { return false };
        let Some(task) = hand else { return true };
        self.fill(task, field, value, segment.to);
        true
    }

    /// A paragraph of fields completes the task before it.
    pub(super) fn field_paragraph(
        &self,
        _from: usize,
        body: usize,
        to: usize,
        last: Option<&mut Raw>,
    ) {
        let Some(task) = last else { return };
        let mut i = body;
        while i < to {
            let end = (i..to)
                .find(|k| {
                    matches!(self.doc.w(*k), ";" | ".") && self.field_line(k + 1, to).is_some()
                })
                .map_or(to, |k| k + 1);
            if let Some((field, value)) = self.field_line(i, end) {
                self.fill(task, field, value, end);
            }
            i = end;
        }
    }

    fn fill(&self, task: &mut Raw, field: Field, value: usize, to: usize) {
        if !task.rules.contains(&Rule::FieldLine) {
            task.rules.push(Rule::FieldLine);
        }
        match field {
            Field::Lead => task.actors = agencies_of(self, value, to).or(task.actors.take()),
            Field::Coordinating => {
                let more = agencies_of(self, value, to).map(|a| a.refs).unwrap_or_default();
                task.coordinating.extend(more);
            }
            Field::Time => task.hits.extend(find(self.doc, value, to, self.issued, Reading::Field)),
            Field::Product => task.products.push(trimmed(self.doc, value, to)),
            Field::Authority => {}
        }
        task.to = to;
    }
}

fn trimmed(doc: &Doc, from: usize, to: usize) -> String {
    doc.words(from, to).trim_end_matches(['.', ';', ',', ' ']).to_owned()
}

/// All agencies of a cell or field, wherever they stand in it.
pub(crate) fn agencies_of(reader: &Reader<'_>, from: usize, to: usize) -> Option<Actors> {
    let naming = Naming { bare: true, ..reader.naming(&[]) };
    let mut all: Option<Actors> = None;
    let mut i = from;
    while i < to {
        match reader.g.actors_at(reader.doc, i, &naming, true).filter(|a| a.end <= to && a.end > i)
        {
            Some(found) => {
                i = found.end;
                match &mut all {
                    Some(known) => {
                        known.end = found.end;
                        known.titled |= found.titled;
                        known.vague &= found.vague;
                        known.rules.extend(found.rules);
                        let fresh: Vec<AgencyRef> =
                            found.refs.into_iter().filter(|r| !known.refs.contains(r)).collect();
                        known.refs.extend(fresh);
                    }
                    None => all = Some(found),
                }
            }
            None => i += 1,
        }
    }
    all
}
