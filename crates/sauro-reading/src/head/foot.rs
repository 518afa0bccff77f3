//! The foot of a document: prefix, post and name of the signer; and a day told in running text.

use chrono::NaiveDate;

use super::Lines;
use crate::{model::Head, text::Kind};

impl Lines<'_> {
    /// Prefix and post in capitals near the end, the name below.
    pub(super) fn signer(&self, head: &mut Head) {
        const PREFIXES: [&str; 12] =
            ["KT.", "TM.", "TL.", "TUQ.", "Q.", "T/M", "K/T", "T/L", "TM ", "KT ", "TL ", "T.M"];
        const POSTS: [&str; 16] = [
            "BỘ TRƯỞNG",
            "THỨ TRƯỞNG",
            "CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "CHỦ NHIỆM",
            "PHÓ CHỦ NHIỆM",
            "BỘ TRƯỞNG, CHỦ NHIỆM",
            "THỦ TƯỚNG",
            "PHÓ THỦ TƯỚNG",
            "BÍ THƯ",
            "PHÓ BÍ THƯ",
            "CHÁNH VĂN PHÒNG",
            "PHÓ CHÁNH VĂN PHÒNG",
            "GIÁM ĐỐC",
            "THƯỜNG TRỰC",
            "TỔNG BÍ THƯ",
        ];
        let tail = self.all.len().saturating_sub(40);
        let texts: Vec<String> = self.all.iter().skip(tail).map(|p| self.text(p)).collect();
        let mut post: Vec<String> = Vec::new();
        for line in &texts {
            let bare = line.split("Nơi nhận").next().unwrap_or_default().trim();
            let is_post = (PREFIXES.iter().any(|p| bare.starts_with(p))
                || POSTS.iter().any(|p| bare.starts_with(p)))
                && bare.chars().filter(|c| c.is_lowercase()).count() <= 2
                && bare.chars().count() < 90;
            if is_post {
                post.push(bare.to_owned());
            } else if !post.is_empty() && is_name(line) {
                head.signer = Some(line.clone());
                break;
            } else if post.len() >= 4 {
                break;
            }
        }
        if !post.is_empty() {
            head.signer_title = Some(post.join(" "));
        }
    }

    /// "Ngày 15 tháng 11 năm 2025, tại …": the meeting's day stands for the issue date of a text without a head.
    pub(super) fn telling_date(&self, formal: bool) -> Option<NaiveDate> {
        let reach = if formal { 8 } else { 6 };
        self.all.iter().take(reach).find_map(|p| {
            (p.from..p.to.min(p.from + 60)).find_map(|i| {
                if matches!(self.doc.kind(i), Kind::Date(..)) || self.doc.w(i + 1) == "tháng" {
                    self.date_at(i)
                } else {
                    None
                }
            })
        })
    }
}

fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|w| {
            w.chars().next().is_some_and(char::is_uppercase) && w.chars().all(char::is_alphabetic)
        })
        && line.chars().any(char::is_lowercase)
}
