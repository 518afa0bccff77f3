//! Indicators split into parts: by sex, by kind of place.

use sauro_indicators::{IndicatorsError, actions};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::forms::open;
use crate::world::World;

const PARTS: &str = "\
code,name,unit,direction,level,owner,part_of,split_by,part
THON-NUI,Thôn lõm sóng ở miền núi,thôn,lower,national|province|commune,BKHCN,THON,vùng,miền núi
THON-BIEN,Thôn lõm sóng ở ven biển,thôn,lower,national|province|commune,BKHCN,THON,vùng,ven biển
";

async fn refused(world: &World, line: &str) -> String {
    let csv = PARTS.lines().next().unwrap().to_owned() + "\n" + line + "\n";
    let taken = actions::import_indicators(&world.system(), &world.db, world.directory, &csv).await;
    match taken.unwrap_err() {
        IndicatorsError::Faults(faults) => faults[0].words.clone(),
        err => panic!("{err}"),
    }
}

#[tokio::test]
async fn a_part_is_reported_and_added_up_by_itself_and_shown_beside_the_whole() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let (db, directory) = (&world.db, world.directory);
        let system = world.system();
        assert_eq!(actions::import_indicators(&system, db, directory, PARTS).await.unwrap(), 2);
        for (commune, whole, hills, coast) in
            [("UBND-32191", "5", "2", "3"), ("UBND-32071", "4", "4", "0")]
        {
            world.report("THON", commune, whole).await.unwrap();
            world.report("THON-NUI", commune, hills).await.unwrap();
            world.report("THON-BIEN", commune, coast).await.unwrap();
        }
        world.follow().await;
        let look = actions::show(&system, db, "THON").await.unwrap();
        let parts: Vec<(String, String)> = look
            .parts
            .iter()
            .map(|it| {
                (it.indicator.code.clone(), it.rolled.clone().unwrap().value.unwrap().to_string())
            })
            .collect();
        assert_eq!(parts, [("THON-BIEN".into(), "3".into()), ("THON-NUI".into(), "6".into())]);
        let page = app.official(world.person(Role::Leader, "UBND-96")).get("/chi-so/THON").await;
        page.has_text("Chia theo vùng");
        page.has_text("miền núi");
        let part =
            app.official(world.person(Role::Leader, "UBND-96")).get("/chi-so/THON-NUI").await;
        part.has_text("Là một phần của");
    })
    .await;
}

#[tokio::test]
async fn a_part_without_a_fitting_whole_is_refused() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for (line, words) in [
            ("A,A,thôn,lower,commune,BKHCN,CHUA-CO,vùng,núi", "không có chỉ số chung"),
            ("A,A,thôn,lower,commune,BKHCN,A,vùng,núi", "đã là một phần"),
            ("A,A,điểm,lower,commune,BKHCN,THON,vùng,núi", "cùng đơn vị tính"),
            ("A,A,thôn,lower,commune,BKHCN,,vùng,núi", "ghi mã chỉ số chung"),
            ("A,A,thôn,lower,commune,BKHCN,THON,,núi", "để trống"),
        ] {
            let said = refused(&world, line).await;
            assert!(said.contains(words), "{line}: {said}");
        }
    })
    .await;
}
