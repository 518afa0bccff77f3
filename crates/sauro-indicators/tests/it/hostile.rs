//! Tables as people really send them: each says what is wrong, where, and changes nothing.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::{self, Taken};
use sauro_indicators::model::{MOST_TOLD, observations_told};
use sauro_kernel::{Ctx, Role};
use sauro_papers::{PaperError, TooBig, paste_table, read_tables};
use sauro_testkit::on_each_engine;

use crate::workbook::edited;
use crate::world::World;

const HEADINGS: [&str; 7] = ["Mã chỉ số", "Mã đơn vị", "Kỳ", "Số liệu", "Tử số", "Mẫu số", "Nguồn"];

/// A sheet with the headings and whatever `fill` writes below.
fn workbook(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Số liệu").unwrap();
    head(sheet);
    fill(sheet);
    workbook.save_to_buffer().unwrap()
}

fn head(sheet: &mut Worksheet) {
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(0, column, heading).unwrap();
    }
}

/// A row without its figure.
fn row(sheet: &mut Worksheet, at: u32, code: &str) {
    for (column, text) in (0..).zip([code, "UBND-96", "2026-05"]) {
        sheet.write_string(at, column, text).unwrap();
    }
}

async fn send(world: &World, ctx: &Ctx, bytes: &[u8], name: &str) -> Result<Taken, Vec<String>> {
    let tables = read_tables(bytes, name).unwrap();
    match actions::intake_figures(ctx, &world.db, world.directory, &tables).await {
        Err(IndicatorsError::Cells(found)) => Err(found.iter().map(|it| it.sentence()).collect()),
        other => Ok(other.unwrap()),
    }
}

async fn refused(world: &World, bytes: &[u8], name: &str) -> Vec<String> {
    let focal = world.ctx(Role::FocalOfficer, "UBND-96");
    let found = send(world, &focal, bytes, name).await.unwrap_err();
    assert_eq!(world.count("observations").await, 0);
    found
}

#[track_caller]
fn says(found: &[String], place: &str, words: &str) {
    let is_said = |it: &&String| it.starts_with(place) && it.contains(words);
    assert!(found.iter().any(|it| is_said(&it)), "{place}: {words}\n{found:#?}");
}

#[tokio::test]
async fn decimal_commas_and_points_in_one_file_are_never_guessed_at() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let bytes = workbook(|sheet| {
            for (at, code, text) in [
                (1, "SONG", "39.52"),
                (2, "THON", "1.234"),
                (3, "XONG", "1.234.567"),
                (4, "TONG", "12,5"),
            ] {
                row(sheet, at, code);
                sheet.write_string(at, 3, text).unwrap();
            }
        });
        let found = refused(&world, &bytes, "so.xlsx").await;
        says(&found, "Trang Số liệu, ô D2", "viết theo lối nước ngoài");
        says(&found, "Trang Số liệu, ô D3", "“1.234” chưa rõ");
        assert_eq!(found.len(), 2, "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn merged_cells_dates_and_formulas_without_results_are_named_by_their_cells() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let bytes = workbook(|sheet| {
            let date = Format::new().set_num_format("dd/mm/yyyy");
            for (at, code) in [(1, "THON"), (2, "XONG"), (3, "TONG"), (4, "CAO"), (5, "SONG")] {
                row(sheet, at, code);
            }
            sheet.merge_range(1, 3, 2, 3, "12", &Format::new()).unwrap();
            let day = ExcelDateTime::from_ymd(2026, 5, 31).unwrap();
            sheet.write_datetime_with_format(3, 3, day, &date).unwrap();
            sheet.write_formula(4, 3, Formula::new("=1+1").set_result("57")).unwrap();
            sheet.write_formula(5, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        });
        let bytes = edited(&bytes, |xml| xml.replace("<v>57</v>", ""));
        let found = refused(&world, &bytes, "so.xlsx").await;
        says(&found, "Trang Số liệu, ô D3", "Bỏ gộp ô");
        says(&found, "Trang Số liệu, ô D4", "đang là ngày (31/05/2026)");
        says(&found, "Trang Số liệu, ô D5", "chưa có kết quả");
        says(&found, "Trang Số liệu, ô D6", "lỗi của công thức");
        assert_eq!(found.len(), 4, "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn hidden_rows_with_figures_are_refused_and_hidden_sheets_are_not_read() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Số liệu").unwrap();
        head(sheet);
        row(sheet, 1, "THON");
        sheet.write_number(1, 3, 3.0).unwrap();
        row(sheet, 2, "XONG");
        sheet.write_number(2, 3, 5.0).unwrap();
        sheet.set_row_hidden(2).unwrap();
        // A hidden row that says nothing does no harm.
        row(sheet, 3, "TONG");
        sheet.set_row_hidden(3).unwrap();
        let hidden = book.add_worksheet().set_name("Ẩn").unwrap().set_hidden(true);
        head(hidden);
        row(hidden, 1, "SONG");
        hidden.write_number(1, 3, 39.5).unwrap();
        let found = refused(&world, &book.save_to_buffer().unwrap(), "so.xlsx").await;
        says(&found, "Trang Số liệu, ô D3", "đang bị ẩn mà có số");
        assert_eq!(found.len(), 1, "{found:#?}");
    })
    .await;
}

#[test]
fn a_sheet_down_to_its_last_row_is_refused_at_once() {
    let full = workbook(|sheet| {
        sheet.write_number(1_048_575, 3, 1.0).unwrap();
    });
    let err = read_tables(&full, "so.xlsx").unwrap_err();
    assert!(matches!(err, PaperError::TooBig { what: TooBig::Rows, .. }), "{err:?}");
    assert!(
        err.sentence().contains("Chia thành nhiều tệp") || err.sentence().contains("chia thành"),
        "{}",
        err.sentence()
    );
}

#[tokio::test]
async fn a_file_in_an_old_code_page_is_read_with_its_letters() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let focal = world.ctx(Role::FocalOfficer, "UBND-96");
        let encoded = windows_1258(
            "Mã chỉ số;Kỳ;Số liệu;Nguồn\r\nTHON;2026-05;1.234;Bảng tổng hợp của tỉnh\r\n",
        );
        assert!(std::str::from_utf8(&encoded).is_err());
        let taken = send(&world, &focal, &encoded, "so.csv").await.unwrap();
        assert_eq!(taken, Taken { n_new: 1, n_known: 0, n_blank: 0 });
        let look = actions::show(&focal, &world.db, "THON").await.unwrap();
        assert_eq!(look.provinces[0].source, "Bảng tổng hợp của tỉnh");
        assert_eq!(look.provinces[0].reported.value.to_string(), "1234");
        // UTF-16 as "Unicode text" of a spreadsheet, with tabs; the same figure is nothing new.
        let text = "Mã chỉ số\tKỳ\tSố liệu\nTHON\t2026-05\t1.234\n";
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(send(&world, &focal, &wide, "so.txt").await.unwrap().n_known, 1);
    })
    .await;
}

/// `text` in Windows-1258, where tone marks stand behind their vowels.
fn windows_1258(text: &str) -> Vec<u8> {
    text.chars()
        .flat_map(|c| -> Vec<u8> {
            match c {
                'ã' => vec![0xe3],
                'ỉ' => vec![b'i', 0xd2],
                'ố' => vec![0xf4, 0xec],
                'ỳ' => vec![b'y', 0xcc],
                'ệ' => vec![0xea, 0xf2],
                'ồ' => vec![0xf4, 0xcc],
                'ả' => vec![b'a', 0xd2],
                'ổ' => vec![0xf4, 0xd2],
                'ợ' => vec![0xf5, 0xf2],
                'ủ' => vec![b'u', 0xd2],
                c => vec![u8::try_from(u32::from(c)).unwrap()],
            }
        })
        .collect()
}

#[tokio::test]
async fn what_is_no_figure_is_refused_in_number_cells_and_in_text() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let bytes = workbook(|sheet| {
            for (at, code) in [(1, "THON"), (2, "XONG"), (3, "TONG"), (4, "SONG")] {
                row(sheet, at, code);
            }
            sheet.write_number(1, 3, 1e308).unwrap();
            sheet.write_string(2, 3, "1e308").unwrap();
            sheet.write_string(3, 3, "NaN").unwrap();
            sheet.write_string(4, 3, "39,5 %").unwrap();
            row(sheet, 5, "CAO");
            sheet.write_string(5, 2, "2026-07").unwrap();
            sheet.write_number(5, 3, 3.0).unwrap();
            row(sheet, 6, "THON");
            sheet.write_number(6, 3, 4.0).unwrap();
        });
        let found = refused(&world, &bytes, "so.xlsx").await;
        says(&found, "Trang Số liệu, ô D2", "quá lớn");
        says(&found, "Trang Số liệu, ô D3", "không phải số viết đủ");
        says(&found, "Trang Số liệu, ô D4", "không phải số viết đủ");
        says(&found, "Trang Số liệu, ô C6", "kỳ chưa đến");
        assert_eq!(found.len(), 4, "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_blank_is_not_a_zero_and_a_row_is_there_once() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let focal = world.ctx(Role::FocalOfficer, "UBND-96");
        let twice = "Mã chỉ số;Kỳ;Số liệu;Ghi chú\nTHON;2026-05;1;\nXONG;2026-05;;chưa có sổ\nTHON;2026-05;1;\n";
        let found = refused(&world, twice.as_bytes(), "so.csv").await;
        says(&found, "Ô C3", "Để trống không phải là số không");
        says(&found, "Ô B4", "kỳ này đã có số ở dòng 2");
        assert_eq!(found.len(), 2, "{found:#?}");
        let good = "Mã chỉ số;Kỳ;Số liệu;Ghi chú\nTHON;2026-05;0;\nXONG;2026-05;;\n";
        let taken = send(&world, &focal, good.as_bytes(), "so.csv").await.unwrap();
        assert_eq!(taken, Taken { n_new: 1, n_known: 0, n_blank: 1 });
    })
    .await;
}

#[tokio::test]
async fn a_table_without_headings_or_with_two_sheets_of_figures_is_refused_as_a_whole() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let found = refused(&world, "THON;2026-05;1\n".as_bytes(), "so.csv").await;
        says(&found, "Cả tệp", "không thấy dòng tiêu đề");
        let mut book = Workbook::new();
        for name in ["Một", "Hai"] {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            head(sheet);
            row(sheet, 1, "THON");
            sheet.write_number(1, 3, 3.0).unwrap();
        }
        let found = refused(&world, &book.save_to_buffer().unwrap(), "so.xlsx").await;
        says(&found, "Cả tệp", "“Một” và “Hai”");
        // A comma that was meant for decimals makes one cell too many.
        let found = refused(
            &world,
            "indicator,unit_code,period,value\nSONG,96,2026-05,39,52\n".as_bytes(),
            "so.csv",
        )
        .await;
        says(&found, "Ô E2", "nhiều ô hơn tiêu đề");
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_rows_come_in_as_one_act_and_each_is_told_once() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let communes: Vec<String> = world
            .directory
            .all()
            .iter()
            .filter(|it| it.kind == "commune_pc")
            .map(|it| it.code.clone())
            .collect();
        let mut text = String::from("Mã chỉ số;Mã đơn vị;Kỳ;Số liệu;Tử số;Mẫu số\n");
        for code in ["THON", "SONG", "DAT"] {
            for (n, unit) in communes.iter().enumerate() {
                let n = n % 97 + 1;
                match code {
                    "DAT" => text.push_str(&format!("{code};{unit};2026-05;;{n};98\n")),
                    _ => text.push_str(&format!("{code};{unit};2026-05;{n},5;;\n")),
                }
            }
        }
        let n_rows = text.lines().count() - 1;
        let system = world.system();
        let table = paste_table(&text).unwrap();
        let taken =
            actions::intake_figures(&system, &world.db, world.directory, &[table]).await.unwrap();
        assert_eq!((taken.n_new, n_rows), (n_rows, communes.len() * 3));
        assert!(n_rows > 9_900, "{n_rows}");
        let n = i64::try_from(n_rows).unwrap();
        assert_eq!(world.count("observations").await, n);
        assert_eq!(world.count("observation_revisions").await, n);
        // The journal tells each of them once, many in one entry.
        world.follow().await;
        let mut conn = world.db.read().await.unwrap();
        let entries = sauro_journal::read_after(&mut conn, 0, 1_000).await.unwrap();
        let told = entries.iter().flat_map(|it| observations_told(&it.subject, &it.data));
        assert_eq!(told.collect::<std::collections::BTreeSet<_>>().len(), n_rows);
        let n_entries = entries.iter().filter(|it| it.kind == "FiguresReported").count();
        assert_eq!(n_entries, 3 * communes.len().div_ceil(MOST_TOLD));
    })
    .await;
}

#[tokio::test]
async fn of_a_unit_that_ended_within_the_period_the_successor_reports() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let ends = |last: &str| {
            let last = sauro_testkit::day(last);
            crate::world::directory_with(move |it| {
                if it.code == "UBND-32191" {
                    it.valid_to = Some(last);
                    it.successor = Some(sauro_kernel::AgencyId::of_code("UBND-32071"));
                }
            })
        };
        let text = "indicator,unit_code,period,value\nTHON,UBND-32191,2026-05,3\n";
        let table = paste_table(text).unwrap();
        let system = world.system();
        for last in ["2026-05-15", "2026-04-30"] {
            let tables = [table.clone()];
            let err = actions::intake_figures(&system, &world.db, &ends(last), &tables).await;
            let Err(IndicatorsError::Cells(found)) = err else { panic!("{last}") };
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].address, "B2");
            assert!(found[0].words.contains("đã kết thúc ngày"), "{}", found[0].words);
            assert!(found[0].words.contains("số của tháng 5/2026 do đơn vị kế tục báo"));
        }
        assert_eq!(world.count("observations").await, 0);
        // What was over before it ended is its own to say.
        let done = actions::intake_figures(&system, &world.db, &ends("2026-05-31"), &[table]).await;
        assert_eq!(done.unwrap().n_new, 1);
    })
    .await;
}

#[tokio::test]
async fn a_share_that_a_cell_made_a_hundred_times_too_small_is_asked_about() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let focal = world.ctx(Role::FocalOfficer, "UBND-96");
        let percent = Format::new().set_num_format("0.00%");
        let sheet = |value: f64, format: Format, remark: &'static str| {
            workbook(move |sheet| {
                row(sheet, 1, "SONG");
                sheet.write_number_with_format(1, 3, value, &format).unwrap();
                sheet.write_string(0, 7, "Ghi chú").unwrap().write_string(1, 7, remark).unwrap();
            })
        };
        let found = refused(&world, &sheet(0.3952, Format::new(), ""), "so.xlsx").await;
        says(&found, "Trang Số liệu, ô D2", "0,4% là dưới 1%. Nếu phải là 39,52%");
        // What is shown as a share is read as shown.
        let shown = sheet(0.3952, percent, "");
        assert_eq!(send(&world, &focal, &shown, "so.xlsx").await.unwrap().n_new, 1);
        let look = actions::show(&focal, &world.db, "SONG").await.unwrap();
        assert_eq!(look.provinces[0].reported.value.to_string(), "39.52");
    })
    .await;
}
