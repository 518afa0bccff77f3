//! What the editor says about a text while it is written: some things must be mended before it goes to a leader,
//! some are advice.

use super::{Block, Content, words_of};

/// One remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The block, counted from 1; 0 for the text as a whole.
    pub block: usize,
    /// It must be mended before the text is handed up.
    pub is_grave: bool,
    /// What to do.
    pub words: String,
}

/// Syllables of a sentence that is hard to read in one go.
const LONG_SENTENCE: usize = 45;

/// Syllables after which a text wants headings.
const LONG_TEXT: usize = 600;

/// Words that say nothing about where a link leads.
const BLIND_LINKS: [&str; 9] =
    ["tai day", "o day", "day", "link", "xem", "xem them", "click", "here", "bam vao day"];

/// Everything there is to say about `content`, in the order of its blocks.
pub fn remarks(content: &Content) -> Vec<Remark> {
    let mut all = Vec::new();
    if content.blocks.is_empty() {
        grave(&mut all, 0, "Bài chưa có nội dung. Thêm ít nhất một khối.");
    }
    if content.summary.is_empty() {
        hint(&mut all, 0, "Thêm tóm tắt một, hai câu: danh sách và nguồn tin hiện tóm tắt này.");
    }
    let n_words = content.words().split_whitespace().count();
    let has_heading = content.blocks.iter().any(|it| matches!(it, Block::Heading { .. }));
    if n_words > LONG_TEXT && !has_heading {
        hint(&mut all, 0, "Bài dài mà không có tiêu đề nào. Chia phần để người đọc lướt được.");
    }
    let mut level = 1;
    for (n, block) in content.blocks.iter().enumerate() {
        about(block, n + 1, &mut level, &mut all);
    }
    all
}

fn about(block: &Block, n: usize, level: &mut u8, all: &mut Vec<Remark>) {
    match block {
        Block::Heading { level: own, text } => {
            if *own > *level + 1 {
                grave(all, n, "Tiêu đề cấp 3 phải nằm dưới một tiêu đề cấp 2. Đổi thành cấp 2.");
            }
            *level = *own;
            if text.chars().count() > 120 {
                hint(all, n, "Rút gọn tiêu đề: người đọc lướt tiêu đề trước.");
            }
        }
        Block::Image { alt, .. } if alt.trim().is_empty() => {
            grave(all, n, "Mô tả ảnh bằng chữ: người khiếm thị cần biết ảnh cho thấy gì.");
        }
        Block::Image { alt, .. } if is_file_name(alt) => {
            grave(all, n, "Mô tả ảnh đang là tên tệp. Viết ảnh cho thấy gì.");
        }
        Block::Table { head, .. } if head.iter().any(String::is_empty) => {
            grave(all, n, "Mỗi cột của bảng cần có tên.");
        }
        _ => {}
    }
    for span in block.spans() {
        if !span.href.is_empty() && is_blind(&span.text) {
            let words = format!(
                "Chữ của đường dẫn “{}” không nói dẫn đến đâu. Viết tên trang hay văn bản được dẫn.",
                span.text.trim()
            );
            grave(all, n, &words);
        }
    }
    if let Block::Paragraph { spans } | Block::Callout { spans, .. } = block {
        let long = sentences(&words_of(spans)).find(|it| *it > LONG_SENTENCE);
        if let Some(n_syllables) = long {
            let words =
                format!("Có câu dài {n_syllables} tiếng. Tách thành câu ngắn hơn cho dễ đọc.");
            hint(all, n, &words);
        }
    }
}

fn grave(all: &mut Vec<Remark>, block: usize, words: &str) {
    all.push(Remark { block, is_grave: true, words: words.to_owned() });
}

fn hint(all: &mut Vec<Remark>, block: usize, words: &str) {
    all.push(Remark { block, is_grave: false, words: words.to_owned() });
}

fn is_blind(text: &str) -> bool {
    let folded = sauro_kernel::fold(text);
    BLIND_LINKS.contains(&folded.as_str()) || text.trim().starts_with("http")
}

fn is_file_name(alt: &str) -> bool {
    let lower = alt.trim().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp"].iter().any(|it| lower.ends_with(it))
}

/// Syllables of each sentence of `text`.
fn sentences(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.split(['.', '!', '?', ';', ':', '…']).map(|it| it.split_whitespace().count())
}
