//! The head and foot of a document, State layout (Nghị định 30/2020) and Party layout (Hướng dẫn 36-HD/VPTW).

mod foot;

use chrono::NaiveDate;

use crate::{
    Gazetteer,
    gazetteer::Naming,
    model::Head,
    text::{Doc, Kind, Paragraph, canon},
};

/// How many paragraphs may hold the head.
const REACH: usize = 30;

const KINDS: [(&str, &str); 27] = [
    ("THÔNG BÁO KẾT LUẬN", "Thông báo kết luận"),
    ("THÔNG BÁO", "Thông báo"),
    ("CÔNG ĐIỆN", "Công điện"),
    ("NGHỊ QUYẾT", "Nghị quyết"),
    ("NGHỊ ĐỊNH", "Nghị định"),
    ("QUYẾT ĐỊNH", "Quyết định"),
    ("CHỈ THỊ", "Chỉ thị"),
    ("KẾT LUẬN", "Kết luận"),
    ("KẾ HOẠCH", "Kế hoạch"),
    ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "Chương trình hành động"),
    ("CHƯƠNG TRÌNH", "Chương trình"),
    ("QUY ĐỊNH", "Quy định"),
    ("QUY CHẾ", "Quy chế"),
    ("HƯỚNG DẪN", "Hướng dẫn"),
    ("THÔNG TƯ", "Thông tư"),
    ("BÁO CÁO", "Báo cáo"),
    ("TỜ TRÌNH", "Tờ trình"),
    ("ĐỀ ÁN", "Đề án"),
    ("PHƯƠNG ÁN", "Phương án"),
    ("CÔNG VĂN", "Công văn"),
    ("THÔNG TRI", "Thông tri"),
    ("QUY TRÌNH", "Quy trình"),
    ("BIÊN BẢN", "Biên bản"),
    ("GIẤY MỜI", "Giấy mời"),
    ("THÔNG CÁO", "Thông cáo"),
    ("LUẬT", "Luật"),
    ("PHIẾU CHUYỂN", "Phiếu chuyển"),
];

const SYMBOL_KINDS: [(&str, &str); 18] = [
    ("TB", "Thông báo"),
    ("CĐ", "Công điện"),
    ("NQ", "Nghị quyết"),
    ("NĐ", "Nghị định"),
    ("QĐ", "Quyết định"),
    ("CT", "Chỉ thị"),
    ("KL", "Kết luận"),
    ("KH", "Kế hoạch"),
    ("CTr", "Chương trình"),
    ("QyĐ", "Quy định"),
    ("QĐi", "Quy định"),
    ("QC", "Quy chế"),
    ("HD", "Hướng dẫn"),
    ("TT", "Thông tư"),
    ("BC", "Báo cáo"),
    ("TTr", "Tờ trình"),
    ("ĐA", "Đề án"),
    ("CV", "Công văn"),
];

const SCENERY: [&str; 5] = [
    "cộng hòa xã hội chủ nghĩa việt nam",
    "độc lập - tự do - hạnh phúc",
    "độc lập – tự do – hạnh phúc",
    "đảng cộng sản việt nam",
    "độc lập tự do hạnh phúc",
];

struct Lines<'a> {
    doc: &'a Doc,
    all: &'a [Paragraph],
}

/// Reads the head, and the signer at the foot.
pub(crate) fn read(g: &Gazetteer, doc: &Doc, paragraphs: &[Paragraph]) -> Head {
    let lines = Lines { doc, all: paragraphs };
    let mut head = Head::default();
    let scenery = lines.scenery();
    let numbered = lines.number(&mut head);
    lines.place_and_date(&mut head);
    let titled = lines.kind_and_subject(&mut head, numbered.is_some() || scenery.is_some());
    lines.issuer(g, &mut head, numbered, titled);
    let star = lines.all.iter().take(12).any(|p| doc.words(p.from, p.to) == "*");
    if let Some(number) = &head.number {
        let dashed = number.split('/').next().is_some_and(|first| first.contains('-'));
        head.party_layout = Some(scenery == Some(true) || (scenery.is_none() && (dashed || star)));
        if head.kind.is_none() {
            head.kind = kind_of_symbol(number);
        }
    } else if scenery.is_some() || star {
        head.party_layout = Some(scenery == Some(true) || star);
    }
    if head.number.is_some() || head.kind.is_some() {
        lines.signer(&mut head);
    }
    if head.issued_on.is_none() {
        head.issued_on = lines.telling_date(head.number.is_some() || head.kind.is_some());
    }
    head
}

fn kind_of_symbol(number: &str) -> Option<String> {
    let parts: Vec<&str> = number.split(['/', '-']).collect();
    let found = parts.iter().skip(1).find_map(|p| SYMBOL_KINDS.iter().find(|(s, _)| s == p));
    found
        .map(|(_, name)| (*name).to_owned())
        .or_else(|| (parts.len() == 3).then(|| "Công văn".to_owned()))
}

impl Lines<'_> {
    fn text(&self, p: &Paragraph) -> String {
        self.doc.words(p.from, p.to)
    }

    /// `Some(true)`: the Party's name stands there; `Some(false)`: the State's.
    fn scenery(&self) -> Option<bool> {
        self.all.iter().take(12).find_map(|p| {
            let line = canon(&self.text(p));
            if line.contains("đảng cộng sản việt nam") && line.chars().count() < 90 {
                Some(true)
            } else if line.contains("cộng hòa xã hội chủ nghĩa") && line.chars().count() < 120
            {
                Some(false)
            } else {
                None
            }
        })
    }

    /// `Số: 15/QĐ-BNV`, `Số 57-NQ/TW`, `Số:    /TB-VPCP`.
    fn number(&self, head: &mut Head) -> Option<usize> {
        for (at, p) in self.all.iter().take(REACH).enumerate() {
            for i in p.from..p.to.min(p.from + 40) {
                if self.doc.w(i) != "số"
                    || (i > p.from
                        && self.doc.upper(i)
                        && !self.doc.token(i - 1).is_some_and(|t| t.caps))
                {
                    continue;
                }
                let j = if self.doc.w(i + 1) == ":" { i + 2 } else { i + 1 };
                let opens = i == p.from || self.doc.upper(i);
                if let Some(number) = self.symbol_at(j, p.to).filter(|_| opens) {
                    head.number = Some(number);
                    return Some(at);
                }
            }
        }
        None
    }

    fn symbol_at(&self, j: usize, to: usize) -> Option<String> {
        if j >= to {
            return None;
        }
        if self.doc.kind(j) == Kind::Symbol {
            return Some(self.doc.exact(j, j + 1));
        }
        // Spaces or dots inside: "Số: 15 /QĐ-BNV", "Số: ... /KH-UBND".
        let slash = (j..to.min(j + 4)).find(|k| self.doc.w(*k) == "/" || self.doc.w(*k) == "-")?;
        let mut end = slash + 1;
        while end < to
            && self.doc.token(end).is_some_and(|t| t.glued)
            && (self.doc.is_word(end) || matches!(self.doc.w(end), "-" | "/"))
        {
            end += 1;
        }
        let tail: String = (slash..end).map(|k| self.doc.exact(k, k + 1)).collect();
        let number: String = (j..slash)
            .filter(|k| matches!(self.doc.kind(*k), Kind::Number(_)))
            .map(|k| self.doc.exact(k, k + 1))
            .collect();
        (end > slash + 1).then(|| format!("{number}{tail}"))
    }

    /// `Hà Nội, ngày 05 tháng 11 năm 2025`.
    fn place_and_date(&self, head: &mut Head) {
        for p in self.all.iter().take(REACH) {
            for i in p.from..p.to.min(p.from + 60) {
                if self.doc.w(i) != "," || self.doc.w(i + 1) != "ngày" {
                    continue;
                }
                let Some(date) = self.date_at(i + 2) else { continue };
                let mut from = i;
                while from > p.from
                    && self.doc.upper(from - 1)
                    && self.doc.is_word(from - 1)
                    && !self.doc.token(from - 1).is_some_and(|t| t.caps)
                    || from > p.from && self.doc.before(from) == "."
                {
                    from -= 1;
                }
                let words = (from..i).filter(|k| self.doc.is_word(*k)).count();
                let whole_line = p.to - p.from <= 24 || self.date_ends_line(i, p.to);
                if words == 0 || words > 5 || !whole_line {
                    continue;
                }
                head.place = Some(self.doc.words(from, i));
                head.issued_on = Some(date);
                return;
            }
        }
    }

    fn date_ends_line(&self, i: usize, to: usize) -> bool {
        to <= i + 9
    }

    fn date_at(&self, j: usize) -> Option<NaiveDate> {
        if let Kind::Date(d, m, y) = self.doc.kind(j) {
            return NaiveDate::from_ymd_opt(y, m, d);
        }
        let d = self.doc.number(j)?;
        let j = self.doc.at(j + 1, "tháng")?;
        let m = self.doc.number(j)?;
        let j = self.doc.at(j + 1, "năm")?;
        NaiveDate::from_ymd_opt(self.doc.number(j)? as i32, m, d)
    }

    /// The kind in capitals, and the subject after it or after "V/v".
    fn kind_and_subject(&self, head: &mut Head, formal: bool) -> Option<usize> {
        for (at, p) in self.all.iter().take(REACH).enumerate() {
            let text = self.text(p);
            if let Some(rest) =
                ["V/v ", "v/v ", "V/V ", "Về việc "].iter().find_map(|v| text.strip_prefix(v))
                && head.subject.is_none()
                && at > 0
            {
                head.subject = Some(tidy(rest));
                if head.kind.is_none() && formal {
                    head.kind = head.number.as_deref().and_then(kind_of_symbol);
                }
                return Some(at);
            }
            let Some((words, name)) = KINDS.iter().find(|(k, _)| {
                text.starts_with(k)
                    && text.chars().nth(k.chars().count()).is_none_or(|c| !c.is_alphanumeric())
            }) else {
                continue;
            };
            if p.label.is_some() {
                continue;
            }
            head.kind = Some((*name).to_owned());
            let rest = tidy(text.get(words.len()..).unwrap_or_default());
            let mut subject = rest;
            let mut last = at;
            for next in self.all.iter().skip(at + 1).take(4) {
                let line = self.text(next);
                let goes_on = self.is_caps(next)
                    || (subject.is_empty() && !ends(&line) && line.chars().count() < 400)
                    || starts_subject(&line);
                if !goes_on
                    || next.label.is_some()
                    || canon(&line).contains("điện :")
                    || canon(&line).ends_with("điện:")
                    || line.chars().all(|c| !c.is_alphanumeric())
                {
                    break;
                }
                subject = format!("{subject} {}", tidy(&line));
                last += 1;
            }
            let subject = tidy(&subject);
            let cut = subject
                .find("THỦ TƯỚNG CHÍNH PHỦ điện")
                .and_then(|i| subject.get(..i))
                .map_or(subject.clone(), tidy);
            if !cut.is_empty() {
                head.subject = Some(cut);
            }
            return Some(last);
        }
        None
    }

    fn is_caps(&self, p: &Paragraph) -> bool {
        let words = (p.from..p.to).filter(|i| self.doc.is_word(*i)).count();
        let caps = (p.from..p.to)
            .filter(|i| self.doc.is_word(*i) && self.doc.token(*i).is_some_and(|t| t.caps))
            .count();
        words > 0 && caps * 10 >= words * 9
    }

    /// Lines in capitals before the number, without State and Party scenery; else the addressing line of a telegram.
    fn issuer(
        &self,
        g: &Gazetteer,
        head: &mut Head,
        numbered: Option<usize>,
        titled: Option<usize>,
    ) {
        let limit = numbered.or(titled.map(|t| t.saturating_sub(1))).unwrap_or(0);
        let mut names: Vec<String> = Vec::new();
        for p in self.all.iter().take(limit + 1) {
            let mut line = self.text(p);
            if let Some(at) = line.find("Số") {
                line.truncate(at);
            }
            let folded = canon(&line);
            let mut kept = line.clone();
            for scene in SCENERY {
                if let Some(at) = folded.find(scene) {
                    kept = kept.get(..at).unwrap_or_default().to_owned();
                }
            }
            let kept = tidy(&kept);
            let upper = kept.chars().filter(|c| c.is_uppercase()).count();
            let lower = kept.chars().filter(|c| c.is_lowercase()).count();
            if upper > 3
                && lower == 0
                && !KINDS.iter().any(|(k, _)| kept.starts_with(k))
                && !kept.contains("MẬT")
            {
                names.push(kept);
            }
        }
        if let Some(name) = names.last() {
            let known = self.known(g, name).or_else(|| {
                names.len().checked_sub(2).and_then(|i| names.get(i)).and_then(|n| self.known(g, n))
            });
            head.issuer_text = Some(name.clone());
            head.issuer = known;
            return;
        }
        let telegram = self
            .all
            .iter()
            .take(REACH)
            .map(|p| self.text(p))
            .find(|line| canon(line).trim_end().ends_with("điện:"));
        if telegram.is_some_and(|line| line.contains("THỦ TƯỚNG CHÍNH PHỦ")) {
            head.issuer = Some(g.agency("TTg"));
            head.issuer_text = Some("THỦ TƯỚNG CHÍNH PHỦ".to_owned());
            return;
        }
        if let Some(number) = &head.number {
            let office = number
                .rsplit(['/', '-'])
                .find(|p| p.chars().any(char::is_alphabetic))
                .unwrap_or_default();
            let doc = Doc::new(office);
            head.issuer = g
                .agency_at(&doc, 0)
                .filter(|(end, _)| *end == doc.len())
                .map(|(_, t)| g.agency(&t.code))
                .or_else(|| match office {
                    "TTg" => Some(g.agency("TTg")),
                    "CP" => Some(g.agency("CP")),
                    _ => None,
                });
        }
    }

    fn known(&self, g: &Gazetteer, name: &str) -> Option<crate::model::AgencyRef> {
        let doc = Doc::new(name);
        let naming = Naming { bare: true, ..Naming::default() };
        g.actors_at(&doc, 0, &naming, true)
            .filter(|a| a.end >= doc.len().min(3))
            .and_then(|a| a.refs.first().cloned())
            .filter(|r| !r.code.starts_with('*'))
    }
}

fn starts_subject(line: &str) -> bool {
    ["Về ", "V/v ", "Kết luận của ", "Kết luận ", "về "].iter().any(|p| line.starts_with(p))
        && !ends(line)
        && line.chars().count() < 400
}

fn ends(line: &str) -> bool {
    line.trim_end().ends_with(['.', ';', ':'])
}

fn tidy(text: &str) -> String {
    let trimmed = text.trim().trim_matches(['-', '_', '–', '*', '—']).trim();
    trimmed
        .strip_prefix("V/v ")
        .or_else(|| trimmed.strip_prefix("V/V "))
        .unwrap_or(trimmed)
        .trim()
        .to_owned()
}
