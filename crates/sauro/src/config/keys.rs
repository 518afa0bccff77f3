use super::ConfigError;

/// One key of the configuration.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The table it stands in.
    pub section: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// The environment variable that overrides it.
    pub variable: &'static str,
    /// What of it is not shown.
    pub secrecy: Secrecy,
    /// What it means, in Vietnamese.
    pub meaning: &'static str,
    kind: Kind,
}

/// What of a value is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// Nothing is kept back.
    Open,
    /// The password of an address.
    Password,
    /// The password of an address, and what its parameters say beside places in braces.
    Parameters,
    /// Everything.
    Whole,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Flag,
    Number,
    /// Tables in square brackets, as TOML writes them on one line.
    Tables,
}

const fn key(
    section: &'static str,
    name: &'static str,
    variable: &'static str,
    kind: Kind,
    meaning: &'static str,
) -> Key {
    Key { section, name, variable, secrecy: Secrecy::Open, meaning, kind }
}

const fn with_password(key: Key) -> Key {
    Key { secrecy: Secrecy::Password, ..key }
}

const fn with_parameters(key: Key) -> Key {
    Key { secrecy: Secrecy::Parameters, ..key }
}

const fn secret(key: Key) -> Key {
    Key { secrecy: Secrecy::Whole, ..key }
}

/// Every key, in the order shown.
pub const KEYS: &[Key] = &[
    key(
        "store",
        "data",
        "SAURO_DATA",
        Kind::Text,
        "thư mục chứa cơ sở dữ liệu, tệp và dấu niêm phong",
    ),
    with_password(key(
        "store",
        "database",
        "SAURO_DATABASE",
        Kind::Text,
        "sqlite:… hoặc postgres://…; để trống là SQLite trong thư mục dữ liệu",
    )),
    with_password(key(
        "store",
        "files",
        "SAURO_FILES",
        Kind::Text,
        "nơi để tệp; để trống là thư mục files trong thư mục dữ liệu",
    )),
    key(
        "store",
        "clamd",
        "SAURO_CLAMD",
        Kind::Text,
        "nơi clamd nghe để quét mã độc mọi tệp gửi lên, như 127.0.0.1:3310; để trống là không quét",
    ),
    key(
        "store",
        "mirror",
        "SAURO_MIRROR",
        Kind::Text,
        "thư mục bản tĩnh của các trang công khai, để nginx phục vụ khi máy chủ tắt; để trống là không làm",
    ),
    key("http", "listen", "SAURO_LISTEN", Kind::Text, "địa chỉ và cổng phục vụ"),
    key("http", "secure_cookies", "SAURO_SECURE_COOKIES", Kind::Flag, "true khi phục vụ qua HTTPS"),
    key(
        "http",
        "timeout_seconds",
        "SAURO_TIMEOUT_SECONDS",
        Kind::Number,
        "thời gian tối đa của một yêu cầu, giây",
    ),
    key(
        "http",
        "behind_proxy",
        "SAURO_BEHIND_PROXY",
        Kind::Flag,
        "true khi đứng sau máy chủ HTTPS của mình có đặt X-Forwarded-For",
    ),
    key(
        "http",
        "page_cache_mb",
        "SAURO_PAGE_CACHE_MB",
        Kind::Number,
        "bộ nhớ giữ trang của cổng thông tin, MB; 0 là vẽ lại mỗi lần có người hỏi",
    ),
    key("site", "name", "SAURO_SITE_NAME", Kind::Text, "tên hiển thị"),
    key("site", "public_url", "SAURO_PUBLIC_URL", Kind::Text, "địa chỉ người dân nhìn thấy"),
    key("site", "demo", "SAURO_DEMO", Kind::Flag, "true khi số liệu là giả định"),
    key(
        "oidc",
        "providers",
        "SAURO_OIDC_PROVIDERS",
        Kind::Tables,
        "nhà cung cấp định danh (OpenID Connect), mỗi nhà một mục [[oidc.providers]]; để trống là không có",
    ),
    key(
        "mail",
        "enabled",
        "SAURO_MAIL_ENABLED",
        Kind::Flag,
        "true để gửi thông báo qua thư điện tử cho người đã chọn nhận",
    ),
    with_password(key(
        "mail",
        "url",
        "SAURO_MAIL_URL",
        Kind::Text,
        "máy chủ thư: smtps://ten:mat-khau@may-chu:465, smtp+starttls://… hoặc smtp://…",
    )),
    key(
        "mail",
        "from",
        "SAURO_MAIL_FROM",
        Kind::Text,
        "người gửi, như Sáu Rõ <sauro@donvi.gov.vn>",
    ),
    key(
        "sms",
        "enabled",
        "SAURO_SMS_ENABLED",
        Kind::Flag,
        "true để nhắn tin SMS cho người gửi phản ánh có ghi số điện thoại",
    ),
    with_parameters(key(
        "sms",
        "url",
        "SAURO_SMS_URL",
        Kind::Text,
        "cổng tin nhắn, có chỗ {to}, {text}, {id}, {secret}",
    )),
    secret(key(
        "sms",
        "body",
        "SAURO_SMS_BODY",
        Kind::Text,
        "nội dung POST, cũng có các chỗ ấy; để trống là GET",
    )),
    key(
        "sms",
        "content_type",
        "SAURO_SMS_CONTENT_TYPE",
        Kind::Text,
        "kiểu nội dung: application/json hoặc application/x-www-form-urlencoded",
    ),
    secret(key(
        "sms",
        "authorization",
        "SAURO_SMS_AUTHORIZATION",
        Kind::Text,
        "đầu Authorization, như Bearer {secret}; để trống là không có",
    )),
    key(
        "sms",
        "secret_file",
        "SAURO_SMS_SECRET_FILE",
        Kind::Text,
        "tệp chứa mật khẩu của cổng, thay vào {secret}",
    ),
    key(
        "sms",
        "accepted",
        "SAURO_SMS_ACCEPTED",
        Kind::Text,
        "chữ có trong trả lời khi cổng đã nhận; để trống là mọi mã 2xx",
    ),
    key(
        "sms",
        "trusted",
        "SAURO_SMS_TRUSTED",
        Kind::Text,
        "tệp chứng thư (PEM) tin thêm ngoài kho của hệ điều hành",
    ),
    key(
        "sms",
        "marks",
        "SAURO_SMS_MARKS",
        Kind::Flag,
        "true để nhắn có dấu: 70 chữ một tin thay vì 160",
    ),
    key(
        "sms",
        "most_a_day",
        "SAURO_SMS_MOST_A_DAY",
        Kind::Number,
        "số tin nhiều nhất mỗi ngày, phần còn lại chờ hôm sau",
    ),
    key(
        "push",
        "enabled",
        "SAURO_PUSH_ENABLED",
        Kind::Flag,
        "true để gửi thông báo đến máy của người đã bấm nhận, qua máy chủ đẩy của hãng trình duyệt",
    ),
    key(
        "push",
        "inside",
        "SAURO_PUSH_INSIDE",
        Kind::Flag,
        "true cho phép máy chủ đẩy trong mạng nội bộ, kể cả HTTP; chỉ khi có máy chủ đẩy riêng",
    ),
    key(
        "search",
        "folder",
        "SAURO_SEARCH_FOLDER",
        Kind::Text,
        "nơi để mục lục tìm kiếm, riêng của máy này; để trống là thư mục search trong thư mục dữ liệu",
    ),
    key(
        "petitions.mail",
        "enabled",
        "SAURO_PETITIONS_MAIL_ENABLED",
        Kind::Flag,
        "true để nhận phản ánh qua một hộp thư; cần bật cả [mail]",
    ),
    key(
        "petitions.mail",
        "address",
        "SAURO_PETITIONS_MAIL_ADDRESS",
        Kind::Text,
        "địa chỉ người dân gửi đến, như phananh@donvi.gov.vn",
    ),
    key("petitions.mail", "host", "SAURO_PETITIONS_MAIL_HOST", Kind::Text, "máy chủ IMAP"),
    key(
        "petitions.mail",
        "port",
        "SAURO_PETITIONS_MAIL_PORT",
        Kind::Number,
        "cổng IMAP; 993 khi có TLS",
    ),
    key(
        "petitions.mail",
        "tls",
        "SAURO_PETITIONS_MAIL_TLS",
        Kind::Flag,
        "false chỉ với máy chủ trên cùng máy",
    ),
    key(
        "petitions.mail",
        "trusted",
        "SAURO_PETITIONS_MAIL_TRUSTED",
        Kind::Text,
        "tệp chứng thư (PEM) tin thêm ngoài kho của hệ điều hành",
    ),
    key("petitions.mail", "user", "SAURO_PETITIONS_MAIL_USER", Kind::Text, "tên đăng nhập hộp thư"),
    key(
        "petitions.mail",
        "password_file",
        "SAURO_PETITIONS_MAIL_PASSWORD_FILE",
        Kind::Text,
        "tệp chứa mật khẩu hộp thư",
    ),
    key(
        "petitions.mail",
        "folder",
        "SAURO_PETITIONS_MAIL_FOLDER",
        Kind::Text,
        "thư mục đọc thư mới",
    ),
    key(
        "petitions.mail",
        "server_id",
        "SAURO_PETITIONS_MAIL_SERVER_ID",
        Kind::Text,
        "tên máy chủ thư trong Authentication-Results; để trống là tên ở đầu mục trên cùng",
    ),
    key(
        "petitions.mail",
        "agency",
        "SAURO_PETITIONS_MAIL_AGENCY",
        Kind::Text,
        "mã cơ quan tiếp nhận, như UBND-32191; để trống là cơ quan của lĩnh vực “khác”",
    ),
    key(
        "initiatives",
        "check_days",
        "SAURO_INITIATIVES_CHECK_DAYS",
        Kind::Number,
        "kiểm tra hình thức hồ sơ sáng kiến, ngày làm việc",
    ),
    key(
        "initiatives",
        "supply_days",
        "SAURO_INITIATIVES_SUPPLY_DAYS",
        Kind::Number,
        "tác giả bổ sung hồ sơ, ngày làm việc",
    ),
    key(
        "initiatives",
        "review_days",
        "SAURO_INITIATIVES_REVIEW_DAYS",
        Kind::Number,
        "thẩm định chuyên ngành, ngày làm việc",
    ),
    key(
        "initiatives",
        "council_days",
        "SAURO_INITIATIVES_COUNCIL_DAYS",
        Kind::Number,
        "hội đồng chấm, ngày làm việc",
    ),
    key(
        "initiatives",
        "idle_days",
        "SAURO_INITIATIVES_IDLE_DAYS",
        Kind::Number,
        "đã công nhận quá bấy nhiêu ngày chưa áp dụng thì nêu rõ",
    ),
    key(
        "initiatives",
        "replicated_from",
        "SAURO_INITIATIVES_REPLICATED_FROM",
        Kind::Number,
        "số nơi xác nhận áp dụng để tính là nhân rộng",
    ),
    key(
        "log",
        "filter",
        "SAURO_LOG",
        Kind::Text,
        "mức ghi nhật ký kỹ thuật: error, warn, info, debug",
    ),
    key("log", "json", "SAURO_LOG_JSON", Kind::Flag, "true ghi mỗi dòng một đối tượng JSON"),
];

impl Key {
    /// Sets this key in `table` from the text of its variable.
    pub(super) fn put(&self, table: &mut toml::Table, text: &str) -> Result<(), ConfigError> {
        let wrong = |expected| ConfigError::Variable { variable: self.variable, expected };
        let value = match self.kind {
            Kind::Text => toml::Value::String(text.to_owned()),
            Kind::Flag => match text {
                "1" | "true" => toml::Value::Boolean(true),
                "0" | "false" | "" => toml::Value::Boolean(false),
                _ => return Err(wrong("Đặt true hoặc false.")),
            },
            Kind::Number => toml::Value::Integer(
                text.parse().map_err(|_| wrong("Đặt một số nguyên không âm."))?,
            ),
            Kind::Tables => tables(text)
                .ok_or_else(|| wrong("Viết như TOML trên một dòng: [{ code = \"…\", … }]."))?,
        };
        // A table within a table is written with a dot.
        let mut section = table;
        for name in self.section.split('.') {
            let inner =
                section.entry(name).or_insert_with(|| toml::Value::Table(toml::Table::new()));
            let toml::Value::Table(inner) = inner else { return Ok(()) };
            section = inner;
        }
        section.insert(self.name.to_owned(), value);
        Ok(())
    }
}

/// The list that `text` is in TOML; nothing is no table.
fn tables(text: &str) -> Option<toml::Value> {
    let text = if text.trim().is_empty() { "[]" } else { text };
    let mut read: toml::Table = format!("it = {text}").parse().ok()?;
    read.remove("it").filter(toml::Value::is_array)
}
