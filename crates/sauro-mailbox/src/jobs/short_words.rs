//! What stands in short messages: one thought, the number, where to go on. Without marks most fit in one message of
//! 160 letters.

use super::words::{Case, day};
use crate::model::LetterKind;

/// The words of a short message of `kind`.
pub(super) fn short(it: &Case<'_>, kind: LetterKind) -> String {
    let (site, url, number) = (it.site, it.url, &it.case.number);
    let by = day(it.case.answered_by);
    match kind {
        LetterKind::Receipt | LetterKind::Refusal => {
            format!(
                "{site}: đã nhận vụ việc {number}, trả lời chậm nhất {by}. Theo dõi: {url}/tra-cuu"
            )
        }
        LetterKind::Asked => format!(
            "{site}: vụ việc {number} cần ông bà bổ sung, thời hạn tạm dừng. Xem câu hỏi: {url}/tra-cuu"
        ),
        LetterKind::Extended => {
            format!(
                "{site}: vụ việc {number} cần thêm thời gian, trả lời chậm nhất {by}. {url}/tra-cuu"
            )
        }
        LetterKind::Merged => format!(
            "{site}: vụ việc {number} được gộp với một vụ việc cùng nội dung. Xem, phản đối: {url}/tra-cuu"
        ),
        LetterKind::Answered if it.case.is_public => {
            format!("{site}: vụ việc {number} đã có trả lời: {url}/phan-anh/{number}")
        }
        LetterKind::Answered => {
            format!("{site}: vụ việc {number} đã có trả lời. Đọc, đánh giá: {url}/tra-cuu")
        }
        LetterKind::Code => {
            let code = &it.case.code;
            format!("{site}: mã tra cứu vụ việc {number} là {code}. Giữ kín mã này. {url}/tra-cuu")
        }
    }
}
