//! What people write, put together from invented sentences. No person stands in it, and no telephone rings.

use sauro_kernel::Dice;

/// What is sent and answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    pub(super) title: String,
    pub(super) body: String,
}

/// A matter of a field: what it is, and what exactly goes wrong.
type Matter = (&'static str, &'static str);

/// By field, in the words of those who live there.
const MATTERS: [(&str, &[Matter]); 15] = [
    (
        "moi-truong",
        &[
            ("Rác thải ùn lại", "Xe gom rác bỏ chuyến, bao rác vỡ chảy nước ra mặt lộ"),
            ("Nước thải màu đen", "Cơ sở chế biến xả nước thải chưa lọc xuống kênh lúc nửa đêm"),
            ("Khói bụi lò nung", "Lò nung gạch chạy suốt đêm, khói bụi phủ kín mái tôn"),
            (
                "Tiếng ồn xưởng cưa",
                "Xưởng cưa gỗ chạy máy từ bốn giờ sáng, tiếng ồn dội vào lớp học",
            ),
            ("Cống rãnh tắc nghẽn", "Nắp cống rãnh sụt, bùn đặc trào ngược vào nhà khi triều lên"),
            ("Đốt rác lộ thiên", "Bãi tạm bị đốt rác chiều nào cũng có, mùi hôi khét nồng"),
        ],
    ),
    (
        "giao-thong",
        &[
            ("Ổ gà sâu", "Mặt nhựa bong tróc thành ổ gà, xe máy chở lúa ngã nhiều lần"),
            ("Đèn đường không sáng", "Dãy đèn đường hư bộ hẹn giờ, trẻ đi học thêm về tối om"),
            ("Cầu hỏng lan can", "Cây cầu hỏng lan can, ván gỗ mục, học sinh phải dắt xe qua"),
            (
                "Biển báo khuất tầm nhìn",
                "Biển báo giới hạn tốc độ bị tán bàng che, tài xế lạ không thấy",
            ),
            (
                "Xe quá tải cày nát lộ",
                "Đoàn xe quá tải chở cát chạy né trạm cân, lộ nhựa lún hai vệt",
            ),
            ("Ngập đường sau mưa", "Cứ mưa nửa giờ là ngập đường tới gối, hố ga không thoát kịp"),
        ],
    ),
    (
        "ho-tich",
        &[
            (
                "Khai sinh phải bổ sung nhiều lần",
                "Hồ sơ khai sinh bị trả vì thiếu bản sao đã nộp từ lần đầu",
            ),
            ("Căn cước sai nơi sinh", "Thẻ căn cước in sai nơi sinh, sửa ba tháng chưa có thẻ mới"),
            (
                "Tạm trú không được cập nhật",
                "Đăng ký tạm trú trên mạng đã duyệt mà tra cứu vẫn trống",
            ),
            ("Kết hôn hẹn lại", "Giấy đăng ký kết hôn hẹn lại bốn lần vì cán bộ đi tập huấn"),
        ],
    ),
    (
        "dich-vu-cong",
        &[
            ("Một cửa đòi bản giấy", "Đã có bản điện tử ký số mà bộ phận một cửa vẫn giữ bản giấy"),
            (
                "Hồ sơ trực tuyến treo",
                "Hồ sơ trực tuyến báo đang xử lý suốt hai tuần không đổi trạng thái",
            ),
            (
                "Trả kết quả trễ hẹn",
                "Phiếu hẹn ghi ngày mồng năm, trả kết quả ngày hai mươi không xin lỗi",
            ),
            (
                "Cổng dịch vụ công báo lỗi",
                "Cổng dịch vụ công báo lỗi thanh toán sau khi tài khoản đã trừ tiền",
            ),
            ("Niêm yết thủ tục đã cũ", "Bảng niêm yết thủ tục hành chính còn ghi lệ phí đã bãi bỏ"),
        ],
    ),
    (
        "dat-dai",
        &[
            ("Sổ đỏ chậm cấp", "Nộp hồ sơ sổ đỏ từ đầu năm, hỏi thì được bảo chờ đo lại ranh"),
            (
                "Xây dựng trái phép",
                "Nhà kho xây dựng trái phép lấn hành lang kênh, chắn lối thoát nước",
            ),
            ("Quy hoạch treo", "Khu vực quy hoạch treo mười năm, muốn sửa mái nhà cũng bị ngăn"),
            ("Tái định cư dở dang", "Lô tái định cư chưa có điện nước mà đã thúc giao mặt bằng"),
        ],
    ),
    (
        "vien-thong",
        &[
            ("Mất sóng di động", "Cứ chiều xuống là mất sóng di động, không gọi được xe cấp cứu"),
            ("Cáp quang đứt", "Dây cáp quang võng xuống mương, mạng chập chờn cả tháng"),
            ("Lõm sóng cả ấp", "Khu dân cư nằm lõm sóng giữa hai trạm, phải ra bờ đê mới gọi được"),
            ("Mạng yếu giờ học", "Giờ học trực tuyến mạng yếu, học sinh vào lớp rồi văng ra"),
        ],
    ),
    (
        "du-lieu",
        &[
            ("Phần mềm báo trùng", "Phần mềm báo trùng mã số dù chỉ đăng ký một lần"),
            ("Lừa đảo qua mạng", "Số lạ xưng cán bộ đòi cài ứng dụng, nghi lừa đảo qua mạng"),
            ("Chữ ký số không nhận", "Chữ ký số còn hạn mà trang nộp tờ khai không nhận"),
            ("Lộ thông tin hồ sơ", "Danh sách hồ sơ in dán ở bảng tin làm lộ thông tin người nộp"),
        ],
    ),
    (
        "khoa-hoc",
        &[
            (
                "Tài trợ nghiên cứu chậm",
                "Đề tài đã nghiệm thu mà tiền tài trợ nghiên cứu chưa giải ngân",
            ),
            (
                "Sáng chế vướng thẩm định",
                "Đơn sáng chế máy tách hạt chờ thẩm định quá lâu, lỡ vụ thử",
            ),
            ("Khởi nghiệp thiếu chỗ thử", "Nhóm khởi nghiệp xin phòng đo kiểm mà không ai trả lời"),
        ],
    ),
    (
        "y-te",
        &[
            (
                "Trạm y tế thiếu thuốc",
                "Trạm y tế hết thuốc huyết áp hai tháng, người già phải lên huyện cũ",
            ),
            (
                "Bảo hiểm y tế không tra được",
                "Thẻ bảo hiểm y tế đã đóng mà quầy tiếp đón tra không thấy",
            ),
            ("Khám bệnh chờ lâu", "Lấy số khám bệnh từ năm giờ, đến trưa vẫn chưa tới lượt"),
            (
                "Tiêm chủng hoãn nhiều lần",
                "Lịch tiêm chủng hoãn ba lần, gia đình không được báo trước",
            ),
        ],
    ),
    (
        "giao-duc",
        &[
            ("Lạm thu đầu năm", "Lớp thu quỹ tự nguyện cào bằng, phụ huynh nói là lạm thu"),
            ("Trường học dột", "Dãy phòng của trường học dột, mưa là cô trò dồn bàn"),
            (
                "Tuyển sinh sai tuyến",
                "Danh sách tuyển sinh xếp con em trong ấp sang trường xa bảy cây số",
            ),
            (
                "Thiếu giáo viên tin học",
                "Cả cụm trường thiếu giáo viên tin học, phòng máy khóa cửa",
            ),
        ],
    ),
    (
        "an-sinh",
        &[
            ("Trợ cấp bị ngắt", "Trợ cấp người khuyết tật ngừng chi từ quý trước không rõ lý do"),
            (
                "Lương hưu chậm",
                "Lương hưu chuyển khoản chậm mười ngày, người già ra bưu điện về không",
            ),
            ("Rà soát hộ nghèo sót", "Đợt rà soát hộ nghèo bỏ sót nhà neo đơn cuối ấp"),
            (
                "Thất nghiệp hồ sơ trả lại",
                "Hồ sơ thất nghiệp bị trả vì thiếu dấu của công ty đã giải thể",
            ),
        ],
    ),
    (
        "thue-doanh-nghiep",
        &[
            (
                "Hóa đơn điện tử lỗi",
                "Hóa đơn điện tử gửi đi báo lỗi kết nối, khách không nhận hàng",
            ),
            ("Hoàn thuế kéo dài", "Hồ sơ hoàn thuế xuất khẩu kéo dài quá hạn luật định"),
            ("Hộ kinh doanh thu trùng", "Hộ kinh doanh bị thông báo lệ phí môn bài hai nơi"),
            ("Vay vốn vướng giấy tờ", "Dự án nhà lưới muốn vay vốn ưu đãi mà mẫu xác nhận đã bỏ"),
        ],
    ),
    (
        "dien-nuoc",
        &[
            ("Điện yếu giờ cao điểm", "Buổi tối điện yếu, bơm nước không lên, quạt quay lờ đờ"),
            ("Nước sinh hoạt đục", "Nước sinh hoạt đục màu trà, để lắng cả đêm còn cặn"),
            ("Công tơ nhảy số", "Công tơ nhảy số gấp đôi dù nhà đóng cửa cả tháng"),
            ("Mất điện không báo", "Tuần nào cũng mất điện vài giờ, tổ ấp nước mất cả mẻ trứng"),
        ],
    ),
    (
        "thai-do",
        &[
            (
                "Cán bộ hách dịch",
                "Cán bộ trực quầy trả lời hách dịch, không hướng dẫn chỗ còn thiếu",
            ),
            ("Hẹn nhiều lần không gặp", "Hẹn nhiều lần mà phòng khóa cửa trong giờ làm việc"),
            (
                "Gây khó dễ khi chứng thực",
                "Người chứng thực gây khó dễ, đòi thêm giấy không có trong quy định",
            ),
        ],
    ),
    (
        "khac",
        &[
            ("Chó thả rông", "Chó thả rông đuổi người đi bộ quanh bờ hồ"),
            ("Loa kẹo kéo khuya", "Hát loa kẹo kéo tới khuya, gọi đường dây nóng không ai đến"),
            ("Bến đò thiếu áo phao", "Bến đò ngang thiếu áo phao, chở quá số người ghi trên biển"),
        ],
    ),
];

const SPOTS: [&str; 30] = [
    "đầu chợ",
    "cổng trường tiểu học",
    "ngã ba bờ kè",
    "khu tập thể cũ",
    "bến phà",
    "sau nhà văn hóa",
    "dọc kênh thủy lợi",
    "trước trạm y tế",
    "khu dân cư mới",
    "cuối ấp",
    "chân cầu sắt",
    "ven quốc lộ",
    "gần nhà máy xay xát",
    "xóm vạn chài",
    "giáp nghĩa trang",
    "lối vào cụm công nghiệp",
    "bờ tây sông",
    "khóm trung tâm",
    "thôn thượng",
    "bản người Dao",
    "làng nghề dệt chiếu",
    "vùng nuôi tôm",
    "đồi chè",
    "khu nhà trọ công nhân",
    "bãi tập kết cát",
    "tổ dân phố số lẻ",
    "chợ chiều",
    "đình làng",
    "hồ điều hòa",
    "nông trường cũ",
];

const SINCE: [&str; 16] = [
    "Từ sau Tết",
    "Hơn hai tuần nay",
    "Từ đầu tháng",
    "Gần nửa năm qua",
    "Kể từ khi sáp nhập xã",
    "Suốt mùa mưa năm nay",
    "Từ hôm cơn bão đi qua",
    "Ba hôm nay liền",
    "Đã qua hai kỳ họp tổ dân phố",
    "Từ khi khởi công tuyến tránh",
    "Cả tháng vừa rồi",
    "Nhiều đêm gần đây",
    "Từ đợt triều cường rằm",
    "Khoảng mười ngày nay",
    "Sau vụ gặt hè thu",
    "Từ lúc đổi đơn vị quản lý",
];

const HARMS: [&str; 20] = [
    "Trẻ nhỏ trong xóm ho kéo dài",
    "Hàng quán vắng khách hẳn",
    "Người già không dám ra ngoài sau năm giờ",
    "Hai cụ đã phải nhập viện",
    "Ghe chở hàng không cập bến được",
    "Học sinh nghỉ học buổi chiều",
    "Vườn sầu riêng rụng bông",
    "Đàn vịt chết lác đác",
    "Khách đặt phòng hủy gần hết",
    "Nhà tôi phải kê đồ lên gạch",
    "Công nhân tan ca đi vòng xa sáu cây số",
    "Bà con góp tiền tự vá mà không bền",
    "Tôm giống hao một nửa",
    "Việc nộp hồ sơ của cả tổ bị đình lại",
    "Cửa hàng phải chạy máy phát",
    "Có người trượt ngã gãy tay",
    "Gia đình mất thêm ba chuyến xe",
    "Xe cứu thương vào không lọt",
    "Giếng khoan cũng lẫn mùi lạ",
    "Đám cưới trong xóm phải dời ngày",
];

const TRIED: [&str; 12] = [
    "Tổ trưởng đã báo miệng hai lần",
    "Bà con có làm đơn chung gửi ấp",
    "Tôi gọi tổng đài thì máy bận mãi",
    "Đã nêu tại buổi tiếp xúc cử tri",
    "Có anh công an khu vực ghi nhận rồi thôi",
    "Gửi ảnh vào nhóm Zalo của khóm chưa ai hồi âm",
    "Chưa ai xuống xem lần nào",
    "Đơn vị thi công hứa sửa rồi để đó",
    "Hỏi hai nơi thì nơi này chỉ sang nơi kia",
    "Tôi đã chờ đúng hẹn ghi trong phiếu",
    "Chúng tôi tự dọn hai bận mà đâu lại vào đấy",
    "Trưởng thôn bảo vượt thẩm quyền",
];

const WISHES: [&str; 16] = [
    "Mong cử người xuống đo lại tại chỗ",
    "Đề nghị công bố lịch làm để dân biết mà tránh",
    "Xin cho biết ai chịu trách nhiệm và bao giờ xong",
    "Mong gắn thêm camera và xử phạt nghiêm",
    "Đề nghị thay hẳn chứ đừng vá tạm",
    "Xin bố trí điểm tiếp nhận gần hơn",
    "Mong sửa mẫu tờ khai cho khớp dữ liệu đã có",
    "Đề nghị trả lời bằng văn bản để tổ thông báo lại",
    "Xin hỗ trợ kinh phí vật liệu, công thì dân góp",
    "Mong kiểm tra đột xuất vào ban đêm",
    "Đề nghị dời trạm ra xa khu ở",
    "Xin rà lại danh sách trước ngày chốt",
    "Mong có số điện thoại trực thật sự nghe máy",
    "Đề nghị nạo vét trước mùa mưa tới",
    "Xin cho học sinh đi nhờ lối tạm",
    "Mong cơ quan xin lỗi và hẹn lại rõ ngày",
];

/// The name of a commune as people write it: without its committee.
pub(super) fn place_words(name: &str) -> &str {
    name.strip_prefix("Ủy ban nhân dân ").unwrap_or(name)
}

/// One of the fields that are known.
pub(super) fn field(dice: &mut Dice) -> &'static str {
    dice.pick(&MATTERS).map_or("khac", |it| it.0)
}

/// What somebody in `place` writes about a matter of `field`.
pub(super) fn letter(dice: &mut Dice, field: &str, place: &str) -> Texts {
    let matters = MATTERS.iter().find(|it| it.0 == field).map_or(&[][..], |it| it.1);
    let (what, exactly) = dice.pick(matters).copied().unwrap_or_default();
    let spot = dice.word(&SPOTS);
    let place = place_words(place);
    let mut body = format!(
        "{}, {spot} {place} gặp cảnh này: {}. {}. {}. {}.",
        dice.word(&SINCE),
        lower(exactly),
        dice.word(&HARMS),
        dice.word(&TRIED),
        dice.word(&WISHES)
    );
    if dice.is_lucky(25) {
        body.push_str(&format!(" {}.", dice.word(&WISHES)));
    }
    if dice.is_lucky(12) {
        body.push_str(&format!(
            " Cần hỏi thêm gọi 0900 {:03} {:03}.",
            dice.below(1000),
            dice.below(1000)
        ));
    }
    Texts { title: format!("{what} {spot}, {place}"), body }
}

/// The same with a small first letter.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}
