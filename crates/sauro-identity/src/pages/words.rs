//! What people are told.

use axum::http::StatusCode;
use sauro_ui::{Failure, Faults};

use crate::IdentityError;
use crate::model::TripFault;

/// Where to go after signing in: a path of this site, or the front page.
pub(super) fn local_path(asked: &str) -> &str {
    let is_local = asked.starts_with('/')
        && !asked.starts_with("//")
        && !asked.contains('\\')
        && !asked.chars().any(char::is_control)
        && !asked.starts_with("/dang-nhap");
    if is_local { asked } else { "/" }
}

/// `text` as one value of a query.
pub(super) fn query_value(text: &str) -> String {
    let letter = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(letter).collect()
}

/// What people are told of a trip that came to nothing: status, code, title, words.
pub(super) fn of_trip(
    fault: TripFault,
    provider: &str,
) -> (StatusCode, &'static str, &'static str, String) {
    use StatusCode as S;
    let title = "Chưa đăng nhập được";
    match fault {
        TripFault::Cancelled => (
            S::OK,
            "",
            "Đã dừng đăng nhập",
            format!("Đã dừng ở trang của {provider}, chưa có gì thay đổi. Bắt đầu lại khi cần."),
        ),
        TripFault::NotOurs => (
            S::UNPROCESSABLE_ENTITY,
            "TK-0410",
            title,
            "Lượt đăng nhập này đã dùng, đã quá 10 phút, hoặc bắt đầu ở trình duyệt khác. Bắt đầu lại từ đây."
                .to_owned(),
        ),
        TripFault::Unproved => (
            S::UNPROCESSABLE_ENTITY,
            "TK-0422",
            title,
            format!("Câu trả lời của {provider} không hợp lệ nên không dùng được. Bắt đầu lại; vẫn thế thì báo quản trị kèm mã dưới đây."),
        ),
        TripFault::Away => (
            S::SERVICE_UNAVAILABLE,
            "TK-0503",
            title,
            format!("{provider} chưa trả lời. Thử lại sau ít phút; các trang khác vẫn dùng được, gửi phản ánh không cần đăng nhập."),
        ),
        TripFault::Unknown => (
            S::FORBIDDEN,
            "TK-0411",
            title,
            format!("Chưa có tài khoản cán bộ nào liên kết với định danh {provider} này. Đăng nhập bằng mật khẩu, rồi liên kết ở trang Tài khoản."),
        ),
        TripFault::TooLow => (
            S::FORBIDDEN,
            "TK-0412",
            title,
            format!("Mức định danh ở {provider} chưa đủ và tài khoản chưa bật mã xác thực. Đăng nhập bằng mật khẩu, rồi bật mã xác thực ở trang Tài khoản."),
        ),
        TripFault::Taken => (
            S::CONFLICT,
            "TK-0409",
            "Chưa liên kết được",
            format!("Định danh {provider} này đã liên kết với một tài khoản khác. Gỡ liên kết ở tài khoản kia trước."),
        ),
    }
}

/// "sau 8 giây", "sau 4 phút".
pub(super) fn wait(seconds: i64) -> String {
    if seconds < 90 {
        format!("sau {seconds} giây")
    } else {
        format!("sau {} phút", (seconds + 59) / 60)
    }
}

/// Why signing in was refused; never which of login and password was wrong.
pub(super) fn refusal(what_was_wrong: &str, retry_after_s: i64, was_checked: bool) -> String {
    match (was_checked, retry_after_s) {
        (true, 0) => format!("{what_was_wrong} Kiểm tra rồi nhập lại."),
        (true, s) => format!("{what_was_wrong} Thử lại {}.", wait(s)),
        (false, s) => format!("Đã thử sai nhiều lần. Thử lại {}.", wait(s)),
    }
}

/// The faults a form shows; anything that is no fault of the form goes on. `field` takes what has no
/// field of its own.
pub(super) fn faults(err: IdentityError, field: &'static str) -> Result<Faults, Failure> {
    match err {
        IdentityError::Invalid(faults) => {
            Ok(faults.into_iter().map(|it| (it.field, it.sentence)).collect())
        }
        IdentityError::Refused(words) => Ok(Faults::from_iter([(field, words)])),
        IdentityError::Slowed(s) => {
            Ok(Faults::from_iter([(field, format!("Đã thử sai nhiều lần. Thử lại {}.", wait(s)))]))
        }
        IdentityError::Busy => Ok(Faults::from_iter([(
            field,
            "Đang có nhiều người đăng nhập cùng lúc. Thử lại sau ít giây.",
        )])),
        err => Err(err.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::{local_path, wait};

    #[test]
    fn only_paths_of_this_site_are_gone_to() {
        assert_eq!(local_path("/nhiem-vu?a=1"), "/nhiem-vu?a=1");
        for evil in [
            "https://x.example",
            "//x.example",
            "/\\x.example",
            "/\t/x.example",
            "x",
            "",
            "/dang-nhap",
        ] {
            assert_eq!(local_path(evil), "/", "{evil:?}");
        }
    }

    #[test]
    fn a_wait_is_told_in_seconds_or_minutes() {
        assert_eq!(wait(8), "sau 8 giây");
        assert_eq!(wait(900), "sau 15 phút");
    }
}
