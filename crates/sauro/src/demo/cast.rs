//! Who acts in the demonstration. Titles only: nobody here exists.

use sauro_directory::model::{Agency, Directory};
use sauro_kernel::{AccountId, Actor, AgencyId, PostId, Role};

/// A sample account.
#[derive(Debug, Clone, Copy)]
pub struct Account {
    /// What is typed to sign in.
    pub login: &'static str,
    /// How it is shown.
    pub title: &'static str,
    /// Its seats: a role in the agency with that code.
    pub seats: &'static [(Role, &'static str)],
}

/// The password of every sample account. They exist only in the demonstration.
pub const PASSWORD: &str = "sau-ro-57-mau";

/// One account a role, and a second chain for the province and the ministry.
pub const ACCOUNTS: &[Account] = &[
    Account {
        login: "thuongtruc",
        title: "Cơ quan Thường trực Ban Chỉ đạo: đọc chỉ đạo, soạn nhiệm vụ",
        seats: &[(Role::StandingAgency, "TTBCĐ57"), (Role::StandingAgency, "VPCP")],
    },
    Account {
        login: "lanhdao",
        title: "Lãnh đạo Cơ quan Thường trực: duyệt giao",
        seats: &[(Role::Leader, "TTBCĐ57"), (Role::Leader, "VPCP")],
    },
    Account {
        login: "thamdinh",
        title: "Cán bộ thẩm định: nghiệm thu sản phẩm",
        seats: &[
            (Role::Verifier, "TTBCĐ57"),
            (Role::Verifier, "BCĐTW57"),
            (Role::Verifier, "VPCP"),
            (Role::Verifier, "UBND-96"),
        ],
    },
    Account {
        login: "bo-khcn",
        title: "Chuyên viên Bộ Khoa học và Công nghệ: soạn báo cáo",
        seats: &[(Role::Officer, "BKHCN")],
    },
    Account {
        login: "lanhdao-bo",
        title: "Lãnh đạo Bộ Khoa học và Công nghệ: ký gửi báo cáo",
        seats: &[(Role::Leader, "BKHCN")],
    },
    Account {
        login: "tinh-camau",
        title: "Cán bộ đầu mối UBND tỉnh Cà Mau: giao xuống xã",
        seats: &[(Role::FocalOfficer, "UBND-96")],
    },
    Account {
        login: "lanhdao-tinh",
        title: "Lãnh đạo UBND tỉnh Cà Mau",
        seats: &[(Role::Leader, "UBND-96")],
    },
    Account {
        login: "xa-namcan",
        title: "Chuyên viên UBND xã Năm Căn: soạn báo cáo",
        seats: &[(Role::Officer, "UBND-32191")],
    },
    Account {
        login: "lanhdao-xa",
        title: "Lãnh đạo UBND xã Năm Căn: ký gửi báo cáo",
        seats: &[(Role::Leader, "UBND-32191")],
    },
    Account {
        login: "kiemtra",
        title: "Ủy ban Kiểm tra Trung ương: xem mọi việc trong phạm vi",
        seats: &[(Role::Inspector, "UBKTTW")],
    },
    Account {
        login: "quantri",
        title: "Quản trị hệ thống: tài khoản, cơ quan, lịch",
        seats: &[(Role::Administrator, "VPTW")],
    },
];

/// Somebody with `role` in the agency `agency`.
pub(super) fn actor(role: Role, agency: &Agency) -> Actor {
    let seat = AgencyId::of_code(&format!("{}/{}", agency.code, role.code()));
    Actor {
        account: AccountId(seat.0),
        post: PostId(seat.0),
        role,
        agency: agency.id,
        agency_code: agency.code.clone(),
        agency_name: agency.name.clone(),
        agency_path: agency.path.clone(),
        scope: agency.scope.clone(),
        display_name: role.label().to_owned(),
    }
}

/// The leader's title of an agency, as a reviewer would write it.
pub(super) fn head_of(directory: &Directory, id: AgencyId) -> String {
    let Some(agency) = directory.agency(id) else { return String::new() };
    let title = match agency.kind.as_str() {
        "ministry" => "Thứ trưởng phụ trách",
        "ministry_level" | "gov_agency" => "Phó Thủ trưởng phụ trách",
        "province_pc" | "commune_pc" => "Phó Chủ tịch phụ trách",
        "province_party" => "Phó Bí thư phụ trách",
        "department" => "Phó Giám đốc phụ trách",
        "enterprise" => "Phó Tổng Giám đốc phụ trách",
        "group" => "Người đứng đầu cơ quan",
        _ => "Lãnh đạo phụ trách",
    };
    if agency.is_group { title.to_owned() } else { format!("{title}, {}", agency.name) }
}
