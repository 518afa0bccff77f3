//! What made-up items say. Nothing of it happened.

use sauro_kernel::Dice;

use crate::model::{Block, Span};

const PLACES: [&str; 10] = [
    "xã vùng cao",
    "xã ven biển",
    "phường nội thành",
    "xã biên giới",
    "đặc khu",
    "xã trồng lúa",
    "phường công nghiệp",
    "xã đảo",
    "xã trung du",
    "phường bến cảng",
];

const DEEDS: [&str; 10] = [
    "đưa sóng di động đến thôn cuối cùng",
    "trả hồ sơ trực tuyến trước hẹn",
    "số hóa xong sổ hộ tịch",
    "mở điểm hỗ trợ dịch vụ công lưu động",
    "nối dữ liệu đất đai với trục của tỉnh",
    "tập huấn tổ công nghệ số cộng đồng",
    "lắp trạm đo chất lượng nước",
    "dạy ký số cho hộ kinh doanh",
    "đưa bệnh án điện tử vào trạm y tế",
    "công khai tiến độ từng nhiệm vụ",
];

const SENTENCES: [&str; 14] = [
    "Tổ công nghệ số cộng đồng đến từng nhà, mỗi buổi hướng dẫn khoảng mười hộ.",
    "Trước đây người dân phải đi gần hai mươi cây số để nộp một tờ đơn.",
    "Cán bộ xã ghi kết quả ngay tại chỗ, con số hiện trên bảng chung của tỉnh cùng lúc.",
    "Kinh phí lấy từ nguồn chi thường xuyên, không phát sinh thêm biên chế.",
    "Việc khó nhất là đường truyền ở ba thôn cuối, nay đã có trạm chạy pin mặt trời.",
    "Lãnh đạo xã chịu trách nhiệm về thời hạn, sở chuyên môn kiểm tra chéo hằng tháng.",
    "Mỗi hồ sơ có mã tra cứu, người nộp biết đang ở bàn ai và còn mấy ngày.",
    "Sau ba tháng, số hồ sơ phải bổ sung giảm từ một phần ba xuống còn một phần mười.",
    "Người cao tuổi được con cháu giúp, ai cần thì cán bộ đến tận nhà.",
    "Những thôn chưa có điện lưới ổn định được lắp bộ lưu điện dùng chung.",
    "Dữ liệu được đối chiếu hai chiều trước khi đóng sổ giấy.",
    "Các trường học mở phòng máy vào buổi tối cho người lớn học ký số.",
    "Phản ánh của người dân về chất lượng sóng được trả lời trong năm ngày làm việc.",
    "Kết quả do đoàn kiểm tra chéo của huyện bạn đo lại, khớp với báo cáo.",
];

/// Paragraphs of an article of the usual length, and of one that is read at length: some 30 kB as a page.
const PARAGRAPHS: std::ops::RangeInclusive<i64> = 4..=8;
const AT_LENGTH: i64 = 60;

/// The title of the `n`-th item.
pub(super) fn title(dice: &mut Dice, n: usize) -> String {
    format!("Tin {n}: {} {}", dice.word(&PLACES), dice.word(&DEEDS))
}

/// The title of the `n`-th document.
pub(super) fn document_title(dice: &mut Dice, n: usize) -> String {
    format!("Văn bản {n} về việc {} {}", dice.word(&PLACES), dice.word(&DEEDS))
}

pub(super) fn summary(dice: &mut Dice) -> String {
    dice.word(&SENTENCES).to_owned()
}

pub(super) fn blocks(dice: &mut Dice, is_long: bool) -> Vec<Block> {
    let n = if is_long { AT_LENGTH } else { dice.between(*PARAGRAPHS.start(), *PARAGRAPHS.end()) };
    let mut blocks = Vec::new();
    for k in 0..n {
        if k % 4 == 2 {
            blocks.push(Block::Heading { level: 2, text: dice.word(&DEEDS).to_owned() });
        }
        let sentences: Vec<&str> = (0..dice.between(3, 5)).map(|_| dice.word(&SENTENCES)).collect();
        let span = Span { text: sentences.join(" "), ..Span::default() };
        blocks.push(Block::Paragraph { spans: vec![span] });
    }
    blocks
}
