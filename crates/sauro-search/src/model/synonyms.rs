//! Words that mean the same in this field: abbreviations and what they stand for. Names of agencies and places
//! are no business of this list; the catalogue knows them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words;

/// Each line says one thing in several ways. A way with `=` before it counts only when typed in capitals,
/// because it is a word of its own otherwise.
const GROUPS: &[&[&str]] = &[
    &["khcn", "kh cn", "khoa học công nghệ", "khoa học và công nghệ", "khoa học, công nghệ"],
    &["cđs", "chuyển đổi số"],
    &["dti", "chỉ số chuyển đổi số"],
    &["đmst", "đổi mới sáng tạo"],
    &["cntt", "công nghệ thông tin"],
    &["dvc", "dịch vụ công"],
    &["dvctt", "dịch vụ công trực tuyến"],
    &["tthc", "thủ tục hành chính"],
    &["cchc", "cải cách hành chính"],
    &["csdl", "cơ sở dữ liệu"],
    &["csdlqg", "csdl quốc gia", "cơ sở dữ liệu quốc gia"],
    &["ttdlqg", "trung tâm dữ liệu quốc gia"],
    &["nq57", "nq 57", "nghị quyết 57", "nghị quyết số 57"],
    &["nq71", "nq 71", "nghị quyết 71", "nghị quyết số 71"],
    &["nq", "nghị quyết"],
    &["bcđ", "ban chỉ đạo"],
    &["ubnd", "ủy ban nhân dân"],
    &["hđnd", "hội đồng nhân dân"],
    &["vpcp", "văn phòng chính phủ"],
    &["ttg", "thủ tướng", "thủ tướng chính phủ"],
    &["pakn", "phản ánh kiến nghị", "phản ánh, kiến nghị"],
    &["gpsk", "giải pháp sáng kiến"],
    &["cccd", "căn cước", "căn cước công dân"],
    &["bhyt", "bảo hiểm y tế"],
    &["bhxh", "bảo hiểm xã hội"],
    &["hssk", "hồ sơ sức khỏe", "sổ sức khỏe", "sổ sức khỏe điện tử", "hồ sơ sức khỏe điện tử"],
    &["nsnn", "ngân sách nhà nước"],
    &["htx", "hợp tác xã"],
    &["đbdtts", "đồng bào dân tộc thiểu số"],
    &["gd đt", "gdđt", "giáo dục và đào tạo", "giáo dục đào tạo"],
    &["nn mt", "nnmt", "nông nghiệp và môi trường", "nông nghiệp môi trường"],
    &["ttkđm", "không dùng tiền mặt", "thanh toán không dùng tiền mặt"],
    &["tmđt", "thương mại điện tử", "sàn thương mại điện tử"],
    &["attt", "an toàn thông tin"],
    &["anm", "an ninh mạng"],
    &["kt xh", "ktxh", "kinh tế xã hội"],
    &["cbcc", "cán bộ công chức", "cán bộ, công chức"],
    &["đvhc", "đơn vị hành chính"],
    &["rd", "r d", "nghiên cứu phát triển", "nghiên cứu và phát triển"],
    &["=AI", "trí tuệ nhân tạo"],
    &["ocop", "mỗi xã một sản phẩm"],
    &["bdhvs", "bình dân học vụ số"],
    &["lõm sóng", "vùng lõm sóng", "trũng sóng", "chưa có sóng", "mất sóng"],
    &["một cửa", "bộ phận một cửa", "trung tâm phục vụ hành chính công"],
    &["giấy khai sinh", "đăng ký khai sinh", "khai sinh"],
    &["sổ đỏ", "đất đai", "hồ sơ đất đai", "giấy chứng nhận quyền sử dụng đất"],
    &["tổ công nghệ số cộng đồng", "tổ cnscđ", "cnscđ"],
    &["người già", "người cao tuổi"],
    &["đèn đường", "điện chiếu sáng"],
];

/// Most words in one of the ways.
pub(super) const LONGEST: usize = 8;

struct Way {
    group: usize,
    is_capital: bool,
}

static WAYS: LazyLock<HashMap<String, Vec<Way>>> = LazyLock::new(|| {
    let mut ways: HashMap<String, Vec<Way>> = HashMap::new();
    for (group, line) in GROUPS.iter().enumerate() {
        for way in *line {
            let is_capital = way.starts_with('=');
            ways.entry(key(way)).or_default().push(Way { group, is_capital });
        }
    }
    ways
});

fn key(text: &str) -> String {
    words(text).into_iter().map(|it| it.folded).collect::<Vec<_>>().join(" ")
}

/// Other ways to say what the folded words `said` say, each as folded words. `is_capital` when they were typed
/// in capitals.
pub(super) fn others(said: &str, is_capital: bool) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    for way in WAYS.get(said).into_iter().flatten().filter(|it| is_capital || !it.is_capital) {
        for other in GROUPS.get(way.group).copied().unwrap_or_default() {
            let other: Vec<String> = words(other).into_iter().map(|it| it.folded).collect();
            if other.join(" ") != said && !found.contains(&other) {
                found.push(other);
            }
        }
    }
    found
}
