//! The monthly report: every figure is one of the page of results, in the words of the headline.

use sauro_directory::model::Directory;
use sauro_kernel::Ctx;
use sauro_papers::{Align, Annex, Bar, Block, DataTable, OfficialPaper, PaperColumn, PaperRow};
use sauro_ui::{Headline, words};

use super::chart::on_time;
use super::lists::{Grouped, TaskLine};
use super::order::Order;
use crate::actions::{MOST_LISTED, PaperFacts};
use crate::model::{Area, AsOf, Counts, Line, ListedTask, Results};
use crate::pages::headline::headline;

/// Agencies named in the text; all stand in the annex.
const NAMED: usize = 10;

/// What a report is written from.
struct Writer<'a> {
    order: &'a Order,
    results: &'a Results,
    overdue: Grouped,
    doubted: Grouped,
}

/// The report that `order` asks for.
pub(super) fn paper(
    ctx: &Ctx,
    directory: &Directory,
    order: Order,
    facts: &PaperFacts,
) -> OfficialPaper {
    let grouped = |tasks: &[ListedTask]| {
        Grouped::of(ctx, directory, tasks.iter().map(TaskLine::of).collect())
    };
    let writer = Writer {
        order: &order,
        results: &facts.results,
        overdue: grouped(&facts.overdue),
        doubted: grouped(&facts.doubted),
    };
    let (body, annexes) = (writer.body(), writer.annexes());
    let mut head = order.head;
    if matches!(order.area, Area::Programme(_)) {
        head.subject = format!("{}, {}", head.subject, facts.results.name);
    }
    OfficialPaper {
        head,
        addressee: order.addressee,
        body,
        signer: order.signer,
        mark: None,
        recipients: order.recipients,
        annexes,
    }
}

impl Writer<'_> {
    fn counts(&self) -> Counts {
        self.results.counts
    }

    fn body(&self) -> Vec<Block> {
        let mut body = vec![Block::Paragraph(self.opening())];
        self.overview(&mut body);
        self.late(&mut body);
        self.doubtful(&mut body);
        self.proposals(&mut body);
        let period = self.order.period_words();
        body.push(Block::Paragraph(format!(
            "Trên đây là báo cáo tình hình thực hiện nhiệm vụ {period} của {}./.",
            self.order.head.issuer
        )));
        body
    }

    fn opening(&self) -> String {
        let results = self.results;
        let whose = match self.order.area {
            Area::Programme(_) => format!("thuộc {}", results.name),
            _ => format!("(phạm vi: {})", results.name),
        };
        let basis = match results.basis.trim() {
            "" => String::new(),
            basis => format!(" (căn cứ: {basis})"),
        };
        format!(
            "{} báo cáo tình hình thực hiện nhiệm vụ {} {whose}{basis} như sau. {}",
            self.order.head.issuer,
            self.order.period_words(),
            as_of(&results.as_of)
        )
    }

    fn overview(&self, body: &mut Vec<Block>) {
        let counts = self.counts();
        body.push(Block::Section("Kết quả chung".to_owned()));
        if counts.dated == 0 {
            let words = "Chưa có nhiệm vụ nào có thời hạn trong phạm vi này.";
            body.push(Block::Paragraph(words.to_owned()));
            return;
        }
        let headline = headline(&counts);
        body.push(Block::Paragraph(format!("{} {}", headline.opening(), headline.closing())));
        body.push(Block::Table(four_shares(&headline)));
        body.push(Block::Paragraph(base(&counts)));
        body.push(Block::Bars(four_boxes(&counts)));
        body.push(Block::Paragraph(format!(
            "Trong {} nhiệm vụ còn hạn, {} nhiệm vụ sắp đến hạn.",
            words::number(counts.open_in_time),
            words::number(counts.due_soon)
        )));
        if let Some(chart) = on_time(&self.lines(), &counts) {
            body.push(Block::Chart(chart));
        }
    }

    fn late(&self, body: &mut Vec<Block>) {
        let n = self.counts().open_overdue;
        body.push(Block::Section("Nhiệm vụ quá hạn".to_owned()));
        if n == 0 {
            body.push(Block::Paragraph("Không có nhiệm vụ nào quá hạn.".to_owned()));
            return;
        }
        let many = words::number(n);
        let line = if is_whole(n) {
            format!(
                "{many} nhiệm vụ quá hạn, do {} cơ quan chủ trì. {}",
                words::number(self.overdue.n_agencies()),
                self.where_listed("I")
            )
        } else {
            format!("{many} nhiệm vụ quá hạn. {}", self.part_listed("I"))
        };
        body.push(Block::Paragraph(line));
        let words = if self.overdue.n_agencies() > NAMED {
            format!("{NAMED} cơ quan có nhiều nhiệm vụ quá hạn nhất trong danh sách:")
        } else {
            "Số nhiệm vụ quá hạn theo cơ quan:".to_owned()
        };
        body.push(Block::Paragraph(words));
        body.push(Block::Table(self.overdue.latest(NAMED)));
    }

    fn doubtful(&self, body: &mut Vec<Block>) {
        let n = self.counts().doubted;
        body.push(Block::Section("Tự nhận xanh, dữ liệu chưa xanh".to_owned()));
        let line = if n == 0 {
            "Không có nhiệm vụ nào đơn vị tự nhận xanh mà dữ liệu chưa cho thấy.".to_owned()
        } else {
            let annex = if self.counts().open_overdue > 0 { "II" } else { "I" };
            let listed =
                if is_whole(n) { self.where_listed(annex) } else { self.part_listed(annex) };
            format!(
                "{} nhiệm vụ đơn vị tự nói đã xong hoặc đúng tiến độ, nhưng dữ liệu chưa cho thấy. {listed}",
                words::number(n)
            )
        };
        body.push(Block::Paragraph(line));
    }

    /// A single annex bears no number.
    fn annex(&self, number: &str) -> String {
        if self.n_annexes() > 1 {
            format!("Phụ lục {number}")
        } else {
            "Phụ lục".to_owned()
        }
    }

    fn where_listed(&self, number: &str) -> String {
        format!("Danh sách đủ ở {}.", self.annex(number))
    }

    fn part_listed(&self, number: &str) -> String {
        format!(
            "{} ghi {} nhiệm vụ đầu; danh sách đủ có trên hệ thống.",
            self.annex(number),
            words::number(MOST_LISTED)
        )
    }

    fn proposals(&self, body: &mut Vec<Block>) {
        let counts = self.counts();
        let few = |n: i64| words::number(n);
        let points = [
            (counts.open_overdue > 0).then(|| {
                format!("Đề nghị các cơ quan chủ trì {} nhiệm vụ quá hạn báo cáo nguyên nhân, việc còn lại và ngày hoàn thành; cơ quan giao việc đôn đốc hoặc yêu cầu giải trình.", few(counts.open_overdue))
            }),
            (counts.doubted > 0).then(|| {
                format!("Đề nghị cấp có thẩm quyền kiểm tra {} nhiệm vụ tự nhận xanh mà dữ liệu chưa xanh; cơ quan chủ trì bổ sung minh chứng hoặc sửa lời tự đánh giá.", few(counts.doubted))
            }),
            (counts.due_soon > 0).then(|| {
                format!("Đề nghị cơ quan chủ trì {} nhiệm vụ sắp đến hạn báo cáo trước giờ chốt; cần thêm thời gian thì đề nghị gia hạn trước hạn.", few(counts.due_soon))
            }),
            (counts.verified < counts.reported).then(|| {
                "Đề nghị cấp có thẩm quyền nghiệm thu các nhiệm vụ đã báo xong.".to_owned()
            }),
            (counts.in_use < counts.verified).then(|| {
                "Đề nghị đưa sản phẩm đã nghiệm thu vào sử dụng và xác nhận trên hệ thống.".to_owned()
            }),
        ];
        body.push(Block::Section("Đề xuất, kiến nghị".to_owned()));
        let before = body.len();
        body.extend(points.into_iter().flatten().map(Block::Point));
        if body.len() == before {
            let words = "Số liệu kỳ này không đặt ra đề xuất nào.";
            body.push(Block::Paragraph(words.to_owned()));
        }
    }

    fn n_annexes(&self) -> usize {
        let counts = self.counts();
        [counts.open_overdue > 0, counts.doubted > 0, !self.lines().is_empty()]
            .into_iter()
            .filter(|it| *it)
            .count()
    }

    fn annexes(&self) -> Vec<Annex> {
        let note = self.order.annex_note();
        let annex =
            |title: &str, table| Annex { title: title.to_owned(), note: note.clone(), table };
        let mut all = Vec::new();
        if self.counts().open_overdue > 0 {
            all.push(annex("Nhiệm vụ quá hạn theo cơ quan chủ trì", self.overdue.table()));
        }
        if self.counts().doubted > 0 {
            all.push(annex("Nhiệm vụ tự nhận xanh, dữ liệu chưa xanh", self.doubted.table()));
        }
        let lines = self.lines();
        if !lines.is_empty() {
            all.push(annex("Kết quả theo địa bàn, cơ quan", units(&lines)));
        }
        all
    }

    /// The units of the page, those with most tasks overdue first.
    fn lines(&self) -> Vec<&Line> {
        let it = self.results;
        let mut lines: Vec<&Line> = [&it.provinces, &it.central, &it.units, &it.communes]
            .into_iter()
            .flatten()
            .filter(|line| line.counts.total > 0)
            .collect();
        lines.sort_by_key(|line| (-line.counts.open_overdue, -line.counts.doubted));
        lines
    }
}

fn is_whole(n: i64) -> bool {
    n <= i64::from(MOST_LISTED)
}

/// How true the figures are, in a sentence.
fn as_of(it: &AsOf) -> String {
    let at = match it.day {
        None => format!("{} ngày {}", words::time(it.at), words::date(it.at)),
        Some(past) => format!("24:00 ngày {}", words::date(past.day())),
    };
    format!(
        "Số liệu tính đến {at} từ {} mục nhật ký; trạng thái do hệ thống tính, không nhập tay.",
        words::number(it.position)
    )
}

/// What the shares are of.
fn base(counts: &Counts) -> String {
    let mut text = format!(
        "Mẫu số: {} nhiệm vụ có thời hạn trong tổng số {} nhiệm vụ.",
        words::number(counts.dated),
        words::number(counts.total)
    );
    if counts.recurring > 0 {
        let n = words::number(counts.recurring);
        text.push_str(&format!(" {n} nhiệm vụ thường xuyên được đánh giá theo kỳ."));
    }
    if counts.not_assessable > 0 {
        let n = words::number(counts.not_assessable);
        text.push_str(&format!(" {n} nhiệm vụ tạm dừng hoặc đã hủy nằm ngoài bốn ô dưới đây."));
    }
    text.push_str(" Báo xong chưa phải là hoàn thành: chỉ tính hoàn thành khi mọi sản phẩm đã được nghiệm thu.");
    text
}

/// Completion beside what it is worth.
pub(in crate::pages) fn four_shares(it: &Headline) -> DataTable {
    let row = |label: &str, n: i64| {
        let share = words::percent_bp(it.share_bp(n));
        PaperRow::Cells(vec![label.to_owned(), words::number(n), share])
    };
    DataTable {
        columns: vec![
            PaperColumn::new("Trên số nhiệm vụ có thời hạn", 60, Align::Left),
            PaperColumn::new("Số nhiệm vụ", 20, Align::Right),
            PaperColumn::new("Tỷ lệ", 20, Align::Right),
        ],
        rows: vec![
            row("Đã báo hoàn thành (do đơn vị tự báo)", it.done),
            row("Hoàn thành đúng hạn", it.on_time),
            row("Đã xác minh", it.verified),
            row("Đang được sử dụng", it.in_use),
        ],
    }
}

/// The four boxes as bars.
pub(in crate::pages) fn four_boxes(counts: &Counts) -> Vec<Bar> {
    let bar = |label: &str, n: i64| Bar {
        label: label.to_owned(),
        count: u64::try_from(n).unwrap_or(0),
        written: format!("{} nhiệm vụ", words::number(n)),
    };
    vec![
        bar("Hoàn thành đúng hạn", counts.done_on_time),
        bar("Hoàn thành quá hạn", counts.done_late),
        bar("Chưa hoàn thành, trong hạn", counts.open_in_time),
        bar("Chưa hoàn thành, quá hạn", counts.open_overdue),
    ]
}

fn units(lines: &[&Line]) -> DataTable {
    let part = |n: i64, of: i64| format!("{}/{}", words::number(n), words::number(of));
    let row = |(n, line): (usize, &&Line)| {
        let it = &line.counts;
        let share = line.on_time.map(|it| words::percent_bp(it.share_bp));
        PaperRow::Cells(vec![
            words::number(n + 1),
            line.name.clone(),
            words::number(it.open_overdue),
            words::number(it.doubted),
            part(it.reported, it.dated),
            share.unwrap_or_else(|| "chưa rõ".to_owned()),
            part(it.verified, it.dated),
            words::number(it.in_use),
        ])
    };
    DataTable {
        columns: vec![
            PaperColumn::new("TT", 6, Align::Centre),
            PaperColumn::new("Địa bàn, cơ quan", 44, Align::Left),
            PaperColumn::new("Quá hạn", 12, Align::Right),
            PaperColumn::new("Tự nhận xanh", 14, Align::Right),
            PaperColumn::new("Đã báo xong", 14, Align::Right),
            PaperColumn::new("Đúng hạn trên số đến hạn", 18, Align::Right),
            PaperColumn::new("Đã xác minh", 14, Align::Right),
            PaperColumn::new("Đang sử dụng", 14, Align::Right),
        ],
        rows: lines.iter().enumerate().map(row).collect(),
    }
}
