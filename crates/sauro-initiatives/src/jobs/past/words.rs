//! What authors write, put together from invented sentences.

use crate::model::Area;
use sauro_kernel::Dice;

const THINGS: [(Area, [&str; 5]); 8] = [
    (
        Area::Digital,
        [
            "Kho dữ liệu dùng chung của xã",
            "Trợ lý soạn văn bản có dấu",
            "Bảng mã hóa hồ sơ giấy cũ",
            "Cổng tra cứu lịch tiếp dân",
            "Sổ tay ký số cho trưởng ấp",
        ],
    ),
    (
        Area::Science,
        [
            "Máy đo độ mặn tự chế",
            "Phòng thử vật liệu lưu động",
            "Bộ cảm biến sạt lở",
            "Quy trình nhân giống rong",
            "Lò sấy năng lượng mặt trời",
        ],
    ),
    (
        Area::Services,
        [
            "Quầy tiếp nhận lưu động",
            "Phiếu hẹn bằng tin nhắn thoại",
            "Bảng hướng dẫn bằng hình",
            "Lịch trả kết quả tại nhà",
            "Một lần hỏi cho ba tờ khai",
        ],
    ),
    (
        Area::Farming,
        [
            "Ủ rơm bằng chế phẩm vi sinh",
            "Lịch xuống giống theo con nước",
            "Bẫy rầy dùng đèn phao",
            "Hồ lắng ao tôm tuần hoàn",
            "Vườn mẫu tưới nhỏ giọt",
        ],
    ),
    (
        Area::Health,
        [
            "Túi thuốc có nhắc giờ",
            "Đo huyết áp tại nhà văn hóa",
            "Xe khám lưu động vùng sâu",
            "Sổ tiêm chủng bằng hình",
            "Đường dây tư vấn sản phụ",
        ],
    ),
    (
        Area::Schooling,
        [
            "Thư viện ghe cho trẻ vùng sông",
            "Bài giảng không cần mạng",
            "Lớp học bơi trong ao nhà",
            "Góc thí nghiệm từ phế liệu",
            "Sổ liên lạc bằng giọng nói",
        ],
    ),
    (
        Area::Economy,
        [
            "Chợ phiên trên điện thoại",
            "Tem truy xuất tự in",
            "Quỹ xoay vòng của tổ hợp tác",
            "Sổ thu chi cho hộ kinh doanh",
            "Điểm gom hàng liên xã",
        ],
    ),
    (
        Area::Other,
        [
            "Đội phản ứng nhanh mùa lũ",
            "Nhà sinh hoạt gấp gọn",
            "Loa truyền thanh tự phát",
            "Bản đồ lối thoát hiểm",
            "Ngân hàng dụng cụ dùng chung",
        ],
    ),
];

const WHOM: [&str; 14] = [
    "cho hộ neo đơn",
    "ở vùng hạn mặn",
    "cho tổ công nghệ số cộng đồng",
    "tại bộ phận một cửa",
    "cho người cao tuổi",
    "ở xã đảo",
    "cho hợp tác xã trồng lúa",
    "trong mùa nước nổi",
    "cho học sinh bán trú",
    "ở khu công nghiệp",
    "cho người dân tộc thiểu số",
    "tại trạm y tế",
    "cho cán bộ không chuyên trách",
    "ở làng nghề",
];

const PRESENT: [&str; 6] = [
    "Hiện mỗi nơi ghi một kiểu, cuối tháng phải cộng tay.",
    "Người dân đi lại ba lần cho một việc.",
    "Thiết bị nhập đắt, hỏng thì chờ linh kiện hàng tháng.",
    "Tin báo đến chậm nửa ngày, thiệt hại đã xảy ra.",
    "Kinh phí thuê ngoài vượt dự toán của xã.",
    "Việc hướng dẫn phụ thuộc vào một người quen việc.",
];

const CONTENT: [&str; 6] = [
    "Làm thử ở hai ấp, ghi số trước và sau, sửa mỗi tuần.",
    "Dùng vật liệu có sẵn, bản vẽ mở cho mọi nơi chép lại.",
    "Chia việc thành bốn bước, mỗi bước một người chịu trách nhiệm.",
    "Gắn mã quét để ai cũng xem được đang tới đâu.",
    "Máy tự nhắc trước một ngày, không cần mạng liên tục.",
    "Tổ trưởng cập nhật bằng giọng nói, máy ghi thành bảng.",
];

const NOVEL: [&str; 4] = [
    "Chưa nơi nào trong tỉnh làm theo cách này.",
    "Rẻ hơn một phần mười so với thiết bị tương đương.",
    "Người không rành máy vẫn tự làm được.",
    "Số liệu mở, ai cũng kiểm lại được.",
];

const SPREAD: [&str; 4] = [
    "Xã có sóng di động đều dùng được.",
    "Nơi có từ hai tổ hợp tác trở lên nên làm.",
    "Không cần thêm biên chế.",
    "Tài liệu hướng dẫn mười trang, tập huấn một buổi.",
];

const BENEFIT: [&str; 4] = [
    "Bớt một nửa thời gian chờ.",
    "Giảm hao hụt trông thấy qua hai vụ.",
    "Đỡ giấy tờ và công đi lại.",
    "Phát hiện sớm nên chi phí khắc phục thấp.",
];

const OPINIONS: [&str; 4] = [
    "Giải pháp dùng được ngay, nên đo thêm ở nơi có điều kiện khác.",
    "Nội dung rõ, số liệu trước và sau đủ để so sánh.",
    "Cần bổ sung phương án bảo trì, còn lại đạt yêu cầu chuyên ngành.",
    "Phù hợp định hướng của ngành, đề nghị hội đồng xem xét.",
];

/// The title of something in `area`.
pub(super) fn title(dice: &mut Dice, area: Area) -> String {
    let things = THINGS.iter().find(|it| it.0 == area).map_or(&[][..], |it| it.1.as_slice());
    format!("{} {}", dice.word(things), dice.word(&WHOM))
}

/// Present state, content, novelty, applicability, benefit.
pub(super) fn texts(dice: &mut Dice) -> [String; 5] {
    [&PRESENT[..], &CONTENT, &NOVEL, &SPREAD, &BENEFIT].map(|it| dice.word(it).to_owned())
}

/// What a reviewer thinks.
pub(super) fn opinion(dice: &mut Dice) -> &'static str {
    dice.pick(&OPINIONS).copied().unwrap_or_default()
}
