//! Rules between figures: who lays them down, what is refused, what a file brings.

use sauro_indicators::IndicatorsError;
use sauro_indicators::actions;
use sauro_indicators::actions::rules::{
    RuleFields, change_rule, define_rule, import_rules, rule_by_code, rules,
};
use sauro_kernel::{Ctx, Role};
use sauro_testkit::on_each_engine;

use crate::world::{World, faults};

/// Those who answer for figures of tasks say that what is done is no more than what was given.
pub(crate) fn done_of_all(severity: &str) -> RuleFields {
    RuleFields {
        code: "qt-xong".to_owned(),
        sentence: "Nhiệm vụ đã xong không nhiều hơn nhiệm vụ được giao.".to_owned(),
        left: "[XONG]".to_owned(),
        comparison: "<=".to_owned(),
        right: "[TONG]".to_owned(),
        severity: severity.to_owned(),
        levels: vec!["province".to_owned(), "commune".to_owned()],
        is_active: true,
    }
}

pub(crate) fn owner(world: &World) -> Ctx {
    world.ctx(Role::StandingAgency, "VPCP")
}

const HEAD: &str = "code,sentence,left,comparison,right,severity,level,owner\n";

#[tokio::test]
async fn a_rule_is_laid_down_and_changed_by_whoever_answers_and_told_in_the_journal() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let ctx = owner(&world);
        let code = define_rule(&ctx, &world.db, &done_of_all("block")).await.unwrap();
        assert_eq!(code, "QT-XONG");
        let stranger = world.ctx(Role::StandingAgency, "BKHCN");
        let err = rule_by_code(&stranger, &world.db, &code).await.unwrap_err();
        assert!(matches!(err, IndicatorsError::NotFound(_)), "not theirs is not there: {err}");
        let asleep = RuleFields { is_active: false, ..done_of_all("block") };
        let change =
            async |ctx: &Ctx, version| change_rule(ctx, &world.db, &code, version, &asleep).await;
        assert!(matches!(change(&stranger, 1).await, Err(IndicatorsError::Denied(_))));
        let reader = world.ctx(Role::FocalOfficer, "UBND-96");
        assert!(matches!(
            define_rule(&reader, &world.db, &done_of_all("block")).await,
            Err(IndicatorsError::Denied(_))
        ));
        assert!(matches!(change(&ctx, 2).await, Err(IndicatorsError::Stale)));
        change(&ctx, 1).await.unwrap();
        change(&ctx, 2).await.unwrap();
        assert_eq!(
            rule_by_code(&ctx, &world.db, &code).await.unwrap().version,
            2,
            "no change is none"
        );
        assert!(matches!(change(&ctx, 1).await, Err(IndicatorsError::Stale)), "the second is told");
        let seen = rules(&reader, &world.db).await.unwrap();
        assert_eq!(seen.len(), 1);
        assert!(!seen[0].may_change && !seen[0].rule.is_active);
        let mut conn = world.db.read().await.unwrap();
        let told = sauro_journal::history(&mut conn, "rule/QT-XONG", None, 9).await.unwrap();
        let kinds: Vec<&str> = told.iter().map(|it| it.kind.as_str()).collect();
        assert_eq!(kinds, ["RuleChanged", "RuleDefined"]);
        assert_eq!(told[1].data["left"], "[XONG]");
    })
    .await;
}

#[tokio::test]
async fn every_fault_of_a_rule_is_named_at_once_with_its_place() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let ctx = owner(&world);
        let blank = RuleFields { code: "x".to_owned(), ..RuleFields::default() };
        let found = faults(define_rule(&ctx, &world.db, &blank).await.unwrap_err());
        let fields: Vec<&str> = found.iter().map(|it| it.0).collect();
        assert_eq!(fields, ["ma", "cau", "phep-so", "muc", "cap", "ve-trai", "ve-phai"]);
        let check = async |change: fn(&mut RuleFields), field: &str, words: &str| {
            let mut fields = done_of_all("block");
            change(&mut fields);
            let found = faults(define_rule(&ctx, &world.db, &fields).await.unwrap_err());
            assert!(found.iter().any(|it| it.0 == field && it.1.contains(words)), "{found:?}");
        };
        let unknown = |it: &mut RuleFields| it.right = "[TONG] + [LA]".to_owned();
        check(unknown, "ve-phai", "Ký tự 10: không có chỉ số mang mã LA").await;
        let period = |it: &mut RuleFields| it.left = "2 * [XONG:sau]".to_owned();
        check(period, "ve-trai", "Ký tự 5: không hiểu “:sau”").await;
        let same = |it: &mut RuleFields| it.right = " [XONG] ".to_owned();
        check(same, "ve-phai", "hai vế giống nhau").await;
        let units = |it: &mut RuleFields| it.right = "[SONG]".to_owned();
        check(units, "ve-phai", "không cộng, trừ, so hai đơn vị khác nhau").await;
        let others = |it: &mut RuleFields| {
            it.left = "[THON]".to_owned();
            it.right = "[THON:truoc]".to_owned();
        };
        check(others, "ve-trai", "không chịu trách nhiệm chỉ số nào trong THON").await;
        assert_eq!(world.count("indicator_rules").await, 0);
        define_rule(&ctx, &world.db, &done_of_all("warning")).await.unwrap();
        let again = define_rule(&ctx, &world.db, &done_of_all("warning")).await.unwrap_err();
        assert!(faults(again)[0].1.contains("đã có quy tắc"));
    })
    .await;
}

#[tokio::test]
async fn a_file_of_rules_comes_in_whole_or_not_at_all_and_changes_what_it_says_otherwise() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let ctx = world.system();
        let import = async |csv: String| {
            import_rules(&ctx, &world.db, world.directory, &csv).await
        };
        let faulty = format!(
            "{HEAD}A1,Câu,[XONG],<=,[LA],block,province,VPCP\nA1,Câu,[XONG] +,??,[TONG],nặng,tỉnh,KHONGCO\n\
            A2,,[XONG],<=,[TONG],block,province,BKHCN\n"
        );
        let found = match import(faulty).await {
            Err(IndicatorsError::Faults(found)) => found,
            other => panic!("{other:?}"),
        };
        let found: Vec<String> = found.iter().map(|it| it.sentence()).collect();
        for words in [
            "Dòng 2, cột right: Ký tự 1: không có chỉ số mang mã LA",
            "Dòng 3, cột code: mã đã có ở dòng 2",
            "Dòng 3, cột left: Ký tự 9: công thức chưa hết",
            "Dòng 3, cột comparison:",
            "Dòng 3, cột severity:",
            "Dòng 3, cột level:",
            "Dòng 3, cột owner: không có cơ quan mang mã KHONGCO",
            "Dòng 4, cột sentence: để trống",
            "Dòng 4, cột owner: cơ quan đứng tên quy tắc không chịu trách nhiệm",
        ] {
            assert!(found.iter().any(|it| it.starts_with(words)), "{words}\n{found:#?}");
        }
        assert_eq!(found.len(), 9, "{found:#?}");
        assert_eq!(world.count("indicator_rules").await, 0);
        let good = format!("{HEAD}A1,Câu,[XONG],<=,[TONG],block,province|commune,VPCP\n");
        assert_eq!(import(good.clone()).await.unwrap(), 1);
        assert_eq!(import(good.clone()).await.unwrap(), 1);
        let version = async || rules(&ctx, &world.db).await.unwrap()[0].rule.version;
        assert_eq!(version().await, 1, "the same again is no change");
        import(good.replace("block", "warning")).await.unwrap();
        assert_eq!(version().await, 2);
        // Whoever answers for others' rules takes in none of theirs.
        let stranger = world.ctx(Role::StandingAgency, "BKHCN");
        let err = import_rules(&stranger, &world.db, world.directory, &good).await;
        assert!(matches!(err, Err(IndicatorsError::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn the_shipped_rules_hold_for_the_shipped_figures_and_stay_as_somebody_changed_them() {
    on_each_engine(async |engine| {
        let world = World::empty(&engine.db);
        let ctx = world.system();
        actions::load_shipped(&ctx, &world.db, world.directory).await.unwrap();
        let all = rules(&ctx, &world.db).await.unwrap();
        assert_eq!(all.len(), 6);
        let villages = all.iter().find(|it| it.rule.code == "QT-THON-DIEN").unwrap();
        assert_eq!(villages.rule.terms.left.text, "[S-THONDIEN]");
        assert_eq!(
            world.count("indicator_rule_parts").await,
            11,
            "one rule takes one indicator twice"
        );
    })
    .await;
}
