//! Words of the portal of the demonstration. Documents are real by number and day; news is made up.

use sauro_portal::model::Kind;

/// The standing agency.
pub(super) const CENTRE: &str = "TTBCĐ57";

/// The province.
pub(super) const PROVINCE: &str = "UBND-96";

/// Topics.
pub(super) const TOPICS: [&str; 5] =
    ["Chuyển đổi số", "Hạ tầng số", "Dữ liệu số", "Nhân lực số", "Kiểm tra, giám sát"];

/// How far an item has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Draft,
    Waiting,
    Published,
    Corrected,
}

/// An item.
pub(super) struct Plan {
    pub(super) agency: &'static str,
    pub(super) kind: Kind,
    pub(super) title: &'static str,
    pub(super) summary: &'static str,
    /// Markdown.
    pub(super) body: &'static str,
    /// Which of [`TOPICS`].
    pub(super) topic: usize,
    pub(super) days_ago: u64,
    pub(super) reach: Reach,
    pub(super) document: Option<Paper>,
}

/// Particulars of a document.
pub(super) struct Paper {
    pub(super) number: &'static str,
    pub(super) kind: &'static str,
    pub(super) issuer: &'static str,
    pub(super) field: &'static str,
    pub(super) issued_on: &'static str,
}

const fn news(
    (agency, topic, days_ago): (&'static str, usize, u64),
    title: &'static str,
    summary: &'static str,
    body: &'static str,
) -> Plan {
    let (kind, reach) = (Kind::Article, Reach::Published);
    Plan { agency, kind, title, summary, body, topic, days_ago, reach, document: None }
}

const fn paper(
    (topic, days_ago): (usize, u64),
    document: Paper,
    title: &'static str,
    summary: &'static str,
    body: &'static str,
) -> Plan {
    let (kind, reach, agency) = (Kind::Document, Reach::Published, CENTRE);
    Plan { agency, kind, title, summary, body, topic, days_ago, reach, document: Some(document) }
}

/// All of them, the oldest first.
pub(super) const PLANS: &[Plan] = &[
    paper(
        (0, 100),
        Paper {
            number: "57-NQ/TW",
            kind: "nghi-quyet",
            issuer: "Bộ Chính trị",
            field: "khoa-hoc",
            issued_on: "2024-12-22",
        },
        "Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        "Một số mục tiêu đến năm 2030 và 2045, xếp thành bảng để dễ tra.",
        "## Mục tiêu chính\n\n| Chỉ tiêu | Đến năm 2030 | Đến năm 2045 |\n|---|---|---|\n| Đóng góp của năng suất nhân tố tổng hợp vào tăng trưởng | trên 55% | |\n| Tỷ trọng hàng công nghệ cao trong xuất khẩu hàng hóa | từ 50% | |\n| Quy mô kinh tế số so với GDP | từ 30% | từ 50% |\n| Chi cho nghiên cứu và phát triển so với GDP | 2% | |\n\n## Nhiệm vụ trên hệ thống\n\nTiến độ các nhiệm vụ công khai xem ở [trang kết quả thực hiện](/ket-qua).\n",
    ),
    paper(
        (0, 98),
        Paper {
            number: "03/NQ-CP",
            kind: "nghi-quyet",
            issuer: "Chính phủ",
            field: "khoa-hoc",
            issued_on: "2025-01-09",
        },
        "Chương trình hành động thực hiện Nghị quyết số 57-NQ/TW",
        "Chương trình hành động của Chính phủ, được cập nhật bằng Nghị quyết số 71/NQ-CP.",
        "Chương trình hành động giao việc cho các bộ, ngành, địa phương. Bản cập nhật là [Nghị quyết số 71/NQ-CP](/van-ban/cap-nhat-chuong-trinh-hanh-dong-thuc-hien-nghi-quyet-so-57-nq-tw).\n",
    ),
    paper(
        (0, 95),
        Paper {
            number: "71/NQ-CP",
            kind: "nghi-quyet",
            issuer: "Chính phủ",
            field: "khoa-hoc",
            issued_on: "2025-04-01",
        },
        "Cập nhật chương trình hành động thực hiện Nghị quyết số 57-NQ/TW",
        "Sửa đổi, cập nhật chương trình hành động ban hành đầu năm 2025.",
        "Nghị quyết cập nhật chương trình hành động đã ban hành bằng [Nghị quyết số 03/NQ-CP](/van-ban/chuong-trinh-hanh-dong-thuc-hien-nghi-quyet-so-57-nq-tw).\n",
    ),
    paper(
        (4, 60),
        Paper {
            number: "08-QC/TW",
            kind: "quy-che",
            issuer: "Ban Bí thư",
            field: "the-che",
            issued_on: "2025-11-05",
        },
        "Theo dõi, đôn đốc, kiểm tra trên hệ thống theo dõi, đánh giá dựa trên dữ liệu",
        "Nhiệm vụ được giao đều theo dõi trên hệ thống, công khai, minh bạch; ủy ban kiểm tra các cấp có tài khoản.",
        "## Ai dùng hệ thống\n\n- Cơ quan giao và cơ quan nhận nhiệm vụ cập nhật tiến độ, kết quả, sản phẩm.\n- Ủy ban kiểm tra các cấp có tài khoản để theo dõi thường xuyên.\n\n## Công khai đến đâu\n\nNhiệm vụ công khai xem được ở [trang kết quả thực hiện](/ket-qua), không cần tài khoản.\n",
    ),
    news(
        (PROVINCE, 1, 40),
        "Đưa sóng di động đến 12 ấp ven biển Cà Mau",
        "Trạm chạy pin mặt trời, mỗi ấp cử một người trông giữ và đo sóng hằng tuần.",
        "Mười hai ấp ven biển đã có sóng di động. Mỗi ấp cử một người trông giữ trạm và đo sóng hằng tuần, số đo gửi thẳng lên hệ thống.\n\n## Đo được gì\n\n| Việc | Trước | Nay |\n|---|---|---|\n| Ấp có sóng | 3 | 15 |\n| Lượt đo mỗi tuần | 0 | 15 |\n\n## Việc còn dở\n\nBa ấp chưa có đường kéo điện. Việc này đã thành nhiệm vụ có hạn, ai cũng [theo dõi được](/ket-qua).\n",
    ),
    news(
        (CENTRE, 2, 26),
        "Báo cáo một lần, dùng được mọi nơi",
        "Con số nhập ở xã hiện lên bảng của trung ương trong một giây. Mẫu báo cáo trùng lặp bị bỏ trước khi nối máy.",
        "Thay đổi bắt đầu từ một câu hỏi đơn giản: nếu xã đã báo một lần, vì sao tỉnh còn phải hỏi?\n\n## Bỏ mẫu trước, nối máy sau\n\nMỗi cơ quan phải nói vì sao còn cần một mẫu. Không nói được thì bỏ. Mẫu còn lại dùng chung một cách hiểu về hộ, thôn, trạm.\n\n> Người dân không cần biết có bao nhiêu hệ thống. Họ cần biết giấy tờ đã nộp rồi thì không phải nộp nữa.\n\n## Việc còn dở\n\n1. Thống nhất định nghĩa của các số liệu dùng chung.\n2. Cử đầu mối giải đáp ở mỗi tỉnh.\n",
    ),
    Plan {
        reach: Reach::Corrected,
        ..news(
            (CENTRE, 4, 12),
            "Đoàn kiểm tra chéo đo sóng tại 40 thôn",
            "Sáu thôn không như báo cáo, trở lại danh sách chưa hoàn thành.",
            "Đoàn kiểm tra chéo đo sóng tại 40 thôn được rút thăm. Ba mươi bốn thôn đúng như báo cáo.\n\n## Sáu thôn trở lại danh sách\n\nSáu thôn không có sóng ổn định. Nhiệm vụ của sáu thôn trở lại trạng thái chưa hoàn thành, hạn mới do cấp giao quyết định.\n",
        )
    },
    news(
        (PROVINCE, 3, 8),
        "Tổ công nghệ số của ấp hướng dẫn người dân nộp hồ sơ trực tuyến",
        "Mỗi ấp có ba người hướng dẫn tại nhà văn hóa, hai buổi mỗi tuần.",
        "Mỗi ấp có ba người hướng dẫn tại nhà văn hóa, hai buổi mỗi tuần. Người cao tuổi được hướng dẫn tại nhà khi hẹn trước.\n\n## Hẹn thế nào\n\n- Gọi trưởng ấp.\n- Hoặc gửi ở [trang phản ánh, kiến nghị](/phan-anh).\n",
    ),
    Plan {
        kind: Kind::Event,
        ..news(
            (PROVINCE, 3, 5),
            "Tập huấn dữ liệu cho cán bộ xã",
            "Một ngày, dành cho cán bộ đầu mối của các xã, phường.",
            "Cán bộ đầu mối mang theo máy tính và mẫu số liệu của xã mình. Buổi sáng học cách kiểm số liệu, buổi chiều làm trên số liệu thật.\n",
        )
    },
    Plan {
        kind: Kind::Consultation,
        ..news(
            (CENTRE, 2, 10),
            "Dự thảo quy chế chia sẻ dữ liệu giữa xã, tỉnh và trung ương",
            "Xã báo một lần; tỉnh, bộ lấy số từ đó, không hỏi lại. Mời góp ý từng điều.",
            "## Điều 1. Báo một lần\n\nSố liệu đã có trong hệ thống thì không cơ quan nào hỏi lại.\n\n## Điều 2. Thời hạn chia sẻ\n\nCơ quan giữ số liệu chia sẻ trong 30 ngày kể từ ngày được đề nghị.\n\n## Điều 3. Sửa sai\n\nNgười báo sửa số của mình, có lý do; số cũ được giữ.\n",
        )
    },
    Plan {
        kind: Kind::Notice,
        ..news(
            (PROVINCE, 1, 1),
            "Bảo trì trạm phát sóng ven biển sáng thứ Bảy",
            "Từ 6 giờ đến 9 giờ, một số ấp ven biển có thể mất sóng. Gọi khẩn cấp qua đài xã.",
            "Từ 6 giờ đến 9 giờ sáng thứ Bảy, một số ấp ven biển có thể mất sóng di động. Khi cần gọi khẩn cấp, liên hệ đài truyền thanh xã.\n",
        )
    },
    Plan {
        reach: Reach::Waiting,
        ..news(
            (PROVINCE, 0, 1),
            "Ba tờ khai hộ tịch còn một",
            "Bộ phận một cửa của xã thử gộp ba tờ khai, mỗi lượt khai còn 10 phút.",
            "Bộ phận một cửa thử gộp ba tờ khai hộ tịch thành một. Mỗi lượt khai còn 10 phút, trước là 25 phút.\n",
        )
    },
    Plan {
        reach: Reach::Draft,
        ..news(
            (PROVINCE, 2, 1),
            "Rà soát số liệu hộ nghèo bằng dữ liệu dân cư",
            "",
            "Bản nháp đầu tiên, chờ số liệu của các xã.\n",
        )
    },
];

/// One of the news in another language.
pub(super) struct Abroad {
    /// The word of the original.
    pub(super) slug: &'static str,
    /// Where the original stands.
    pub(super) path: &'static str,
    pub(super) title: &'static str,
    pub(super) summary: &'static str,
    /// Markdown, block by block as the original.
    pub(super) body: &'static str,
}

/// In English.
pub(super) const ABROAD: Abroad = Abroad {
    slug: "dua-song-di-dong-den-12-ap-ven-bien-ca-mau",
    path: "/tin/dua-song-di-dong-den-12-ap-ven-bien-ca-mau",
    title: "Mobile signal reaches 12 coastal hamlets of Cà Mau",
    summary: "The stations run on sunlight. Each hamlet names one person who looks after its station and measures the signal every week.",
    body: "Twelve coastal hamlets now have mobile signal. Each hamlet names one person who looks after the station and measures the signal every week. The figures go straight into the system.\n\n## What was measured\n\n| What | Before | Now |\n|---|---|---|\n| Hamlets with signal | 3 | 15 |\n| Measurements a week | 0 | 15 |\n\n## What is left\n\nThree hamlets have no power line yet. This is now a task with a deadline that anybody can [follow](/ket-qua).\n\nThis article illustrates the demonstration: its events and figures are made up.\n",
};
