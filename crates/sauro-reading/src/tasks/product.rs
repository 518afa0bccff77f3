//! What the work leaves behind, who works along, who receives it.

use super::{
    Reader,
    lexicon::{ADVERBS, MANNER, PRODUCT_NOUNS, PRODUCT_VERBS, VERBS},
};
use crate::{Rule, deadline::Hit, model::AgencyRef, text::Kind};

const STOPS: [&str; 22] = [
    "để",
    "nhằm",
    "bảo đảm",
    "đảm bảo",
    "theo",
    "trước",
    "trong",
    "báo cáo",
    "trình",
    "gửi",
    "hoàn thành",
    "phù hợp",
    "trên cơ sở",
    "từ",
    "làm",
    "có",
    "phục vụ",
    "khi",
    "tại",
    "chậm",
    "ngay",
    "vào",
];

impl Reader<'_> {
    /// Products named after verbs that make them, and targets with a figure.
    pub(super) fn products(
        &self,
        from: usize,
        to: usize,
        hits: &[Hit],
        rules: &mut Vec<Rule>,
    ) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut i = from;
        while i < to && out.len() < 6 {
            let verb = self.doc.of(i, &PRODUCT_VERBS);
            if let Some(end) = verb
                && let Some((a, b)) = self.product_after(end, to, hits)
            {
                let text = self.doc.words(a, b);
                if !out.iter().any(|o| o == &text || o.contains(&text)) {
                    out.push(text);
                    push(rules, Rule::ProductNoun);
                }
                i = b.max(i + 1);
                continue;
            }
            if self.doc.w(i + 1) == "%"
                && matches!(self.doc.kind(i), Kind::Number(_) | Kind::Figure | Kind::Pair(..))
            {
                let b = self.phrase_end(i + 2, to, hits, 14);
                out.push(self.doc.words(i, b));
                push(rules, Rule::ProductTarget);
                i = b.max(i + 2);
                continue;
            }
            i += 1;
        }
        out
    }

    fn product_after(&self, i: usize, to: usize, hits: &[Hit]) -> Option<(usize, usize)> {
        let mut j = i;
        for _ in 0..5 {
            if j >= to {
                return None;
            }
            let k = self
                .doc
                .any(
                    j,
                    &[
                        "các",
                        "những",
                        "một số",
                        "bộ",
                        "dự thảo",
                        "việc",
                        "toàn bộ",
                        "đầy đủ",
                        "bản",
                        "nội dung",
                    ],
                )
                .unwrap_or(j);
            if let Some(end) =
                self.doc.of(j, &PRODUCT_NOUNS).or_else(|| self.doc.of(k, &PRODUCT_NOUNS))
            {
                let close = self.phrase_end(end, to, hits, 24);
                return self.shows(j, end, close).then_some((j, close));
            }
            if let Some(end) = self.doc.of(j, &PRODUCT_VERBS) {
                j = end;
                continue;
            }
            // "trình Chính phủ ban hành Nghị định …"
            let named = self.g.actors_at(self.doc, j, &self.naming(&[]), false).map(|a| a.end);
            match named.or_else(|| self.doc.any(j, &["cấp có thẩm quyền", "cấp thẩm quyền"]))
            {
                Some(end) => j = end,
                None if k > j => j = k,
                None => return None,
            }
        }
        None
    }

    /// A product that can be shown, not "báo cáo Bộ A" nor a bare "kết quả".
    fn shows(&self, from: usize, noun: usize, to: usize) -> bool {
        let hands_over = self.doc.before(noun) == "cáo"
            && self.g.actors_at(self.doc, noun, &self.naming(&[]), false).is_some();
        let bare = self
            .doc
            .any(
                from,
                &["kết quả thực hiện", "kết quả", "báo cáo kết quả thực hiện", "báo cáo kết quả"],
            )
            .is_some_and(|end| end >= to);
        !hands_over && !bare
    }

    fn phrase_end(&self, from: usize, to: usize, hits: &[Hit], most: usize) -> usize {
        let half = |k: usize| matches!(self.doc.before(k), "đã" | "chưa" | "không" | "sẽ" | "đang");
        let stop = |k: usize| {
            matches!(self.doc.w(k), ";" | "." | "./." | ":" | "(" | "…")
                || (self.doc.w(k) == "," && !self.enumerates(k, to, hits))
                || (k > from && !half(k) && STOPS.iter().any(|s| self.doc.at(k, s).is_some()))
                || hits.iter().any(|h| h.from == k)
        };
        let mut end =
            (from..to.min(from + most)).find(|k| stop(*k)).unwrap_or_else(|| to.min(from + most));
        while end > from && (half(end) || matches!(self.doc.before(end), "," | "và" | "hoặc")) {
            end -= 1;
        }
        end
    }

    /// A comma inside one thing: "34 tỉnh, thành phố", "hồ sơ, tài liệu điện tử".
    fn enumerates(&self, comma: usize, to: usize, hits: &[Hit]) -> bool {
        let next = comma + 1;
        let fresh = self.doc.of(next, &VERBS).is_some()
            || self.doc.of(next, &ADVERBS).is_some()
            || self.doc.of(next, &MANNER).is_some()
            || self.doc.of(next, &PRODUCT_VERBS).is_some()
            || self.doc.upper(next)
            || STOPS.iter().any(|s| self.doc.at(next, s).is_some())
            || hits.iter().any(|h| h.from == next);
        next < to && self.doc.is_word(next) && !fresh
    }

    /// Agencies after "phối hợp với", "cùng", "hỗ trợ", "hướng dẫn", "đôn đốc".
    pub(super) fn coordinating(&self, from: usize, to: usize) -> Vec<AgencyRef> {
        let mut out: Vec<AgencyRef> = Vec::new();
        let mut i = from;
        while i < to {
            if !matches!(self.doc.w(i), "phối" | "chủ" | "cùng" | "hỗ" | "hướng") {
                i += 1;
                continue;
            }
            let after = self.doc.any(
                i,
                &[
                    "phối hợp chặt chẽ với",
                    "phối hợp với",
                    "phối hợp cùng",
                    "phối hợp cùng với",
                    "phối hợp",
                    "chủ trì cùng",
                    "chủ trì , cùng",
                    "cùng với",
                    "hỗ trợ",
                    "hướng dẫn",
                    "hướng dẫn , hỗ trợ",
                    "phối hợp , hỗ trợ",
                ],
            );
            match after.and_then(|j| self.g.actors_at(self.doc, j, &self.naming(&[]), false)) {
                Some(actors) if actors.end <= to => {
                    let fresh: Vec<AgencyRef> =
                        actors.refs.into_iter().filter(|r| !out.contains(r)).collect();
                    out.extend(fresh);
                    i = actors.end.max(i + 1);
                }
                _ => i += 1,
            }
        }
        out
    }

    /// The one named right at `j`, or after the few words of what is handed over: "báo cáo kết quả (về) Bộ A".
    fn receiver(&self, j: usize, to: usize) -> Option<crate::gazetteer::Actors> {
        let naming = self.naming(&[]);
        let named =
            |k: usize| self.g.actors_at(self.doc, k, &naming, false).filter(|a| a.end <= to);
        named(j).or_else(|| {
            (j..to.min(j + 9))
                .take_while(|k| !matches!(self.doc.w(*k), "," | ";" | "." | ":" | "("))
                .find_map(|k| match self.doc.any(k, &["về", "cho", "với", "lên", "đến", "tới"])
                {
                    Some(next) => named(next),
                    None => named(k).filter(crate::gazetteer::Actors::is_official),
                })
        })
    }

    /// Who decides on the result or receives it.
    pub(super) fn authority(
        &self,
        from: usize,
        to: usize,
        rules: &mut Vec<Rule>,
    ) -> Option<AgencyRef> {
        let mut reported = None;
        let mut unnamed = false;
        for i in from..to {
            if !matches!(self.doc.w(i), "trình" | "đề" | "tham" | "báo" | "gửi" | "xin") {
                continue;
            }
            let submitted = self.doc.any(i, &["trình", "đề xuất", "tham mưu", "tham mưu cho"]);
            let handed = self.doc.any(
                i,
                &[
                    "báo cáo",
                    "gửi về",
                    "gửi báo cáo về",
                    "gửi",
                    "báo cáo kết quả về",
                    "gửi kết quả về",
                    "xin ý kiến",
                ],
            );
            let Some(j) = submitted.or(handed) else { continue };
            if self
                .doc
                .any(j, &["cấp có thẩm quyền", "cấp thẩm quyền", "các cấp có thẩm quyền"])
                .is_some()
            {
                unnamed = true;
                continue;
            }
            let Some(actors) = self.receiver(j, to) else {
                continue;
            };
            let Some(first) = actors.refs.first().filter(|r| !r.code.starts_with('*')).cloned()
            else {
                continue;
            };
            if submitted.is_some() {
                push(rules, Rule::SubmittedTo);
                return Some(first);
            }
            reported = reported.or(Some(first));
        }
        if reported.is_some() {
            push(rules, Rule::ReportedTo);
        } else if unnamed {
            push(rules, Rule::UnnamedAuthority);
        }
        reported
    }
}

pub(super) fn push(rules: &mut Vec<Rule>, rule: Rule) {
    if !rules.contains(&rule) {
        rules.push(rule);
    }
}
