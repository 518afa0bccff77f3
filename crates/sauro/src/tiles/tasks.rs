use std::sync::Arc;

use sauro_dashboards::Unfilled;
use sauro_dashboards::model::{
    Body, Content, Four, Late, LateTask, Line, Measure, Origin, Ranked, Spec,
};
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, PastDay};
use sauro_tasks::actions::{self, Source, Viewer, Whole};
use sauro_tasks::model::{CLASSES_BP, ENOUGH_DUE, ListedTask, Standing};
use sauro_ui::words;

use super::{Tiles, end_of, unfilled_tasks};

/// Overdue tasks among which those with the oldest deadline are looked for: a list of one place stands
/// in the order of its units.
const MOST: u16 = 1_000;

/// What `spec`, which is about tasks, shows now or at the end of a past day: all of them to `inside`, the public ones to everybody.
pub(super) async fn content(
    tiles: &Tiles,
    directory: &Arc<Directory>,
    inside: Option<&Ctx>,
    (spec, day): (&Spec, Option<PastDay>),
) -> Result<Content, Unfilled> {
    let now = tiles.clock.now();
    let source = Source { db: &tiles.db, live: &tiles.board, places: directory, now, day };
    let viewer = inside.map_or(Viewer::Public, Viewer::Inside);
    let told = Told { source, viewer, is_inside: inside.is_some() };
    if let Spec::Map { .. } = spec {
        return told.map().await;
    }
    let Some(whole) = actions::whole_of(directory, spec.place()) else {
        let why = "Đơn vị của ô này không còn. Sửa ô để chọn nơi khác.";
        return Ok(Content::absent(spec.kind().label(), why));
    };
    match spec {
        Spec::Late { most, .. } => told.late(&whole, spec.place(), *most).await,
        _ => told.four(&whole, spec.place()).await,
    }
}

struct Told<'a> {
    source: Source<'a>,
    viewer: Viewer<'a>,
    is_inside: bool,
}

impl Told<'_> {
    async fn four(&self, whole: &Whole, place: &str) -> Result<Content, Unfilled> {
        let found = actions::place_counts(self.source, self.viewer, whole).await;
        let counts = found.map_err(unfilled_tasks)?;
        let four = Four {
            headline: counts.headline(),
            done_on_time: counts.done_on_time,
            done_late: counts.done_late,
            open_in_time: counts.open_in_time,
            open_overdue: counts.open_overdue,
        };
        Ok(Content {
            title: "Hoàn thành và thời hạn".to_owned(),
            of: self.of(&whole.name),
            href: self.results(place),
            body: Body::Four(four),
        })
    }

    async fn late(&self, whole: &Whole, place: &str, most: u8) -> Result<Content, Unfilled> {
        let counts = actions::place_counts(self.source, self.viewer, whole);
        let counts = counts.await.map_err(unfilled_tasks)?;
        let overdue = Standing::Overdue;
        let found = actions::place_tasks(self.source, self.viewer, whole, overdue, MOST);
        let mut tasks = found.await.map_err(unfilled_tasks)?;
        tasks.sort_by(|a, b| (a.due_on, &a.code).cmp(&(b.due_on, &b.code)));
        tasks.truncate(usize::from(most));
        let late = Late {
            tasks: tasks.iter().map(|it| self.late_task(it)).collect(),
            n_all: counts.open_overdue,
        };
        let href = match self.is_inside {
            true => self.results(place),
            false => {
                let day = self.source.day.map(|it| format!("&ngay={}", it.day()));
                let agency = (place != "VN").then(|| format!("&co-quan={place}"));
                let more = [day, agency].into_iter().flatten().collect::<String>();
                format!("/ket-qua/danh-sach?trang-thai=qua-han{more}")
            }
        };
        Ok(Content {
            title: "Việc quá hạn".to_owned(),
            of: self.of(&whole.name),
            href,
            body: Body::Late(late),
        })
    }

    fn late_task(&self, it: &ListedTask) -> LateTask {
        let to = if self.is_inside { "/nhiem-vu" } else { "/ket-qua/nhiem-vu" };
        LateTask {
            code: it.code.clone(),
            href: format!("{to}/{}", it.code),
            work: it.work.clone(),
            lead: it.lead.clone(),
            due: words::date(it.due_on),
            data: it.data_words(),
        }
    }

    async fn map(&self) -> Result<Content, Unfilled> {
        let found = actions::province_lines(self.source, self.viewer).await;
        let lines = found.map_err(unfilled_tasks)?;
        let mut rank = 0;
        let mut before = None;
        let mut line = |(n, it): (usize, &sauro_tasks::model::Line)| {
            let on_time = it.on_time;
            if on_time.is_some() && before != on_time.map(|it| it.share_bp) {
                (rank, before) = (n + 1, on_time.map(|it| it.share_bp));
            }
            let none = format!("chưa đủ {ENOUGH_DUE} nhiệm vụ đến hạn để tính");
            Line {
                code: it.code.clone(),
                name: it.name.clone(),
                rank: on_time.map(|_| rank),
                written: on_time.map_or_else(String::new, |it| words::percent_bp(it.share_bp)),
                amount: on_time.map(|it| it.share_bp as f64 / 100.0),
                class: on_time.and_then(|it| u8::try_from(it.class()).ok()),
                note: on_time
                    .map_or(none, |it| format!("{} trên {} nhiệm vụ đã đến hạn", it.hits, it.due)),
                origin: Origin {
                    href: self.address(&format!("/ket-qua/tinh/{}", it.code)),
                    quality: "Tính từ hồ sơ nhiệm vụ, không nhập tay".to_owned(),
                    ..Origin::default()
                },
            }
        };
        let lines: Vec<Line> = lines.iter().enumerate().map(&mut line).collect();
        let measure = Measure { unit: "%".to_owned(), decimals: 1 };
        let n_all = lines.len();
        let ranked = Ranked { n_all, lines, scale: scale(), measure, ..Ranked::default() };
        Ok(Content {
            title: "Tỷ lệ hoàn thành đúng hạn".to_owned(),
            of: self.of("34 tỉnh, thành phố"),
            href: self.results("VN"),
            body: Body::Map(ranked),
        })
    }

    fn of(&self, name: &str) -> String {
        let which = if self.is_inside { "mọi nhiệm vụ" } else { "nhiệm vụ công khai" };
        format!("{name}, {which}{}", end_of(self.source.day))
    }

    fn results(&self, place: &str) -> String {
        self.address(&match place {
            "VN" => "/ket-qua".to_owned(),
            code => format!("/ket-qua/co-quan/{code}"),
        })
    }

    fn address(&self, path: &str) -> String {
        let view = self.is_inside.then(|| "pham-vi=noi-bo".to_owned());
        let day = self.source.day.map(|it| format!("ngay={}", it.day()));
        match view.into_iter().chain(day).collect::<Vec<_>>().join("&").as_str() {
            "" => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

/// What the classes of the share done on time mean, best first.
fn scale() -> Vec<(u8, String)> {
    let [one, two, three, four] = CLASSES_BP.map(|bp| bp / 100);
    vec![
        (5, format!("từ {four}%")),
        (4, format!("{three} đến {four}%")),
        (3, format!("{two} đến {three}%")),
        (2, format!("{one} đến {two}%")),
        (1, format!("dưới {one}%")),
    ]
}
