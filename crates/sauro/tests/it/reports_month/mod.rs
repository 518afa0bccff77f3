//! A month of periodic reports of a whole province: 102 communes report, by form and by Excel, in time,
//! late or not at all; the province merges, the centre appraises, publishes and prints.

mod province;

use sauro_dashboards::model::{Body, Spec};
use sauro_indicators::actions::periodic::Given;
use sauro_indicators::model::periodic::Standing;
use sauro_kernel::Role;
use sauro_testkit::{Engine, on_each_engine};

use province::{PROVINCE, Province, Share};

/// Communes that write in the form, that fill a workbook, that are late, that come after the lock, and
/// that say nothing.
const SHARES: [(Share, usize); 5] = [
    (Share::ByForm, 66),
    (Share::ByExcel, 16),
    (Share::Late, 9),
    (Share::AfterTheLock, 3),
    (Share::Silent, 8),
];

#[tokio::test]
async fn a_month_of_a_whole_province_goes_from_its_communes_to_the_printed_report() {
    on_each_engine(play).await;
}

async fn play(engine: Engine) {
    let mut province = Province::found(engine).await;
    assert_eq!(province.communes.len(), SHARES.iter().map(|it| it.1).sum::<usize>());
    province.open_the_round().await;
    report(&mut province).await;
    receive(&province).await;
    merge(&province).await;
    publish(&province).await;
    print(&province).await;
}

/// The communes report; after every share the board of the province shows it.
async fn report(province: &mut Province) {
    let mut first = 0;
    for (share, n) in SHARES {
        province.pass_to(share);
        for place in first..first + n {
            province.report(share, place).await;
        }
        first += n;
        sees_what_was_reported(province).await;
    }
}

async fn sees_what_was_reported(province: &Province) {
    province.follow().await;
    let focal = province.ctx(Role::FocalOfficer, PROVINCE);
    let spec = Spec::Number { indicator: "S-LOMSONG".to_owned(), place: PROVINCE.to_owned() };
    let Body::Reading(shown) = province.tile(&focal, &spec).await else { panic!("no figure") };
    let newest = shown.points.last().unwrap();
    assert_eq!(newest.amount.to_string(), province.villages().to_string(), "{}", newest.written);
    let below =
        Spec::Ranking { indicator: "S-LOMSONG".to_owned(), place: PROVINCE.to_owned(), most: 200 };
    let Body::Ranked(ranked) = province.tile(&focal, &below).await else { panic!("no ranking") };
    let n = ranked.lines.iter().filter(|it| it.rank.is_some()).count();
    assert_eq!(n, province.reported.len());
}

/// The province sees who is silent, accepts all that came, and nobody else's.
async fn receive(province: &Province) {
    let view = province.round_view().await;
    let n = |standing: Standing| view.units.iter().filter(|it| it.standing == standing).count();
    assert_eq!((n(Standing::SentInTime), n(Standing::SentLate)), (66 + 16, 9 + 2));
    assert_eq!(n(Standing::Missing), 8 + 1, "those that said nothing, and one that came too late");
    let page = province.get("tinh", &format!("/bao-cao-ky/{}?tt=thieu", province.round())).await;
    page.is(200);
    for name in province.silent() {
        page.has(&name);
    }
    let path = format!("/bao-cao-ky/{}", province.round());
    let accepted = province.post("tinh", &path, "tat-ca=1").await;
    accepted.is(303);
    let view = province.round_view().await;
    let n =
        view.units.iter().filter(|it| it.report.as_ref().is_some_and(|it| it.decided_at.is_some()));
    assert_eq!(n.count(), province.reported.len());
}

/// The sentences of all are folded, the figures are added up, and each sentence leads back.
async fn merge(province: &Province) {
    let (n_folds, sheet) = province.merge_and_send().await;
    assert!(n_folds < 12, "{n_folds}: what 93 communes say alike is folded");
    let traced = sheet.traces.iter().filter(|it| it.n == 0).count();
    assert_eq!(traced, province.reported.len(), "the first sentence leads back to all who said it");
    let villages = sheet.figures.iter().find(|it| it.1.indicator.code == "S-LOMSONG").unwrap();
    let Given::Observed(own) = &villages.1.given else { panic!("not reported: {villages:?}") };
    assert_eq!(own.value().to_string(), province.villages().to_string());
}

/// The centre appraises what the province says, and publishes; the public sees it, and only then.
async fn publish(province: &Province) {
    province.appraise().await;
    let view = province.get("", "/ket-qua/bao-cao").await;
    assert!(!view.body.contains("Báo cáo tháng thử"), "nothing is public before");
    let path = province.publish().await;
    let page = province.get("", &path).await;
    page.is(200).has("Các địa phương đã mở điểm hỗ trợ").has("Gộp từ 93 đơn vị");
}

/// The report in both layouts, with its figures; of the same report both say the same.
async fn print(province: &Province) {
    for layout in ["nha-nuoc", "dang"] {
        for (who, unit) in [("tinh", PROVINCE), ("trung-uong", "VN")] {
            let path = format!("/bao-cao-ky/{}/{unit}/van-ban.docx?mau={layout}", province.round());
            let words = province.document(who, &path).await;
            assert!(words.contains("Các địa phương") || words.contains("Đã tập huấn"), "{words}");
            assert!(words.contains(&province.villages().to_string()), "{layout} {unit}");
            let nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
            assert_eq!(words.contains(nation), layout == "nha-nuoc", "{layout} {unit}");
        }
    }
}
