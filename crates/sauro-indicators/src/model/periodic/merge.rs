//! Many reports as one (tổng hợp): what units say in a section, with what is nearly the same folded.

use super::sentences::{Shelf, shingles};

/// From this likeness on two sentences say the same, in per cent.
const SAME: usize = 70;

/// One sentence of one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Place of its report among those merged.
    pub report: usize,
    /// The sentence.
    pub words: String,
}

/// What several units say in nearly the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The sentence that stands for all: the first one.
    pub words: String,
    /// All of them, in the order given.
    pub said: Vec<Said>,
}

impl Folded {
    /// The reports that say so, each once.
    pub fn reports(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.said.iter().map(|it| it.report).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Folds `said`: what most units say first, then in the order given.
pub fn fold_said(said: Vec<Said>) -> Vec<Folded> {
    let mut shelf = Shelf::default();
    let mut folds: Vec<Folded> = Vec::new();
    for it in said {
        let set = shingles(&it.words);
        let best = shelf
            .sharing(&set)
            .into_iter()
            .map(|(n, common, size)| (common * 100 / (set.len() + size - common).max(1), n))
            .filter(|(alike, _)| *alike >= SAME)
            .max_by_key(|(alike, n)| (*alike, std::cmp::Reverse(*n)));
        match best.and_then(|(_, n)| folds.get_mut(n)) {
            Some(fold) => fold.said.push(it),
            None => {
                shelf.put(set);
                folds.push(Folded { words: it.words.clone(), said: vec![it] });
            }
        }
    }
    folds.sort_by_key(|it| std::cmp::Reverse(it.reports().len()));
    folds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(report: usize, words: &str) -> Said {
        Said { report, words: words.to_owned() }
    }

    #[test]
    fn what_units_say_alike_is_folded_and_nobodys_words_are_lost() {
        let all = vec![
            said(0, "Đã tập huấn 12 cán bộ về dịch vụ công trực tuyến."),
            said(0, "Thiếu máy quét tại bộ phận một cửa."),
            said(1, "Đã tập huấn 30 cán bộ về dịch vụ công trực tuyến."),
            said(2, "Thiếu máy quét ở bộ phận một cửa."),
            said(2, "Đã tập huấn 8 cán bộ về dịch vụ công trực tuyến."),
        ];
        let folds = fold_said(all.clone());
        let found: Vec<(usize, Vec<usize>)> =
            folds.iter().map(|it| (it.said.len(), it.reports())).collect();
        assert_eq!(found[0], (3, vec![0, 1, 2]));
        let mut kept: Vec<Said> = folds.into_iter().flat_map(|it| it.said).collect();
        kept.sort_by(|a, b| (a.report, &a.words).cmp(&(b.report, &b.words)));
        let mut given = all;
        given.sort_by(|a, b| (a.report, &a.words).cmp(&(b.report, &b.words)));
        assert_eq!(kept, given);
    }

    #[test]
    fn a_hundred_reports_of_a_province_are_folded_without_comparing_each_with_each() {
        let mut all = Vec::new();
        for report in 0..102 {
            all.push(said(report, &format!("Số hồ sơ trực tuyến trong kỳ là {report} hồ sơ.")));
            all.push(said(report, &format!("Ấp {} chưa có sóng di động ổn định.", report % 3)));
        }
        let folds = fold_said(all);
        assert_eq!(folds.len(), 2);
        assert!(folds.iter().all(|it| it.reports().len() == 102));
    }
}
