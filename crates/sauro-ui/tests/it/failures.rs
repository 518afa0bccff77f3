use axum::body::to_bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use sauro_ui::Failure;

#[tokio::test]
async fn a_failure_is_a_whole_page_with_words_a_way_on_and_a_code() {
    for (failure, status, words) in [
        (Failure::NotFound, StatusCode::NOT_FOUND, "Không tìm thấy nội dung này"),
        (Failure::Unauthorized, StatusCode::UNAUTHORIZED, "Cần đăng nhập"),
        (Failure::Forbidden, StatusCode::FORBIDDEN, "chưa được giao quyền"),
        (Failure::Conflict, StatusCode::CONFLICT, "người khác cập nhật"),
        (Failure::TooLarge, StatusCode::PAYLOAD_TOO_LARGE, "Tệp quá lớn"),
        (Failure::Unavailable, StatusCode::SERVICE_UNAVAILABLE, "Thử lại sau"),
        (Failure::internal(std::fmt::Error), StatusCode::INTERNAL_SERVER_ERROR, "đã được ghi nhận"),
    ] {
        let code = failure.code();
        let response = failure.into_response();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["cache-control"], "no-store");
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let html = String::from_utf8(body.to_vec()).unwrap();
        assert!(html.starts_with("<!doctype html>"));
        assert!(html.contains(words), "no {words:?} in {html}");
        assert!(html.contains(code) && !code.is_empty());
        assert!(!html.contains("<script"));
    }
}

#[tokio::test]
async fn the_log_words_of_a_bug_stay_out_of_the_page() {
    let response = Failure::internal(std::io::Error::other("secret path")).into_response();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert!(!String::from_utf8(body.to_vec()).unwrap().contains("secret path"));
}
