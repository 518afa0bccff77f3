//! What agencies answer, put together from invented sentences.

use sauro_kernel::Dice;

const DONE: [&str; 10] = [
    "đã cử tổ kỹ thuật đến tận nơi, sửa xong và bàn giao cho khóm theo dõi",
    "đã làm việc với đơn vị quản lý, thay thiết bị mới và chạy thử hai đêm liền",
    "đã lập biên bản, buộc cơ sở dừng hoạt động đến khi khắc phục xong",
    "đã rà lại hồ sơ, chỉnh dữ liệu và gửi kết quả qua tài khoản định danh",
    "đã chi trả đủ phần còn thiếu kèm giải thích từng khoản",
    "đã bố trí thêm hai chuyến mỗi tuần và dán lịch tại nhà văn hóa",
    "đã nạo vét toàn tuyến, đặt thêm song chắn rác ở ba điểm",
    "đã họp kiểm điểm người trực quầy và xin lỗi trực tiếp người nộp",
    "đã lắp trạm phát bổ sung, đo lại cường độ đạt mức quy định",
    "đã thu hồi thông báo sai và ban hành văn bản thay thế",
];

const REFUSED: [&str; 5] = [
    "chưa thể làm trong năm nay vì dự án chưa được bố trí vốn, đã đưa vào danh mục ưu tiên năm sau",
    "không có căn cứ điều chỉnh vì mức đang áp dụng đúng quy định hiện hành",
    "chưa xác định được nguồn gây ra sau ba lần lấy mẫu, sẽ quan trắc tiếp trong sáu tháng",
    "không thu hồi được diện tích này do đã giao ổn định trước thời điểm quy hoạch",
    "không thể rút ngắn thời gian vì quy trình bắt buộc niêm yết đủ ba mươi ngày",
];

const GUIDED: [&str; 4] = [
    "hướng dẫn nộp tại tòa án có thẩm quyền vì đây là tranh chấp dân sự",
    "hướng dẫn liên hệ doanh nghiệp viễn thông theo hợp đồng đã ký",
    "hướng dẫn gửi đơn đến ban quản trị nhà chung cư để họp bất thường",
    "hướng dẫn làm thủ tục giám định lại tại hội đồng y khoa",
];

/// An answer of `agency` that ends a case as `closing`.
pub(super) fn answer(dice: &mut Dice, closing: &str, agency: &str) -> String {
    let words = match closing {
        "solved" => dice.word(&DONE),
        "unsolved" => dice.word(&REFUSED),
        _ => dice.word(&GUIDED),
    };
    format!(
        "{agency} đã kiểm tra nội dung phản ánh và {words}. Cảm ơn ông bà đã báo; cần thêm thông tin, xin gặp bộ phận tiếp công dân trong giờ làm việc."
    )
}

/// The number of a document that shows what was done.
pub(super) fn proof(dice: &mut Dice) -> String {
    format!("Biên bản nghiệm thu số {}/BB-NT", 1 + dice.below(900))
}
