use askama::Template;
use axum::response::Html;
use sauro_ui::{Chrome, Failure, page};

/// One step: what happens, who does it (nobody is a citizen), the sample account, and where it begins.
struct Step {
    title: &'static str,
    words: &'static str,
    who: &'static str,
    login: &'static str,
    path: &'static str,
}

const STEPS: [Step; 9] = [
    Step {
        title: "Nhận chỉ đạo, soát sáu rõ",
        words: "Dán văn bản chỉ đạo; máy đọc thành dự thảo nhiệm vụ, mỗi dự thảo nói còn thiếu rõ nào.",
        who: "Cơ quan Thường trực",
        login: "thuongtruc",
        path: "/chi-dao",
    },
    Step {
        title: "Duyệt giao",
        words: "Chỉ giao được nhiệm vụ đủ sáu rõ: người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền.",
        who: "Lãnh đạo Cơ quan Thường trực",
        login: "lanhdao",
        path: "/viec",
    },
    Step {
        title: "Báo cáo có minh chứng",
        words: "Việc gấp nhất đứng trên cùng. Báo đã xong thì phải kèm tệp hoặc số văn bản.",
        who: "Chuyên viên xã Năm Căn",
        login: "xa-namcan",
        path: "/viec",
    },
    Step {
        title: "Nghiệm thu",
        words: "Báo xong chưa phải là xong: cấp có thẩm quyền kiểm tra từng sản phẩm, nhận hoặc trả lại có lý do.",
        who: "Cán bộ thẩm định",
        login: "thamdinh",
        path: "/viec/nghiem-thu",
    },
    Step {
        title: "Hai phút của lãnh đạo",
        words: "Trên điện thoại: việc gì chậm, ai, vì sao, và cần quyết điều gì.",
        who: "Lãnh đạo tỉnh Cà Mau",
        login: "lanhdao-tinh",
        path: "/lanh-dao",
    },
    Step {
        title: "Kết quả ai cũng xem được",
        words: "Số đã báo xong luôn đứng cạnh đúng hạn, đã xác minh, đang được dùng.",
        who: "Người dân",
        login: "",
        path: "/ket-qua",
    },
    Step {
        title: "Gửi phản ánh, kiến nghị",
        words: "Không cần tài khoản. Gửi xong có mã tra cứu và hạn trả lời.",
        who: "Người dân",
        login: "",
        path: "/phan-anh/gui",
    },
    Step {
        title: "Giải quyết và trả lời",
        words: "Mỗi vụ việc một việc tiếp theo; không đúng chỗ thì chuyển, không đóng; lãnh đạo duyệt câu trả lời.",
        who: "Cán bộ xã Năm Căn",
        login: "xa-namcan",
        path: "/phan-anh-den",
    },
    Step {
        title: "Từ phản ánh lại thành nhiệm vụ",
        words: "Nơi đang vướng cho thấy việc gì lặp lại, ở đâu; từ một vụ việc lập nhiệm vụ sáu rõ bằng một nút.",
        who: "Lãnh đạo tỉnh Cà Mau",
        login: "lanhdao-tinh",
        path: "/phan-anh-den/noi-dau",
    },
];

#[derive(Template)]
#[template(path = "help/tour.html")]
struct Tour {
    chrome: Chrome,
    steps: &'static [Step],
}

/// `GET /xem-thu`: the whole loop, from directive to the next directive, by the sample accounts. Only where
/// figures are made up.
pub(super) async fn show(chrome: Chrome) -> Result<Html<String>, Failure> {
    if !chrome.is_demo() {
        return Err(Failure::NotFound);
    }
    page(&Tour { chrome, steps: &STEPS })
}
