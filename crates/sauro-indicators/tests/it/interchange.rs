//! Figures go out to other programs and come back as they were.

use sauro_indicators::actions::{self, FigureFields, Taken};
use sauro_indicators::model::{Interchange, Observation, Period};
use sauro_kernel::Role;
use sauro_papers::{Table, read_adx, read_tables};
use sauro_store::Limits;
use sauro_testkit::{on_each_engine, on_sqlite};

use crate::world::{World, fields};

/// Values, ratios, calculated ones, and words made to break files.
async fn play(world: &World) {
    let words = ["=1+1", "'=x", "Sổ \"A\", tập 2", "-5 & <b>", "Một\nhai\tba", "Bảng tổng hợp"];
    for (n, unit) in ["UBND-96", "UBND-32191", "UBND-32071"].into_iter().enumerate() {
        for (k, (code, value)) in
            [("THON", "1.234"), ("SONG", "39,52"), ("DAT", "10/40"), ("XONG", "56"), ("TONG", "93")]
                .into_iter()
                .enumerate()
        {
            let words = words[(n * 5 + k) % words.len()];
            let said = FigureFields {
                source: words.replace(['\n', '\t'], " "),
                remark: words.to_owned(),
                ..fields(value)
            };
            let ctx = world.ctx(Role::Leader, unit);
            actions::report_figure(&ctx, &world.db, code, &world.unit(unit), &said).await.unwrap();
        }
        world.report("TILE", unit, "").await.unwrap();
    }
    let owner = world.ctx(Role::Leader, "BKHCN");
    let nation = world.unit("VN");
    actions::report_figure(&owner, &world.db, "THON", &nation, &fields("280")).await.unwrap();
}

async fn exported(world: &World, form: Interchange) -> String {
    let month = Period::parse("2026-05").unwrap();
    let found = actions::export_figures(&world.system(), &world.db, month, "").await.unwrap();
    assert_eq!(found.len(), 19);
    form.write(&found)
}

/// What a figure says, whoever wrote it down.
fn said(it: &Observation) -> impl PartialEq + std::fmt::Debug + use<> {
    let unit = it.unit.code.clone();
    (unit, it.period, it.as_of, it.reported, it.source.clone(), it.remark.clone())
}

async fn figures(world: &World) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
    let month = Period::parse("2026-05").unwrap();
    let found = actions::export_figures(&world.system(), &world.db, month, "").await.unwrap();
    found.iter().map(|it| (it.indicator.clone(), said(&it.figure))).collect()
}

#[tokio::test]
async fn what_goes_out_in_any_form_comes_in_elsewhere_and_goes_out_the_same() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        play(&world).await;
        for form in Interchange::ALL {
            let text = exported(&world, form).await;
            let tables: Vec<Table> = match form {
                Interchange::Adx => vec![read_adx(text.as_bytes()).unwrap()],
                _ => read_tables(text.as_bytes(), "so.csv").unwrap(),
            };
            let elsewhere = on_sqlite(Limits::default()).await;
            let other = World::new(&elsewhere.db).await;
            let ctx = other.system();
            let taken = actions::intake_figures(&ctx, &other.db, other.directory, &tables).await;
            let taken = taken.unwrap();
            assert_eq!(taken, Taken { n_new: 19, n_known: 0, n_blank: 0 }, "{form:?}");
            assert_eq!(figures(&other).await, figures(&world).await, "{form:?}");
            assert_eq!(exported(&other, form).await, text, "{form:?}");
            let again = actions::intake_figures(&ctx, &other.db, other.directory, &tables).await;
            assert_eq!(again.unwrap().n_known, 19, "the same again is nothing");
        }
    })
    .await;
}

#[tokio::test]
async fn a_calculated_figure_of_a_file_is_worked_out_again_and_must_agree() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let ctx = world.system();
        let take = async |text: &str| {
            let table = sauro_papers::paste_table(text).unwrap();
            actions::intake_figures(&ctx, &world.db, world.directory, &[table]).await
        };
        let head = "indicator,unit_code,period,value\n";
        let err = take(&format!("{head}TILE,96,2026-05,60\n")).await.unwrap_err();
        assert!(
            format!("{err}").contains("chưa tính được: XONG, TONG chưa có số liệu tháng 5/2026"),
            "{err}"
        );
        let wrong = format!("{head}TILE,96,2026-05,61\nXONG,96,2026-05,60\nTONG,96,2026-05,100\n");
        let err = take(&wrong).await.unwrap_err();
        assert!(format!("{err}").contains("Ô D2: khác số máy tính được (60%)"), "{err}");
        assert_eq!(world.count("observations").await, 0);
        assert_eq!(take(&wrong.replace(",61", ",60")).await.unwrap().n_new, 3);
    })
    .await;
}

#[test]
fn the_files_have_the_shape_that_other_programs_expect() {
    assert!(Interchange::Sdmx.write(&[]).starts_with(
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,"
    ));
    assert!(Interchange::Adx.write(&[]).contains(r#"<adx xmlns="urn:ihe:qrph:adx:2015">"#));
    for form in Interchange::ALL {
        assert_eq!(Interchange::of_code(form.code()), Some(form));
    }
}
