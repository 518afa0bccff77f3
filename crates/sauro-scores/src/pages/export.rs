//! A ranking as a file from which anybody can count every total again.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sauro_papers::{CellValue, SheetPart, write_book, write_csv};
use sauro_ui::Failure;

use crate::actions::RankingView;
use crate::model::{Part, UnitScore, written};

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Xlsx,
}

impl Format {
    /// The id in `name`, and the kind of file that its ending asks for.
    pub(super) fn split(name: &str) -> (&str, Option<Self>) {
        match (name.strip_suffix(".csv"), name.strip_suffix(".xlsx")) {
            (Some(id), _) => (id, Some(Self::Csv)),
            (_, Some(id)) => (id, Some(Self::Xlsx)),
            _ => (name, None),
        }
    }
}

/// One line for each component of each unit.
const HEADINGS: [&str; 20] = [
    "Mã đơn vị",
    "Đơn vị",
    "Tiêu chí",
    "Tử số",
    "Mẫu số",
    "Số lượng tối thiểu",
    "Giá trị (%)",
    "Mốc 0 điểm (%)",
    "Mốc 100 điểm (%)",
    "Điểm tính",
    "Điểm thẩm định",
    "Điểm tự chấm",
    "Trọng số",
    "Tổng trọng số chấm được",
    "Đóng góp",
    "Tổng điểm",
    "Cận dưới",
    "Cận trên",
    "Hạng từ",
    "Hạng đến",
];

/// How to count along, beside the figures of the workbook.
const HOW: [&str; 9] = [
    "Mỗi dòng là một tiêu chí của một đơn vị. Mọi phép chia làm tròn đến 4 chữ số thập phân, nửa thì làm tròn lên.",
    "Giá trị (%) = Tử số × 100 ÷ Mẫu số. Mẫu số nhỏ hơn Số lượng tối thiểu thì tiêu chí không chấm.",
    "Điểm tính = (Giá trị − Mốc 0 điểm) × 100 ÷ (Mốc 100 điểm − Mốc 0 điểm), không dưới 0, không quá 100.",
    "Có Điểm thẩm định thì dùng Điểm thẩm định thay Điểm tính.",
    "Tổng trọng số chấm được là tổng Trọng số của các tiêu chí có điểm: trọng số của tiêu chí thiếu số liệu được chia cho các tiêu chí còn lại.",
    "Đóng góp = Điểm × Trọng số ÷ Tổng trọng số chấm được.",
    "Tổng điểm = tổng các Đóng góp. Tổng trọng số chấm được quá nhỏ thì không xếp hạng.",
    "Cận dưới, Cận trên: khoảng Wilson 90% của từng tiêu chí, gộp theo căn bậc hai của tổng bình phương.",
    "Hạng từ, Hạng đến: các đơn vị có khoảng điểm chồng lên nhau thì không phân biệt được hơn kém.",
];

/// The file of `view`.
pub(super) async fn answer(
    view: RankingView,
    format: Format,
    keep: &'static str,
) -> Result<Response, Failure> {
    let name = format!("xep-hang-{}", view.ranking.period.code());
    let made = tokio::task::spawn_blocking(move || bytes(&view, format));
    let bytes = made.await.map_err(Failure::internal)?.map_err(Failure::internal)?;
    let (kind, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Xlsx => {
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
        }
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ending}\"")),
        (header::CACHE_CONTROL, keep.to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn bytes(view: &RankingView, format: Format) -> Result<Vec<u8>, sauro_papers::PaperError> {
    let rows = view
        .scores
        .iter()
        .flat_map(|score| score.parts.iter().map(move |part| row(view, score, part)));
    match format {
        Format::Csv => write_csv(&HEADINGS, rows),
        Format::Xlsx => write_book(&[
            SheetPart {
                name: "Điểm".to_owned(),
                headings: HEADINGS.map(str::to_owned).into(),
                rows: rows.collect(),
            },
            SheetPart {
                name: "Cách tính".to_owned(),
                headings: vec![format!(
                    "{}, {}, bản {}",
                    view.version.design.name,
                    view.ranking.period.label(),
                    view.version.n
                )],
                rows: how(view),
            },
        ]),
    }
}

fn how(view: &RankingView) -> Vec<Vec<CellValue>> {
    let enough = format!(
        "Phải chấm được ít nhất {} trên 100 trọng số thì mới xếp hạng.",
        written(view.version.design.enough)
    );
    let lines = HOW.iter().map(|it| (*it).to_owned()).chain([enough]);
    lines.map(|it| vec![CellValue::Text(it)]).collect()
}

fn row(view: &RankingView, score: &UnitScore, part: &Part) -> Vec<CellValue> {
    let text = |words: &str| CellValue::Text(words.to_owned());
    let whole = |n: Option<i64>| n.map_or(CellValue::Empty, CellValue::Whole);
    let rank = |n: Option<usize>| whole(n.and_then(|it| i64::try_from(it).ok()));
    let (component, sums) = (&part.component, part.sums.as_ref());
    let mark =
        view.marks.iter().find(|it| it.unit == score.unit.id && it.measure == component.measure);
    vec![
        text(&score.unit.code),
        text(&score.unit.name),
        text(component.measure.label()),
        whole(part.share.map(|it| it.hits)),
        whole(part.share.map(|it| it.of)),
        CellValue::Whole(component.least),
        figure(sums.map(|it| it.value)),
        figure(Some(component.low)),
        figure(Some(component.high)),
        figure(sums.map(|it| it.computed)),
        figure(sums.and_then(|it| it.adjusted)),
        figure(mark.map(|it| it.points)),
        figure(Some(component.weight)),
        figure(Some(score.rated)),
        figure(sums.map(|it| it.contribution)),
        figure(score.total),
        figure(score.low),
        figure(score.high),
        rank(score.rank.map(|it| it.best)),
        rank(score.rank.map(|it| it.worst)),
    ]
}

/// Four decimals pass through a cell unchanged.
fn figure(it: Option<Decimal>) -> CellValue {
    it.and_then(|it| it.to_f64()).map_or(CellValue::Empty, CellValue::Number)
}
