/// Most characters of a directive's text.
pub const MAX_TEXT_CHARS: usize = 500_000;

/// The mark of secrecy (độ mật) that a paper bears, if any: a line of its own that says MẬT, TỐI MẬT
/// or TUYỆT MẬT.
pub fn secrecy(text: &str) -> Option<&'static str> {
    text.lines().find_map(|line| {
        let words: String = line.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
        match words.split_whitespace().collect::<Vec<_>>().join(" ").as_str() {
            "MẬT" | "ĐỘ MẬT: MẬT" => Some("MẬT"),
            "TỐI MẬT" | "ĐỘ MẬT: TỐI MẬT" => Some("TỐI MẬT"),
            "TUYỆT MẬT" | "ĐỘ MẬT: TUYỆT MẬT" => Some("TUYỆT MẬT"),
            _ => None,
        }
    })
}
