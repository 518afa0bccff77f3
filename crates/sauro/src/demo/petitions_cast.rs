//! What is sent in the demonstration. Nobody here exists: senders are samples, telephones belong to nobody.

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Far {
    Sent,
    Sorting,
    Waiting,
    Assigned,
    Handling,
    Approval,
    Answered,
    /// Answered and rated with the best mark.
    Rated,
    /// Answered, and the sender is not satisfied.
    Review,
    /// Two agencies said "not ours"; the province bound one.
    Bound,
    /// The same matter as another case.
    Merged,
}

/// A case to make up.
pub(super) struct Sample {
    /// Working days since it was sent.
    pub(super) n_days: u32,
    /// Code of the agency of the place; empty sends it to the agency of the field.
    pub(super) place: &'static str,
    pub(super) field: &'static str,
    pub(super) matter: &'static str,
    pub(super) title: &'static str,
    pub(super) body: &'static str,
    /// Who answers: code of the agency.
    pub(super) lead: &'static str,
    pub(super) closing: &'static str,
    pub(super) answer: &'static str,
    pub(super) proof: &'static str,
    pub(super) is_public: bool,
    pub(super) far: Far,
}

const COMMUNE: &str = "UBND-32191";
const PROVINCE: &str = "UBND-96";
const NEIGHBOUR: &str = "UBND-31825";

const BASE: Sample = Sample {
    n_days: 0,
    place: COMMUNE,
    field: "",
    matter: "feedback",
    title: "",
    body: "",
    lead: COMMUNE,
    closing: "solved",
    answer: "",
    proof: "",
    is_public: true,
    far: Far::Sent,
};

/// All of them, the oldest first.
pub(super) const SAMPLES: &[Sample] = &[
    Sample {
        n_days: 24,
        field: "moi-truong",
        title: "Rác thải dồn ở đầu chợ ba ngày chưa có xe lấy",
        body: "Từ thứ Hai, rác thải ở đầu chợ không có xe lấy, mùi hôi lan vào các sạp và nhà gần đó.",
        answer: "Xe lấy rác hỏng nên trễ ba ngày. Xã đã thuê xe khác dọn xong, từ nay lấy rác chợ mỗi tối và có xe dự phòng khi xe chính hỏng.",
        proof: "Biên bản nghiệm thu dọn rác chợ",
        far: Far::Rated,
        ..BASE
    },
    Sample {
        n_days: 22,
        field: "giao-thong",
        title: "Đèn đường trên lộ vào trường tiểu học không sáng",
        body: "Cả đoạn lộ trước trường tiểu học có năm trụ đèn đường không sáng, học sinh về tối khó thấy đường.",
        answer: "Tổ kỹ thuật đã thay năm bộ đèn và kiểm tra lại dây. Ban đêm nếu đèn tắt, ông bà gọi số trực của xã ghi trên trụ.",
        proof: "Phiếu nghiệm thu sửa đèn đường",
        far: Far::Answered,
        ..BASE
    },
    Sample {
        n_days: 20,
        field: "vien-thong",
        title: "Ấp cuối xã mất sóng di động vào buổi chiều",
        body: "Chiều nào ấp cuối xã cũng mất sóng di động, không gọi được cấp cứu và không nộp được hồ sơ trực tuyến.",
        far: Far::Bound,
        ..BASE
    },
    Sample {
        n_days: 19,
        field: "dich-vu-cong",
        title: "Bộ phận một cửa yêu cầu nộp lại bản giấy đã có trong dữ liệu",
        body: "Làm thủ tục hành chính cho con, bộ phận một cửa vẫn yêu cầu bản giấy dù hồ sơ trực tuyến đã đủ.",
        closing: "unsolved",
        answer: "Thủ tục này còn phải đối chiếu một bản giấy vì dữ liệu hộ tịch cũ của xã chưa nhập hết. Khi nhập xong, xã sẽ bỏ yêu cầu này.",
        far: Far::Review,
        ..BASE
    },
    Sample {
        n_days: 17,
        field: "dien-nuoc",
        title: "Điện yếu vào giờ cao điểm ở hai tuyến cuối nguồn",
        body: "Buổi tối điện yếu, máy bơm nước sinh hoạt không chạy được, hai tuyến cuối nguồn đều bị.",
        lead: PROVINCE,
        far: Far::Handling,
        ..BASE
    },
    Sample {
        n_days: 9,
        field: "moi-truong",
        title: "Đốt rác ngoài trời ở bãi đất trống sau khu dân cư",
        body: "Cứ chiều tối có người đốt rác ở bãi đất trống, khói bụi bay vào nhà có người già và trẻ nhỏ.",
        answer: "Xã đã lập biên bản người đốt rác, rào bãi đất trống và đặt hai thùng rác. Tổ tự quản kiểm tra mỗi tối trong một tháng.",
        proof: "Biên bản làm việc của Ban nhân dân ấp",
        far: Far::Approval,
        ..BASE
    },
    Sample {
        n_days: 8,
        field: "giao-duc",
        place: NEIGHBOUR,
        lead: NEIGHBOUR,
        title: "Khoản thu đầu năm của trường chưa niêm yết công khai",
        body: "Trường học thu nhiều khoản đầu năm, học sinh mang tiền mà phụ huynh không thấy bảng công khai.",
        far: Far::Handling,
        ..BASE
    },
    Sample {
        n_days: 6,
        field: "ho-tich",
        title: "Đổi nơi thường trú nhưng ứng dụng chưa cập nhật",
        body: "Đã làm thủ tục đổi nơi thường trú từ tháng trước nhưng ứng dụng định danh vẫn hiện chỗ cũ.",
        is_public: false,
        far: Far::Waiting,
        ..BASE
    },
    Sample {
        n_days: 5,
        field: "giao-thong",
        title: "Cầu nông thôn có ván gãy, xe máy dễ sụp bánh",
        body: "Cầu hỏng hai tấm ván ở giữa, buổi tối không có đèn, xe máy qua dễ sụp bánh.",
        far: Far::Assigned,
        ..BASE
    },
    Sample {
        n_days: 4,
        field: "giao-thong",
        title: "Ván cầu gãy chưa thay, học sinh phải đi đường vòng",
        body: "Cầu hỏng ván mấy ngày nay, học sinh phải đi đường vòng xa hơn ba cây số.",
        far: Far::Merged,
        ..BASE
    },
    Sample {
        n_days: 3,
        place: "",
        field: "khoa-hoc",
        matter: "proposal",
        title: "Cho doanh nghiệp nhỏ nộp hồ sơ tài trợ nghiên cứu theo quý",
        body: "Đề xuất nhận hồ sơ tài trợ nghiên cứu mỗi quý một lần thay vì mỗi năm một lần, để doanh nghiệp nhỏ kịp thị trường.",
        lead: "BKHCN",
        far: Far::Handling,
        ..BASE
    },
    Sample {
        n_days: 1,
        field: "y-te",
        title: "Trạm y tế hết thuốc bảo hiểm cho người bệnh mạn tính",
        body: "Đến trạm y tế lấy thuốc bảo hiểm y tế hằng tháng thì được hẹn lại vì hết thuốc, chưa biết ngày nào có.",
        far: Far::Sorting,
        ..BASE
    },
    Sample {
        n_days: 0,
        field: "an-sinh",
        title: "Người cao tuổi chưa nhận trợ cấp hằng tháng qua tài khoản",
        body: "Đã mở tài khoản để nhận trợ cấp nhưng hai tháng nay tiền chưa vào, hỏi thì được hẹn nhiều lần.",
        far: Far::Sent,
        ..BASE
    },
];
