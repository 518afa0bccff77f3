//! Petitions with a photo of 300 kB that come as people send them: at their own instants, whether or not the
//! server is ready. Nothing that was answered is lost when the server is killed in the middle.

use std::sync::Arc;
use std::time::Duration;

use sauro_benches::outside::FreshIds;
use sauro_kernel::IdSource;
use sauro_store::{Db, run};
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::AnyError;
use super::client::{Client, Request};
use super::crowd::place;
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;
use super::millions::count;
use super::place::Place;
use super::server::Server;

/// Size of a photo.
const N_BYTES: usize = 300_000;
/// Cases a second.
const RATE: u32 = 100;
/// Cases sent from one place at most: of more within an hour the server asks something.
const FROM_ONE: usize = 15;
const BOUNDARY: &str = "sau-ro-do-phan-anh";

const TITLES: [&str; 8] = [
    "Nắp hố ga vỡ trước cổng trường",
    "Trạm bơm chạy cầm chừng, ruộng khô",
    "Xe tải đỗ chắn lối đi bộ",
    "Hồ sơ nộp trực tuyến báo lỗi khi ký",
    "Đèn tín hiệu ngã tư tắt cả tuần",
    "Nước máy có mùi lạ từ sáng",
    "Bảng giá dịch vụ ở bến xe không niêm yết",
    "Cành me tây gãy đè dây điện",
];

/// Whoever sends: a key for the run, places of the nation, a photo.
#[derive(Clone)]
pub(crate) struct Sending {
    run: Arc<str>,
    communes: Arc<[String]>,
    photo: Arc<[u8]>,
    /// Places that were sent from before.
    first_place: usize,
    /// Cases that were sent before.
    first: usize,
}

/// What came of a run: from the planned instant to the receipt, and the codes that were told.
#[derive(Default)]
pub(crate) struct Came {
    pub(crate) times: Vec<Duration>,
    pub(crate) codes: Vec<String>,
    pub(crate) n_failed: usize,
    pub(crate) first_failure: String,
}

impl Sending {
    /// Makes ready to send with photos, or without any.
    pub(crate) async fn ready(
        place: &Place,
        with_photo: bool,
        first_place: usize,
    ) -> Result<Self, AnyError> {
        const COMMUNES: &str = "SELECT code FROM agencies WHERE code LIKE 'UBND-_____' AND valid_to IS NULL ORDER BY code";
        let mut conn = Db::open(&place.url).await?.read().await?;
        let communes: Vec<String> =
            run!(conn, c => sqlx::query_scalar(COMMUNES).fetch_all(c).await)?;
        Ok(Self {
            run: FreshIds.fresh().simple().to_string().into(),
            communes: communes.into(),
            photo: if with_photo { photo().into() } else { Vec::new().into() },
            first_place,
            first: 0,
        })
    }

    /// The same after `n` cases.
    pub(crate) fn after(&self, n: usize) -> Self {
        Self { first: n, ..self.clone() }
    }

    /// The n-th case.
    pub(crate) fn request(&self, n: usize) -> Request {
        let title = TITLES.get(n % TITLES.len()).copied().unwrap_or_default();
        let body = format!(
            "{title}. Bà con đã nhắc tổ trưởng mà chưa thấy ai xuống xem, mong cơ quan kiểm tra và cho biết ngày làm xong. Lượt gửi {n}."
        );
        self.form(n, title, body)
    }

    /// The n-th form with one and the same text.
    pub(crate) fn of_one_text(&self, n: usize) -> Request {
        let title = "Vay nhanh không cần thế chấp";
        let body = format!("{title}, giải ngân trong ngày, gọi ngay hôm nay để nhận ưu đãi lớn.");
        // Forms of the flood are none of people's own.
        self.form(1_000_000_000 + n, title, body)
    }

    fn form(&self, n: usize, title: &str, text: String) -> Request {
        let commune = self.communes.get(n * 31 % self.communes.len().max(1));
        let mut body = Vec::with_capacity(self.photo.len() + 4096);
        for (field, value) in [
            ("khoa", format!("{}-{n}", self.run)),
            ("loai", "feedback".to_owned()),
            ("tom-tat", title.to_owned()),
            ("noi-dung", text),
            ("noi-xay-ra", commune.cloned().unwrap_or_default()),
            ("linh-vuc", String::new()),
            ("ho-ten", format!("Người gửi mẫu {n}")),
            ("lien-lac", format!("0900{:06}", n % 1_000_000)),
            ("dong-y", "1".to_owned()),
            ("cong-khai", "1".to_owned()),
            ("gui", "1".to_owned()),
        ] {
            body.extend(part(&format!("name=\"{field}\""), ""));
            body.extend(value.as_bytes());
        }
        if !self.photo.is_empty() {
            let name = format!("name=\"tep\"; filename=\"anh-{n}.jpg\"");
            body.extend(part(&name, "\r\nContent-Type: image/jpeg"));
            body.extend(shot(&self.photo, &self.run, n));
        }
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let media = format!("multipart/form-data; boundary={BOUNDARY}");
        Request::post("/phan-anh/gui", &media, body)
    }

    /// Where the n-th case is sent from.
    pub(crate) fn from(&self, n: usize) -> std::net::Ipv4Addr {
        place(self.first_place + n / FROM_ONE)
    }

    /// Sends `n` cases, `rate` a second, each at its own instant.
    pub(crate) async fn arrive(&self, server: &Server, n: usize, rate: u32) -> Came {
        let (at, begun) = (server.at, Instant::now());
        let mut running: JoinSet<Result<(Duration, String), AnyError>> = JoinSet::new();
        for n in 0..n {
            let planned = begun + Duration::from_secs(1) * u32::try_from(n).unwrap_or(0) / rate;
            sleep_until(planned).await;
            let (sending, n) = (self.clone(), self.first + n);
            running.spawn(async move {
                let bytes = sending.request(n).bytes(at);
                let mut client = Client::open_from(sending.from(n), at).await?;
                let answer = client.ask(&bytes).await?;
                let code = answer.header("location").and_then(code_of);
                match code.filter(|_| answer.status == 303) {
                    Some(code) => Ok((planned.elapsed(), code)),
                    None => Err(format!("a case was answered {}", answer.status).into()),
                }
            });
        }
        let mut came = Came::default();
        while let Some(done) = running.join_next().await {
            match done.map_err(AnyError::from).and_then(|it| it) {
                Ok((took, code)) => {
                    came.times.push(took);
                    came.codes.push(code);
                }
                Err(err) => {
                    came.n_failed += 1;
                    came.first_failure = err.to_string();
                }
            }
        }
        came.times.sort_unstable();
        came
    }
}

/// Sends for `seconds`, then for a while into a server that is killed.
pub(crate) async fn measure(
    place: &Place,
    server: Server,
    seconds: u64,
    is_quick: bool,
) -> Result<Vec<Figure>, AnyError> {
    const COUNT: &str = "SELECT COUNT(*) FROM petitions";
    let n = usize::try_from(seconds)? * usize::try_from(RATE)?;
    let before = count(place, COUNT).await?;
    let sending = Sending::ready(place, true, 0).await?;
    let cpu = server.cpu();
    let begun = Instant::now();
    let came = sending.arrive(&server, n, RATE).await;
    let wall = begun.elapsed();
    let cpu = server.cpu().saturating_sub(cpu);
    let mut codes = came.codes.clone();
    codes.sort_unstable();
    codes.dedup();
    let n_there = count(place, COUNT).await? - before;
    let is_whole = codes.len() == n && n_there == i64::try_from(n)?;
    let p95 = percentile_ms(&came.times, 95);
    let detail = json!({
        "seconds": rounded(wall.as_secs_f64()), "planned_per_s": RATE, "sent": n,
        "receipts_all_different": codes.len(), "found_in_the_database": n_there, "failed": came.n_failed,
        "first_failure": came.first_failure, "photo_bytes": N_BYTES,
        "p50_ms": rounded(percentile_ms(&came.times, 50)), "p99_ms": rounded(percentile_ms(&came.times, 99)),
        "longest_ms": rounded(percentile_ms(&came.times, 100)),
        "server_cpu_ms_each": rounded(cpu.as_secs_f64() * 1000.0 / came.times.len().max(1) as f64),
        "server_mb": rounded(server.resident_mb()),
    });
    let rate = if is_whole { n as f64 / wall.as_secs_f64() } else { f64::NAN };
    // What was planned for the last instant comes a little after it.
    let target = Target::AtLeast(f64::from(RATE) * 0.99);
    let at = |it: Figure| it.at(place.engine, place.scale);
    let rate = at(Figure::new("petitions_sent_per_s", rate, "cases/s with a photo", target));
    let target = Target::AtMost(150.0);
    let p95 = at(Figure::new("petitions_sent_p95_ms", p95, "ms from the planned instant", target));
    let n_before = n / FROM_ONE + 1;
    let lost = killed(place, server, n_before, if is_quick { 2 } else { 20 }).await?;
    Ok(vec![rate.with(detail), p95, lost])
}

/// How many of those who were given a receipt do not find their case after the server was killed.
async fn killed(
    place: &Place,
    server: Server,
    first_place: usize,
    seconds: u32,
) -> Result<Figure, AnyError> {
    let sending = Sending::ready(place, true, first_place).await?;
    let n = usize::try_from(seconds * RATE)?;
    let pid = server.pid();
    let kill = async {
        tokio::time::sleep(Duration::from_secs(u64::from(seconds)) / 2).await;
        tokio::process::Command::new("kill").args(["-9", &pid.to_string()]).status().await
    };
    let (came, killed) = tokio::join!(sending.arrive(&server, n, RATE), kill);
    killed?;
    server.stop().await?;
    let server = place.serve().await?;
    let mut client = Client::open(server.at).await?;
    let mut n_lost = 0_u32;
    for code in &came.codes {
        let answer =
            client.ask(&Request::get(&format!("/tra-cuu/{code}")).bytes(server.at)).await?;
        n_lost += u32::from(answer.status != 200);
    }
    server.stop().await?;
    let has_both = !came.codes.is_empty() && came.n_failed > 0;
    let value = if has_both { f64::from(n_lost) } else { f64::NAN };
    let figure = Figure::new(
        "petitions_lost_by_kill",
        value,
        "cases with a receipt not found after kill -9",
        Target::AtMost(0.0),
    );
    Ok(figure.at(place.engine, place.scale).with(json!({
        "receipts": came.codes.len(), "without_an_answer": came.n_failed,
    })))
}

/// The tracking code in `/tra-cuu/{code}?vua=gui`.
fn code_of(location: &str) -> Option<String> {
    let rest = location.split("/tra-cuu/").nth(1)?;
    rest.split('?').next().map(str::to_owned)
}

fn part(disposition: &str, more: &str) -> Vec<u8> {
    format!("\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}{more}\r\n\r\n")
        .into_bytes()
}

/// A JPEG of noise: head, tables, one scan.
pub(crate) fn photo() -> Vec<u8> {
    let mut bytes: Vec<u8> = vec![0xff, 0xd8];
    let mut segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
        bytes.extend([0xff, marker]);
        bytes.extend(length.to_be_bytes());
        bytes.extend(content);
    };
    segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    segment(0xdb, &[[0].as_slice(), &[16; 64]].concat());
    // Eight bits, 960 lines of 1,280, one component.
    segment(0xc0, &[8, 3, 192, 5, 0, 1, 1, 0x11, 0]);
    let lengths = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
    let values: Vec<u8> = (0..12).collect();
    segment(0xc4, &[[0].as_slice(), &lengths, &values].concat());
    segment(0xc4, &[[0x10].as_slice(), &lengths, &values].concat());
    segment(0xda, &[1, 1, 0, 0, 63, 0]);
    // In a scan the byte of markers is not allowed to stand alone.
    let noise = (0..).map(|n: u64| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8);
    let n = N_BYTES.saturating_sub(bytes.len() + 2);
    bytes.extend(noise.map(|it| if it == 0xff { 0xfe } else { it }).take(n));
    bytes.extend([0xff, 0xd9]);
    bytes
}

/// A photo that nobody sent before: the run and the number stand in its scan.
fn shot(photo: &[u8], run: &str, n: usize) -> Vec<u8> {
    let mut bytes = photo.to_vec();
    let mark = format!("{run}{n}");
    let at = bytes.len().saturating_sub(2_000);
    if let Some(place) = bytes.get_mut(at..at + mark.len()) {
        place.copy_from_slice(mark.as_bytes());
    }
    bytes
}
