//! What is ordered and what is said, in the words officials use. All of it is invented.

/// One kind of order: what is to be done, and what is handed over.
pub(super) struct Work {
    pub(super) work: &'static str,
    pub(super) deliverables: &'static [&'static str],
}

const fn work(work: &'static str, deliverables: &'static [&'static str]) -> Work {
    Work { work, deliverables }
}

/// For communes.
pub(super) const COMMUNES: &[Work] = &[
    work(
        "Công khai kết quả giải quyết thủ tục hành chính tại nơi tiếp dân",
        &["01 bảng công khai cập nhật hằng tuần"],
    ),
    work(
        "Rà soát, cập nhật dữ liệu hộ nghèo, hộ cận nghèo trên hệ thống",
        &["01 danh sách đã đối chiếu", "01 biên bản họp thôn"],
    ),
    work(
        "Lập tổ công nghệ số cộng đồng ở thôn, ấp, khu phố",
        &["100% thôn có tổ hoạt động", "01 sổ theo dõi hoạt động của tổ"],
    ),
    work("Số hóa hồ sơ hộ tịch còn lưu bản giấy", &["100% hồ sơ được số hóa"]),
    work(
        "Bố trí máy tính và đường truyền cho điểm phục vụ hành chính công",
        &["01 điểm phục vụ hoạt động"],
    ),
    work(
        "Hướng dẫn người cao tuổi nhận trợ cấp qua tài khoản",
        &["90% người thuộc diện có tài khoản", "01 danh sách người cần hỗ trợ tại nhà"],
    ),
    work(
        "Gắn mã số nhà và cập nhật địa chỉ số cho hộ gia đình",
        &["95% hộ có địa chỉ số", "01 bản đồ các tuyến đã gắn mã"],
    ),
    work(
        "Phủ sóng di động tới các thôn còn lõm sóng",
        &["01 danh sách thôn đã có sóng", "01 biên bản đo tại chỗ"],
    ),
    work("Kê khai, xác minh dữ liệu đất đai của hộ gia đình", &["100% thửa đất ở được đối chiếu"]),
    work(
        "Tổ chức lớp bình dân học vụ số cho người dân",
        &["02 lớp mỗi thôn", "01 bảng kết quả kiểm tra cuối lớp"],
    ),
    work(
        "Lập hồ sơ sức khỏe điện tử cho người dân trên địa bàn",
        &["90% người dân có hồ sơ", "01 báo cáo đối chiếu với cơ sở y tế"],
    ),
    work(
        "Đưa nông sản của địa phương lên sàn thương mại điện tử",
        &["05 sản phẩm có gian hàng", "01 bảng doanh số theo tháng"],
    ),
    work(
        "Bàn giao, sắp xếp trụ sở dôi dư sau sắp xếp đơn vị hành chính",
        &["01 phương án đã phê duyệt", "01 biên bản bàn giao từng trụ sở"],
    ),
    work(
        "Tiếp nhận và trả lời phản ánh của người dân trên nền tảng số",
        &["95% phản ánh được trả lời đúng hạn"],
    ),
];

/// For provinces.
pub(super) const PROVINCES: &[Work] = &[
    work(
        "Hoàn thành kết nối dữ liệu dân cư với cơ sở dữ liệu chuyên ngành của tỉnh",
        &["01 biên bản kết nối", "01 báo cáo đối chiếu dữ liệu"],
    ),
    work(
        "Ban hành danh mục dữ liệu mở và công bố trên cổng dữ liệu",
        &["01 quyết định ban hành", "20 bộ dữ liệu được công bố"],
    ),
    work(
        "Bố trí kinh phí khoa học, công nghệ và chuyển đổi số đạt mức quy định",
        &["01 nghị quyết phân bổ ngân sách"],
    ),
    work(
        "Xây dựng kế hoạch phát triển hạ tầng số, xóa vùng lõm sóng",
        &["01 kế hoạch", "01 bản đồ vùng lõm sóng"],
    ),
    work(
        "Thành lập trung tâm đổi mới sáng tạo của tỉnh",
        &["01 đề án", "01 quyết định thành lập", "01 báo cáo vận hành quý đầu"],
    ),
    work(
        "Rút ngắn thời gian giải quyết thủ tục về đất đai, đầu tư, xây dựng",
        &["01 bảng thời gian mới", "01 báo cáo kết quả áp dụng"],
    ),
    work("Đào tạo kỹ năng số cho cán bộ, công chức cấp xã", &["100% cán bộ được đào tạo"]),
    work(
        "Đưa trung tâm giám sát, điều hành thông minh vào vận hành",
        &["01 trung tâm hoạt động", "01 quy chế vận hành"],
    ),
];

/// For ministries and other central bodies.
pub(super) const CENTRE: &[Work] = &[
    work(
        "Trình văn bản hướng dẫn thi hành luật về dữ liệu",
        &["01 nghị định trình ban hành", "01 tờ trình"],
    ),
    work(
        "Hoàn thiện cơ sở dữ liệu chuyên ngành và chia sẻ qua nền tảng dùng chung",
        &["01 cơ sở dữ liệu vận hành", "01 tài liệu kết nối"],
    ),
    work(
        "Rà soát, cắt giảm điều kiện kinh doanh thuộc phạm vi quản lý",
        &["01 danh mục cắt giảm", "01 văn bản sửa đổi"],
    ),
    work("Tái cấu trúc quy trình dịch vụ công trực tuyến toàn trình", &["10 quy trình mới"]),
    work(
        "Xây dựng chương trình phát triển công nghệ chiến lược",
        &["01 chương trình", "01 danh mục sản phẩm", "01 kế hoạch vốn"],
    ),
    work("Đặt hàng nhiệm vụ khoa học giải quyết bài toán lớn của ngành", &["01 danh mục đặt hàng"]),
    work("Tổ chức sơ kết việc thực hiện nghị quyết trong phạm vi quản lý", &["01 báo cáo sơ kết"]),
];

/// Comes back by a rule.
pub(super) const AGAIN: &[Work] = &[
    work("Báo cáo tình hình giải quyết thủ tục hành chính trong kỳ", &["01 báo cáo mỗi kỳ"]),
    work("Cập nhật số liệu chuyển đổi số của địa phương trong kỳ", &["01 bảng số liệu mỗi kỳ"]),
    work("Kiểm tra an toàn thông tin của hệ thống đang vận hành", &["01 biên bản kiểm tra mỗi kỳ"]),
    work(
        "Rà soát phản ánh, kiến nghị còn tồn của người dân và doanh nghiệp",
        &["01 danh sách xử lý mỗi kỳ"],
    ),
];

/// Where nothing else fits.
pub(super) static PLAIN: Work =
    work("Báo cáo kết quả thực hiện nhiệm vụ được giao", &["01 báo cáo"]);

/// What a report on the way says.
pub(super) const PROGRESS: &[&str] = &[
    "Đã phân công đầu mối, lập kế hoạch chi tiết và bắt đầu thực hiện.",
    "Đã lấy ý kiến các đơn vị, đang tiếp thu để hoàn chỉnh.",
    "Đã khảo sát xong, đang tổng hợp số liệu của các thôn còn lại.",
    "Đã xong phần chuẩn bị, đang chờ bố trí kinh phí để làm tiếp.",
    "Đã làm thử ở một đơn vị, đang rút kinh nghiệm trước khi làm đồng loạt.",
    "Đã thực hiện được khoảng hai phần ba khối lượng, phần còn lại làm trong tháng tới.",
    "Đã tổ chức họp giao ban, tháo gỡ vướng mắc ở hai thôn; công việc đúng kế hoạch.",
    "Đã tiếp nhận thiết bị, đang lắp đặt và hướng dẫn người sử dụng.",
];

/// What a report of something done says.
pub(super) const RESULTS: &[&str] = &[
    "Đã hoàn thành, sản phẩm đã bàn giao cho đơn vị sử dụng và có biên bản kèm theo.",
    "Đã rà soát, thống nhất cách làm và tổ chức thực hiện xong; số liệu được đối chiếu với cơ sở.",
    "Sản phẩm đã được ký ban hành, công khai và gửi các nơi có liên quan.",
    "Đã tổ chức kiểm tra tại chỗ và khắc phục xong các điểm chưa đạt.",
    "Đã đưa vào vận hành, có người trực và sổ theo dõi; người dân bắt đầu sử dụng.",
    "Đã tập huấn cho người sử dụng và bàn giao tài liệu hướng dẫn.",
];

/// What a report says after it was returned.
pub(super) const AGAIN_DONE: &[&str] = &[
    "Đã bổ sung phần còn thiếu theo yêu cầu và gửi lại minh chứng.",
    "Đã kiểm tra lại số liệu, thống nhất giữa báo cáo và bảng kèm theo.",
];

pub(super) const DIFFICULTIES: &[&str] = &[
    "",
    "",
    "Một số đơn vị gửi số liệu chậm, phải đôn đốc nhiều lần.",
    "Đường truyền ở vùng xa chưa ổn định, mất nhiều thời gian kiểm tra.",
    "Thiếu người có kỹ năng, phải làm kiêm nhiệm.",
    "Quy định giữa các ngành chưa khớp nhau về biểu mẫu.",
];

pub(super) const PROPOSALS: &[&str] = &[
    "",
    "",
    "Đề nghị cấp trên hướng dẫn thống nhất biểu mẫu.",
    "Đề nghị bố trí thêm kinh phí vận hành trong năm tới.",
    "Đề nghị cho phép nhân rộng cách làm sang các đơn vị khác.",
];

pub(super) const CHECKED: &[&str] = &[
    "Đã mở văn bản, đối chiếu số, ngày và nội dung với nhiệm vụ được giao.",
    "Đã gọi thử ba đơn vị sử dụng, cả ba xác nhận sản phẩm hoạt động.",
    "Đã xem bảng kết quả và chọn ngẫu nhiên năm dòng để đối chiếu với cơ sở.",
    "Đã kiểm tra tại chỗ cùng đơn vị thực hiện.",
];

pub(super) const REASONS: &[&str] = &[
    "Sản phẩm chưa đủ so với nhiệm vụ: còn thiếu số liệu của các đơn vị trực thuộc. Đề nghị bổ sung.",
    "Minh chứng mới là công văn gửi đi, chưa phải kết quả. Đề nghị gửi kết quả thực hiện.",
    "Số liệu trong báo cáo và trong bảng kèm theo khác nhau. Đề nghị kiểm tra lại.",
];

pub(super) const USES: &[&str] = &[
    "Đã xem sổ theo dõi và hỏi người sử dụng, sản phẩm được dùng hằng ngày.",
    "Số lượt sử dụng trong tháng tăng đều, có bảng thống kê của hệ thống.",
];

pub(super) const MORE_TIME: &[&str] = &[
    "Phải chờ kinh phí được phân bổ nên khởi công chậm so với kế hoạch.",
    "Mưa lũ kéo dài, lực lượng tập trung khắc phục hậu quả thiên tai.",
    "Nhà thầu bàn giao thiết bị chậm, đã có văn bản cam kết ngày mới.",
];

pub(super) const QUESTIONS: &[&str] = &[
    "Nhiệm vụ đã quá hạn. Đề nghị giải trình nguyên nhân, trách nhiệm và ngày hoàn thành.",
    "Đề nghị giải trình vì sao chưa có sản phẩm như đã cam kết.",
];

pub(super) const ANSWERS: &[&str] = &[
    "Chậm do thiếu nhân lực sau sắp xếp bộ máy; đã phân công thêm người và sẽ xong trong tháng.",
    "Số liệu của hai thôn phải làm lại vì sai biểu mẫu; đã kiểm điểm bộ phận phụ trách.",
    "Đã xong phần việc chính, đang chờ xác nhận của cơ quan chuyên môn để báo cáo hoàn thành.",
];

pub(super) const URGES: &[&str] = &[
    "Đề nghị khẩn trương hoàn thành và báo cáo trong tuần này.",
    "Nhiệm vụ sắp hết hạn mà chưa có báo cáo. Đề nghị báo cáo tiến độ.",
];

pub(super) const PAUSED: &str = "Tạm dừng để chờ văn bản hướng dẫn của cơ quan có thẩm quyền.";

pub(super) const CANCELLED: &str = "Nội dung đã được chuyển sang nhiệm vụ khác theo kết luận mới.";
