//! The words by which an order is known.

use std::sync::LazyLock;

use crate::text::Phrases;

/// Verbs of giving a task to someone who is named next.
pub(super) static GIVE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "giao|giao cho|giao nhiệm vụ cho|giao trách nhiệm cho|giao nhiệm vụ|thống nhất giao|đồng ý giao|phân công|phân công cho|ủy quyền|ủy quyền cho|tiếp tục giao|giao cho các đồng chí|chỉ định|cũng giao|đồng thời giao",
    )
});

/// Verbs of requiring.
pub(super) static REQUIRE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "yêu cầu|cũng yêu cầu|tiếp tục yêu cầu|đồng thời yêu cầu|chỉ thị|ra lệnh|quyết định giao|yêu cầu rõ",
    )
});

/// Verbs of asking.
pub(super) static ASK: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "đề nghị|cũng đề nghị|đồng thời đề nghị|kính đề nghị|trân trọng đề nghị|kêu gọi|mong",
    )
});

/// Verbs that only an official's order gives weight: "Thủ tướng chỉ đạo Bộ A …".
pub(super) static DIRECT: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("chỉ đạo|quán triệt"));

/// Verbs of saying, which order only with "cần", "phải" or an agency and its verb.
pub(super) static STRESS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "nhấn mạnh|lưu ý|nêu rõ|chỉ rõ|cho rằng|khẳng định|kết luận|nhắc nhở|gợi ý|gợi mở|nhất trí|thống nhất|nói|chia sẻ|cho biết|đánh giá|định hướng|nêu|nhắc lại|bày tỏ|tin tưởng",
    )
});

/// Verbs of saying that order even where the speaker was named before.
pub(super) static REMIND: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new("lưu ý|nhấn mạnh|nhắc nhở|cũng lưu ý|cũng nhấn mạnh"));

/// Adverbs and auxiliaries that open an order.
pub(super) static ADVERBS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "khẩn trương|tiếp tục|chủ động|tích cực|tập trung|quyết liệt|kịp thời|nghiêm túc|thường xuyên|trực tiếp|cần|phải|cần phải|có trách nhiệm|chịu trách nhiệm
         |được giao|được phân công|được yêu cầu|được đề nghị|sớm|nhanh chóng|chủ trì|phối hợp|đồng chủ trì|làm đầu mối|là đầu mối|là cơ quan đầu mối|là cơ quan thường trực|là cơ quan chủ trì|là đơn vị đầu mối|là đơn vị chủ trì|chú trọng|ưu tiên|kiên quyết|nỗ lực|cố gắng|phấn đấu
         |tuyệt đối không|không được|không để|hết sức|thực sự|cùng|định kỳ|hằng ngày|hàng ngày|mỗi ngày|mỗi tuần|mỗi tháng|hằng tháng|hằng quý|hằng năm|hằng tuần|hàng tháng|hàng quý|hàng tuần|hàng năm|trước mắt|ngay|nghiêm cấm|khuyến khích|quan tâm
         |sẵn sàng|phát huy|sát sao|tăng tốc|gấp rút|cấp tốc|thống nhất|đồng bộ|bằng mọi cách|bằng mọi giá|tối đa|dành|luôn|nêu cao|đề cao|cương quyết|thật sự|đồng loạt|tiên phong|đi đầu|gương mẫu|khẩn cấp|mạnh dạn|linh hoạt|bám sát",
    )
});

/// Verbs of action.
pub(super) static VERBS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "ban hành|trình|phê duyệt|xây dựng|hoàn thành|hoàn thiện|hoàn tất|báo cáo|công bố|công khai|thành lập|bố trí|kết nối|số hóa|đưa vào|đưa|vận hành|triển khai|thực hiện|tổ chức|rà soát|nghiên cứu
         |đề xuất|tham mưu|hướng dẫn|kiểm tra|giám sát|thanh tra|đôn đốc|theo dõi|tổng hợp|gửi|cung cấp|cập nhật|chuẩn bị|huy động|hỗ trợ|tăng cường|đẩy mạnh|đẩy nhanh|nâng cao|quán triệt|chỉ đạo|lãnh đạo|phân bổ|phân công
         |giải ngân|giải quyết|xử lý|tháo gỡ|khắc phục|sửa đổi|bổ sung|điều chỉnh|thẩm định|thẩm tra|đánh giá|lựa chọn|ký|ký kết|đàm phán|phát triển|đầu tư|mở rộng|nâng cấp|cải cách|cắt giảm|đơn giản hóa|phân cấp|phân quyền
         |tuyên truyền|phổ biến|thông tin|truyền thông|vận động|kêu gọi|bảo đảm|đảm bảo|duy trì|bảo vệ|phòng|phòng chống|ngăn chặn|ứng phó|sơ tán|di dời|cứu trợ|tìm kiếm|thăm hỏi|động viên|chi trả|chi viện|điều phối|điều hành|quản lý
         |sử dụng|khai thác|tạo|tạo điều kiện|đào tạo|bồi dưỡng|tập huấn|tuyển dụng|thu hút|khen thưởng|biểu dương|xem xét|cho ý kiến|có ý kiến|tiếp thu|giải trình|làm việc|làm rõ|trao đổi|thống nhất|lấy ý kiến|tham gia|lập|xác định|quy định
         |thống kê|kiểm kê|kê khai|đăng ký|cam kết|ưu tiên|dự báo|cảnh báo|cấp|thu hồi|bàn giao|tiếp nhận|giao|yêu cầu|đề nghị|gắn|đổi mới|chuyển đổi|chuyển|tích hợp|liên thông|chia sẻ|đồng bộ|làm sạch|chuẩn hóa|tái cấu trúc|thiết lập
         |xác minh|điều tra|xử phạt|truy tố|chấn chỉnh|siết chặt|kiểm soát|bình ổn|dự trữ|mua sắm|đấu thầu|khởi công|khánh thành|thi công|giải phóng|nghiệm thu|quyết toán|thanh toán|sơ kết|tổng kết|đúc kết|nhân rộng|thí điểm|thử nghiệm
         |vinh danh|tôn vinh|tổng rà soát|gọi|rút kinh nghiệm|kiểm điểm|cưỡng chế|vá|gia cố|hàn khẩu|nạo vét|tích nước|xả|tuần tra|canh gác|mở|đóng|đặt|lên|rà|dự phòng|bảo hộ|thẩm vấn|cắt|xây mới|xây lại|xây|tái định cư|di dân|áp dụng|ứng dụng|căn cứ|tạm dừng|dừng|chấm dứt|bãi bỏ|thay thế|kiện toàn|củng cố|sắp xếp|tinh gọn|luân chuyển|bổ nhiệm|tuyển chọn|phát động|phát hành|phát sóng|phủ sóng|lắp đặt|cấp phép
         |thúc đẩy|khơi thông|khuyến khích|hình thành|chăm lo|thu hẹp|quy hoạch|chỉnh trang|tu bổ|bảo tồn|trồng|sản xuất|xuất cấp|nhập khẩu|xuất khẩu|giảm|tăng|miễn|giãn|hoãn|khoanh|tiết kiệm|chống|xóa|xoá|giữ|giữ vững|nắm|nắm chắc|bám sát|theo sát
         |khôi phục|sửa chữa|dọn dẹp|vệ sinh|khử khuẩn|tiếp cận|tiếp tế|đưa ra|đề ra|đưa lên|rút ngắn|cụ thể hóa|thể chế hóa|chốt|khoanh vùng|trực|ứng trực|túc trực|cử|cử cán bộ|mời|họp|đối thoại|tiếp|đón|phục vụ|chuyển giao|thuê|vay|trích|cân đối
         |trả lời|phản hồi|điều động|điều chuyển|tính toán|cân nhắc|khơi dậy|tập hợp|tổ chức lại|xuống|vào cuộc|ra quân|tạm giữ|tháo|dựng|dựng lại|tái lập|rút|rút gọn|nêu|khảo sát|thu thập|đối chiếu|đối soát|so khớp|biên soạn|biên tập|soạn thảo|đo đạc|đo lường|gỡ|gỡ bỏ|loại bỏ|hủy bỏ|kích hoạt|điều trị|tiêm|khám|bảo dưỡng|bảo trì|tu sửa|tôn tạo|hợp nhất|sáp nhập|giải thể|đặt hàng|khuyến nghị|quan trắc|giám định|kiểm định|tham vấn|tư vấn|vận chuyển|phân phối|phân luồng|điều tiết|phong tỏa|cách ly|tạm ứng|nắm bắt|lắng nghe|cho phép|cho vay|quét|dán|niêm yết|công nhận|xét|xét duyệt|thẩm duyệt|duyệt|chuyển đổi số|lưu trữ|sao lưu|bảo mật|mã hóa|vận tải|chia|thay|thay mới|bù|trao|trao quyền|tiết giảm|đơn giản|trang bị|đóng điện|cấp điện|cung ứng|bảo quản|tái tạo|phục hồi|quay vòng|luân phiên|gặp gỡ|tìm hiểu|thành thạo
         |giới thiệu|quảng bá|tìm|chuyển tải|đăng tải|đăng|phản ánh|lồng ghép|kết hợp|liên hệ|nhận diện|phân tích|phân loại|phân định|phân cấp|xếp hạng|chấm điểm|so sánh|tạo lập|tạo thuận lợi|tạo chuyển biến|nêu gương|gương mẫu|quan tâm
         |có giải pháp|có phương án|có kế hoạch|có biện pháp|có văn bản|có cơ chế|có chính sách|có báo cáo|có hướng dẫn|có lộ trình|có cam kết|chứng minh|bảo trì|bảo dưỡng|mua|cắm|treo|vẽ|viết|dịch|in|cài đặt|thay đổi|thẩm duyệt|chuẩn y|biên soạn
         |làm|làm chủ|làm tốt|nhập|đối soát|kiểm thử|niêm yết|thu thập|lưu trữ|cấu trúc|định danh|xác thực|bảo mật|sao lưu|khảo sát|đo đạc|đo kiểm|quan trắc|xác lập|tham vấn|hiến kế|đóng góp|ủng hộ|tặng|tri ân|giúp|giúp đỡ|hành động|vào cuộc|coi|xem|lấy|chỉ ra|khoán|nghiêm cấm|cấm",
    )
});

/// Words that join a clause to the one before.
pub(super) static JOINTS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "đồng thời|trong đó|ngoài ra|bên cạnh đó|theo đó|cùng với đó|mặt khác|cụ thể|riêng|\"|-|,|'|do đó|vì vậy|song song với đó|trên tinh thần đó|trước mắt|và|…|song song đó|cùng đó|do vậy|đáng chú ý|đặc biệt|trước hết|tiếp đó|về lâu dài|tiếp theo|qua đó|từ đó|trên cơ sở đó|bởi vậy|thêm vào đó|đối với vấn đề này|về vấn đề này|ngay sau đó|sau đó|vì thế",
    )
});

/// Those whose words are orders, without being agencies of the catalogue: persons by office and papers.
pub(super) static SPEAKERS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "tổng bí thư|chủ tịch nước|chủ tịch quốc hội|thường trực ban bí thư|người đứng đầu chính phủ|hội nghị|lãnh đạo chính phủ|trưởng ban chỉ đạo|lãnh đạo đảng , nhà nước|thông báo|thông báo kết luận|công điện|chỉ thị|văn bản|kết luận|nghị quyết|kế hoạch|công văn|phó trưởng ban chỉ đạo|trưởng ban|quyết định",
    )
});

/// What an agency tells or opens, not what it is to do.
pub(super) static TOLD: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "trân trọng cảm ơn|cảm ơn|rất mong|mong nhận được|trân trọng thông báo|cho biết|báo cáo tại|chủ trì cuộc họp|chủ trì buổi|chủ trì phiên họp|chủ trì hội nghị|chủ trì lễ|thông tin tại|phát biểu|cho rằng|nhận định|thống nhất chỉ|thống nhất cao|thống nhất đánh giá|gửi lời|có ý kiến như sau|có ý kiến chỉ đạo|chỉ đạo như sau|kết luận|có buổi làm việc|có buổi|đánh giá cao|ghi nhận|biểu dương|ban hành văn bản số|ban hành văn bản gửi|ban hành văn bản yêu cầu|ban hành văn bản chỉ đạo|tổ chức lễ|tổ chức họp báo|thông tin về|thông báo kết luận|họp với|họp về|ký ban hành|có văn bản số|có công văn số|có tờ trình",
    )
});

/// Soft verbs: hard to check alone.
pub(super) static SOFT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "tăng cường|đẩy mạnh|tiếp tục|nâng cao|quán triệt|nghiên cứu|chú trọng|quan tâm|phát huy|tập trung|chủ động|tích cực|khẩn trương|quyết liệt|thúc đẩy|duy trì|theo dõi|đôn đốc|nắm|bám sát|phối hợp|lãnh đạo|chỉ đạo|triển khai|thực hiện|kịp thời|trực tiếp|sát sao|nêu cao|đề cao|nỗ lực|nghiêm túc|đổi mới|bảo đảm|đảm bảo|không để|làm tốt|chăm lo",
    )
});

/// Verbs whose object is something to show.
pub(super) static PRODUCT_VERBS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "ban hành|trình|phê duyệt|xây dựng|hoàn thành|hoàn thiện|hoàn tất|báo cáo|công bố|thành lập|kết nối|số hóa|lập|có phương án|có kế hoạch|có báo cáo|có văn bản|thiết lập|sửa đổi|bổ sung|tham mưu|đề xuất|cập nhật|gửi|tổ chức|đầu tư|khởi công|khánh thành|phát triển|hình thành|triển khai|soạn thảo|biên soạn|ký|ký kết|tổng hợp|đưa vào vận hành|đưa vào sử dụng|hướng dẫn|rà soát|xác định|tạo lập|phát hành|cấp|bàn giao",
    )
});

/// Things that can be shown.
pub(super) static PRODUCT_NOUNS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "luật|dự án luật|nghị quyết|nghị định|thông tư|quyết định|chỉ thị|đề án|dự án|kế hoạch|chương trình|chiến lược|quy hoạch|quy chế|quy định|quy trình|quy chuẩn|tiêu chuẩn|báo cáo|danh mục|danh sách|cơ sở dữ liệu|csdl|nền tảng|hệ thống|hướng dẫn
         |văn bản|văn bản hướng dẫn|hồ sơ|phương án|tờ trình|dự thảo|bộ tiêu chí|bộ chỉ số|bộ công cụ|bộ mã|khung|khung kiến trúc|cổng|trung tâm|kịch bản|biểu mẫu|sổ tay|tài liệu|bản đồ|đoàn công tác|tổ công tác|hội nghị|hội thảo|hội đồng|hợp đồng|thỏa thuận|biên bản|kết quả|sổ|ứng dụng|phần mềm|dịch vụ|mô hình|cơ chế|chính sách|video|clip|video clip|bộ dữ liệu|dữ liệu|tiêu chí|định mức|giải pháp|trạm|công trình|tuyến|giấy phép|kết luận|công văn|kho dữ liệu|lễ khánh thành|lễ khởi công|quỹ|sàn|nghị quyết quy phạm pháp luật",
    )
});

/// Words of a lead-in that carry no work of their own.
pub(super) static INTRO: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "tập trung|thực hiện|triển khai|khẩn trương|thực hiện tốt|thực hiện nghiêm|tổ chức|các nhiệm vụ|một số|nhiệm vụ|giải pháp|nội dung|công việc|trọng tâm|chủ yếu|cụ thể|sau|sau đây|như sau|trong đó|lưu ý|chú trọng|các|những|và|,|ngay|tốt|nghiêm|nghiêm túc|quyết liệt|theo|chức năng
         |được giao|thẩm quyền|phạm vi|quản lý|của mình|có trách nhiệm|chủ trì|chủ động|kịp thời|hiệu quả|đồng bộ|lãnh đạo|chỉ đạo|tiếp tục|cần|phải|việc|đây|dưới đây|biện pháp|cần thiết|hai|ba|bốn|năm|thời gian tới|trong thời gian tới|trước mắt|về|tinh thần|các việc|yêu cầu|ưu tiên|làm tốt|đẩy mạnh|tăng cường|quan tâm|rõ|trên|lĩnh vực|:|cấp bách|cơ bản|đột phá|vào|quan trọng|lớn|then chốt|trọng điểm|toàn diện|công tác|hết sức|thêm|với|cụ thể hóa|tích cực|mạnh mẽ|nhất là|đặc biệt là|theo chức năng , nhiệm vụ|phân công|quyền hạn|thuộc",
    )
});

/// Words that mark a list of things, not of tasks, before a colon.
pub(super) static NOUN_LIST: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "gồm|bao gồm|gồm có|như|chức năng|chức năng chính|nội dung chính|thành phần|tiêu chí|lĩnh vực|dự án|các luật|nghị định|nhóm|nhóm đối tượng|mục tiêu|đối tượng|là|phương châm|nguyên tắc|quan điểm|chương trình|trụ cột|cấu phần|hạng mục|chỉ tiêu|ban hành|các dự án|thông tin|xác định rõ",
    )
});

/// Past and present that only tell.
pub(super) const TELLING: [&str; 12] =
    ["đã", "đang", "vừa", "sẽ", "là", "có quy mô", "chưa", "mới", "vẫn", "cơ bản", "còn", "bị"];

/// After a name these do not make an order even among orders.
pub(super) static NO_VERB: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "đã|đang|vừa|sẽ|là|có|chưa|mới|vẫn|cơ bản|còn|bị|được|cho biết|cho rằng|và|hoặc|với|của|tại|về|nhằm|để|trong|theo|ở|từ|không|cũng|như|thì|mà|do|khi|nếu|này|đó|trên|gồm|bao gồm|thuộc|nhận định|thống nhất|chia sẻ|hiện|mỗi|các|những|một|hai|nêu|phối hợp tổ chức hội nghị|báo cáo tại|thông tin|nơi|giai đoạn|năm|quý|tháng|ngày|lần|số|cùng",
    )
});

/// Openings that are never a task.
pub(super) static NEVER: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "thống nhất với|ghi nhận|đánh giá cao|biểu dương|hoan nghênh|nhiệt liệt|cảm ơn|chúc mừng|đồng ý với|đồng ý về|đồng ý chủ trương|đồng ý về nguyên tắc|đồng ý nguyên tắc|thống nhất chủ trương|thống nhất về|thống nhất quan điểm|nhất trí với|nhất trí về|về cơ bản|cơ bản thống nhất|cơ bản đồng ý|chịu trách nhiệm trước|thay mặt|văn phòng chính phủ thông báo|văn phòng chính phủ trân trọng|nơi nhận|kính gửi|thưa|trân trọng|tuy nhiên|hiện nay|thời gian qua|vừa qua|nguyên nhân|qua đó",
    )
});

/// Openings after whose comma an agency acts: "Căn cứ …, Bộ A rà soát".
pub(super) static BEFORE_ACTOR: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "trên cơ sở|căn cứ|sau khi|ngay sau khi|để|nhằm|với|theo|trong|về|đối với|trước|từ|qua|tại|khi|trường hợp|bên cạnh|cùng với|riêng|liên quan|ngoài|đến|hằng|hàng|định kỳ|chậm nhất|song song|xuất phát|ngay trong|giai đoạn|năm|tháng|quý|phục vụ|vì|nếu|ngày",
    )
});

/// Openings of a phrase that stands before the one who acts.
pub(super) static PREPOSED: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "trên cơ sở|căn cứ|sau khi|ngay sau khi|để|nhằm|với|theo|trong|về|đối với|trước|từ|qua|tại|khi|trường hợp|bên cạnh|cùng với|riêng|liên quan|do|nhất là|kết luận|phát biểu|chủ trì|cho rằng|nhấn mạnh|ngoài|trước tình hình|trước thực trạng|đến|hằng|hàng|định kỳ|ngày|chậm nhất|song song|xuất phát|thực hiện|đồng thời|ngay|sau|sáng|chiều|ngay trong|cùng ngày|xác định|đánh giá|nêu|giai đoạn|năm|tháng|quý|tiếp tục|về phía|về phần|phục vụ|vì|giao|cụ thể",
    )
});

/// Manner clauses that go on with the task before them.
pub(super) static MANNER: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "bảo đảm|đảm bảo|không để|không được|tránh|trong đó|phấn đấu|đặc biệt|nhất là|kịp thời báo cáo|chịu trách nhiệm|đồng thời chịu|vượt thẩm quyền|trường hợp|nếu|đối với nội dung|đối với những nội dung|đối với các nội dung|tuyệt đối|coi đây|xác định đây|khi có|báo cáo kịp thời|qua đó|từ đó|việc này|nhằm|để|nội dung này|các nội dung|trong quá trình",
    )
});

/// Clauses that hand over the result of the work before them.
pub(super) static RESULT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "gửi kết quả|công bố kết quả|báo cáo kết quả|kết quả|gửi về|hoàn thành|hoàn thành việc|hoàn tất|thời hạn|thời gian|xong|nhiệm vụ thường xuyên|việc này|trình|báo cáo thủ tướng|báo cáo chính phủ|tổng hợp|gửi báo cáo kết quả|kết quả gửi|kết quả báo cáo",
    )
});

/// Openings of what may stand between a name and its verb: "theo chức năng …", "tại khu vực …".
pub(super) static DETOURS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "chậm nhất|ngay|đến|định kỳ|hằng|hàng|trước|muộn nhất|theo|căn cứ|trên|trên cơ sở|với|trong|tại|từ|bằng|thuộc|ở|có|chịu|vùng|khu vực|cả|nơi|qua|ngoài|(|nhất là|mà|của|cấp|ven|đặc biệt là|bám|sau|tùy|phía|đơn|quốc",
    )
});

/// Words that surely open the work after such a detour.
pub(super) static OPENERS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "khẩn trương|chủ động|chủ trì|tiếp tục|tập trung|kịp thời|quyết liệt|có trách nhiệm|chịu trách nhiệm|nghiêm túc|cần|phải|tích cực|trực tiếp|phối hợp",
    )
});
