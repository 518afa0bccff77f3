//! The rules of the reader by name, each with a sentence for the review page.

use serde::Serialize;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident => $words:literal,)+) => {
        /// A rule that fired. Serialized by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub enum Rule {
            $($(#[$doc])* $name,)+
        }

        impl Rule {
            /// Every rule, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The reason in Vietnamese, one sentence.
            #[must_use]
            pub fn explain(self) -> &'static str {
                match self {
                    $(Self::$name => $words,)+
                }
            }

            /// The name as serialized.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }
        }
    };
}

rules! {
    /// "giao X".
    Assigned => "Có từ “giao” hoặc “phân công” đứng trước cơ quan thực hiện.",
    /// "yêu cầu X".
    Required => "Có từ “yêu cầu” đứng trước cơ quan hoặc việc phải làm.",
    /// "đề nghị X".
    Requested => "Có từ “đề nghị” nên đây là lời đề nghị, không phải mệnh lệnh.",
    /// "nhấn mạnh phải", "lưu ý cần".
    Stressed => "Lời nhấn mạnh hoặc lưu ý có “cần”, “phải” và việc cụ thể.",
    /// The agency stands before a verb of action.
    SubjectActs => "Tên cơ quan đứng ngay trước động từ chỉ việc phải làm.",
    /// "3. Bộ X:" gives its items to Bộ X.
    BlockHeader => "Cơ quan lấy từ dòng đầu mục, áp cho các ý bên dưới.",
    /// The sentence above ends in ":" and orders the list.
    ListUnderOrder => "Ý nằm dưới câu dẫn giao việc kết thúc bằng dấu hai chấm.",
    /// Item of a section of tasks.
    TaskSection => "Ý nằm trong phần “nhiệm vụ, giải pháp” hoặc “tổ chức thực hiện”.",
    /// Numbered item right under "KẾ HOẠCH", "THÔNG BÁO".
    UnderTitle => "Ý đánh số nêu cơ quan và việc, đứng ngay dưới tên loại văn bản.",
    /// "Theo Thủ tướng, X phải …".
    AccordingTo => "“Theo Thủ tướng, …” kèm “cần”, “phải” là lời chỉ đạo được thuật lại.",
    /// "X phải …, Thủ tướng nhấn mạnh".
    SaidAfter => "Câu có “cần”, “phải” và người chỉ đạo nêu ở cuối câu.",
    /// "X được giao", "X được yêu cầu".
    PassiveOrder => "Cơ quan “được giao”, “được yêu cầu” làm việc này.",
    /// "do X chủ trì", "(X chủ trì)".
    LeadInside => "Cơ quan chủ trì nêu trong câu bằng “do … chủ trì” hoặc trong ngoặc.",
    /// "Cơ quan chủ trì: X".
    FieldLine => "Lấy từ dòng ghi riêng “Cơ quan chủ trì”, “Thời hạn”, “Sản phẩm”.",
    /// Read from a row of a table.
    TableRow => "Lấy từ một dòng của bảng nhiệm vụ.",
    /// No agency is named.
    NoActor => "Văn bản không nêu cơ quan thực hiện việc này.",
    /// Head's title stands for the agency.
    TitleOfHead => "Chức danh người đứng đầu được hiểu là cơ quan.",
    /// "các Bộ: A, B".
    ElidedList => "Danh sách viết gọn được tách thành từng cơ quan.",
    /// "các bộ, ngành".
    CollectiveActor => "Cơ quan được nêu theo nhóm, khi ban hành sẽ tách cho từng đơn vị.",
    /// "các bên liên quan".
    VagueActor => "“Các bên liên quan” không chỉ rõ ai phải làm.",
    /// "các tỉnh nêu trên".
    BackReference => "“Nêu trên” được hiểu theo danh sách đã liệt kê trước đó.",
    /// "Sở Tài chính".
    ProvincialDepartment => "Cơ quan cấp tỉnh, gắn với tỉnh mà văn bản nói tới.",
    /// "UBND tỉnh" without a name.
    ProvinceFromContext => "Tên tỉnh suy ra từ nơi ban hành hoặc từ văn bản.",
    /// An agency or province that no longer exists.
    OldName => "Tên cũ, đã chuyển sang cơ quan hoặc tỉnh kế thừa.",
    /// "phối hợp với X".
    Cooperation => "Cơ quan phối hợp đứng sau “phối hợp với”, “cùng”, “hỗ trợ”.",
    /// Enumerated item.
    NumberedItem => "Mỗi ý đánh số hoặc gạch đầu dòng là một nhiệm vụ.",
    /// (1) … (2) … inside a paragraph.
    InlineNumbers => "Các ý đánh số ngay trong đoạn văn được tách riêng.",
    /// A bullet split because the lead changes.
    SplitByLead => "Tách vì trong cùng một ý có cơ quan chủ trì khác.",
    /// A bullet split because the deadline changes.
    SplitByDeadline => "Tách vì trong cùng một ý có thời hạn khác.",
    /// The last deadline covers the whole item.
    ClosingDeadline => "Thời hạn ở cuối ý áp cho các vế đứng trước.",
    /// A day.
    DeadlineDay => "Thời hạn là một ngày cụ thể.",
    /// A period.
    DeadlinePeriod => "Thời hạn là một kỳ, tính đến ngày cuối của kỳ.",
    /// Recurring.
    DeadlineRecurring => "Việc lặp lại theo kỳ.",
    /// Ongoing.
    DeadlineOngoing => "Nhiệm vụ thường xuyên, không có ngày kết thúc.",
    /// Relative.
    DeadlineRelative => "Thời hạn tính từ một mốc chưa có ngày.",
    /// Event.
    DeadlineEvent => "Thời hạn gắn với một sự kiện, chưa có ngày.",
    /// Year taken from the issue date.
    YearFromIssue => "Văn bản không ghi năm, lấy theo ngày ban hành và lùi về sau nếu đã qua.",
    /// Another deadline in the same task.
    SecondDeadline => "Cùng nhiệm vụ còn có thêm một mốc thời hạn khác, cần xem lại.",
    /// 31/2.
    ImpossibleDate => "Ngày ghi trong văn bản không có trên lịch, cần sửa trước khi giao.",
    /// No issue date to complete a date.
    NoIssueDate => "Thiếu ngày ban hành nên chưa tính được năm của thời hạn.",
    /// "trình X".
    SubmittedTo => "Cấp có thẩm quyền lấy từ “trình”.",
    /// "báo cáo X".
    ReportedTo => "Nơi nhận kết quả lấy từ “báo cáo” hoặc “gửi”.",
    /// "cấp có thẩm quyền".
    UnnamedAuthority => "“Cấp có thẩm quyền” không nêu rõ là cấp nào.",
    /// "phải".
    Obliged => "Có từ “phải”, “có trách nhiệm” nên là việc bắt buộc.",
    /// "phấn đấu".
    EffortOnly => "“Phấn đấu”, “khuyến khích” là mức cố gắng, không phải mức bắt buộc.",
    /// Only soft verbs.
    SoftVerbs => "Chỉ có động từ chung như “tăng cường”, “đẩy mạnh”, khó kiểm tra kết quả.",
    /// A product noun after a product verb.
    ProductNoun => "Sản phẩm là văn bản, hệ thống hoặc kết quả đứng sau động từ như “ban hành”, “trình”.",
    /// N %.
    ProductTarget => "Sản phẩm là một chỉ tiêu có con số.",
    /// The document is secret.
    SecretMark => "Văn bản có dấu chỉ độ mật nên không được đưa vào hệ thống.",
    /// A heading of the table was not understood.
    UnknownColumn => "Không hiểu tiêu đề cột này nên bỏ qua.",
    /// A name in a table could not be resolved.
    UnknownAgency => "Không tìm thấy cơ quan này trong danh mục.",
    /// A deadline's words in a table could not be read.
    UnreadDeadline => "Không đọc được thời hạn này.",
    /// A row has no task.
    EmptyRow => "Dòng không có nội dung nhiệm vụ.",
}
