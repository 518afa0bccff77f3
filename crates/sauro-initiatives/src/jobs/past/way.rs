//! How far an initiative comes: its form, its review, a council, those who apply it.

use chrono::Days;
use rust_decimal::Decimal;
use sauro_kernel::{ApplicationId, CouncilId, Dice, Role, at_hour};
use serde_json::json;

use super::cast::{Cast, Unit};
use super::life::{Left, Life, World, event};
use super::{PastError, day_of, words};
use crate::actions::place_of;
use crate::model::{
    Application, Ballot, Code, Council, Criterion, Member, Move, PRESETS, Stage, Tally, UNITS,
};

/// Where an initiative is at the end of what is made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Checking,
    Asked,
    Refused,
    Reviewing,
    /// Waits for a council, or has been before one.
    Judging,
}

/// One to live.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) sent_at: i64,
    fate: Fate,
}

/// A council with what it scored.
pub(super) struct Session {
    pub(super) council: Council,
    pub(super) members: Vec<Member>,
    pub(super) items: Vec<sauro_kernel::InitiativeId>,
    pub(super) ballots: Vec<(sauro_kernel::InitiativeId, Ballot)>,
    pub(super) events: Vec<sauro_journal::PastEvent>,
}

impl Plan {
    pub(super) fn drawn(dice: &mut Dice, now_us: i64) -> Self {
        let (fate, low, high) = match dice.below(100) {
            0..=7 => (Fate::Checking, 0, 7),
            8..=11 => (Fate::Asked, 8, 20),
            12..=19 => (Fate::Refused, 20, 480),
            20..=29 => (Fate::Reviewing, 12, 25),
            _ => (Fate::Judging, 40, 480),
        };
        let today = day_of(now_us);
        let back = u64::try_from(dice.between(low, high)).unwrap_or(0);
        let day = today.checked_sub_days(Days::new(back)).unwrap_or(today);
        let at = at_hour(day, 6).timestamp_micros() + dice.between(0, 57_600) * 1_000_000;
        Self { sent_at: at.min(now_us - 3_600_000_000), fate }
    }

    /// Lives it until a council may take it.
    pub(super) fn live(
        self,
        dice: &mut Dice,
        (world, cast): (&World, &Cast),
        code: Code,
    ) -> Result<Life, PastError> {
        let at_commune = self.fate != Fate::Judging && dice.is_lucky(50);
        let receiver = if at_commune { cast.commune(dice) } else { cast.province(dice) };
        let receiver = receiver.ok_or(PastError::NoCatalogue)?;
        let mut life = Life::sent(dice, world, (code, self.sent_at), receiver)?;
        let focal = receiver.seat(Role::FocalOfficer);
        let left = |kind, reason: &str, desk| Left {
            kind,
            reason: reason.to_owned(),
            desk,
            data: json!({ "reviewer": desk }),
        };
        match self.fate {
            Fate::Checking => return Ok(life),
            Fate::Asked => {
                life.wait(dice, world, (1, 4));
                let words = "Bổ sung số đo trước và sau khi làm thử.";
                let left = left("InitiativeAsked", words, None);
                life.moved(dice, world, (Move::Ask, focal), left)?;
                return Ok(life);
            }
            Fate::Refused => {
                life.wait(dice, world, (1, 5));
                let words =
                    "Hồ sơ mô tả sản phẩm của bên thứ ba, không phải giải pháp của người gửi.";
                let left = left("InitiativeRefused", words, None);
                life.moved(dice, world, (Move::Refuse, focal), left)?;
                return Ok(life);
            }
            Fate::Reviewing | Fate::Judging => {}
        }
        let reviewer = cast.reviewer(dice).ok_or(PastError::NoCatalogue)?;
        life.wait(dice, world, (1, 5));
        life.it.reviewer = Some(reviewer.id);
        let accepted = left("InitiativeAccepted", "", Some(reviewer.id));
        life.moved(dice, world, (Move::Accept, focal), accepted)?;
        if self.fate == Fate::Reviewing {
            return Ok(life);
        }
        life.wait(dice, world, (3, 14));
        let opinion = words::opinion(dice).to_owned();
        life.it.opinion.clone_from(&opinion);
        let reviewed = Left {
            kind: "InitiativeReviewed",
            reason: opinion,
            desk: Some(receiver.id),
            data: json!({}),
        };
        life.moved(dice, world, (Move::Opine, reviewer.seat(Role::Leader)), reviewed)?;
        Ok(life)
    }
}

/// The council of `province` over `lives`, all of which wait for one. None when it could not have closed by now.
pub(super) fn judged(
    dice: &mut Dice,
    (world, cast): (&World, &Cast),
    province: &Unit,
    lives: &mut [&mut Life],
) -> Result<Option<Session>, PastError> {
    const DAY: i64 = 86_400_000_000;
    let last = lives.iter().map(|it| it.at).max().unwrap_or(0);
    let opened_at = last + dice.between(2, 6) * DAY;
    let closed_at = opened_at + dice.between(15, 25) * DAY;
    if closed_at > world.now_us {
        return Ok(None);
    }
    let leader = province.seat(Role::Leader);
    let [(_, _, criteria), ..] = PRESETS;
    let seats = cast.members(province);
    let council = Council {
        id: CouncilId(dice.id(opened_at)),
        agency: province.id,
        path: province.path.clone(),
        name: format!("Hội đồng sáng kiến, phiên {}", day_of(opened_at).format("%d/%m/%Y")),
        criteria: criteria
            .iter()
            .map(|it| Criterion { name: it.0.to_owned(), weight: Decimal::from(it.1) })
            .collect(),
        threshold: Decimal::from(70),
        quorum: 3,
        opened_by: leader.account,
        opened_at,
        closed_at: Some(closed_at),
        stamp: 2,
    };
    let members: Vec<Member> = (1..)
        .zip(&seats)
        .map(|(n, (unit, role))| Member { n, agency: unit.id, role: *role })
        .collect();
    let items: Vec<_> = lives.iter().map(|it| it.it.id).collect();
    let subject = ("council", council.id.0);
    let data = json!({
        "agency": council.agency, "initiatives": items, "criteria": council.criteria,
        "threshold": council.threshold, "quorum": council.quorum,
        "members": members.iter().map(|it| json!([it.agency, it.role.code()])).collect::<Vec<_>>(),
    });
    let mut events =
        vec![event((council.id.0, opened_at), Some(leader), (subject, "CouncilOpened"), &data)];
    let mut session = Session { council, members, items, ballots: Vec::new(), events: Vec::new() };
    for life in lives.iter_mut() {
        let own = scored(dice, &seats, &session.council, life, &mut events);
        decided(dice, world, (province, &session.council), life, &own, closed_at)?;
        session.ballots.extend(own.into_iter().map(|it| (life.it.id, it)));
    }
    let data = json!({ "initiatives": session.items.len(), "members": session.members.len() });
    let when = (dice.id(closed_at), closed_at);
    events.push(event(when, Some(leader), (subject, "CouncilClosed"), &data));
    session.events = events;
    Ok(Some(session))
}

/// What every member gives `life`; two of them differ by a few points.
fn scored(
    dice: &mut Dice,
    seats: &[(&Unit, Role)],
    council: &Council,
    life: &Life,
    events: &mut Vec<sauro_journal::PastEvent>,
) -> Vec<Ballot> {
    let about = dice.between(62, 88);
    let mut ballots = Vec::new();
    for (n, (unit, role)) in (1..).zip(seats) {
        let seat = unit.seat(*role);
        let at = council.opened_at + dice.between(1, 12 * 86_400) * 1_000_000;
        let points = council.criteria.iter().map(|_| Decimal::from(about + dice.between(-9, 9)));
        ballots.push(Ballot {
            member: n,
            account: Some(seat.account),
            conflict: None,
            points: points.collect(),
            at,
        });
        let data = json!({ "initiative": life.it.id, "member": n, "conflict": null });
        let subject = ("council", council.id.0);
        events.push(event((dice.id(at), at), Some(seat), (subject, "BallotCast"), &data));
    }
    ballots
}

/// Recognised, or not, as the points say.
fn decided(
    dice: &mut Dice,
    world: &World,
    (province, council): (&Unit, &Council),
    life: &mut Life,
    ballots: &[Ballot],
    closed_at: i64,
) -> Result<(), PastError> {
    let Some(tally) = Tally::of(&council.criteria, ballots) else { return Ok(()) };
    let (by, kind) = match tally.total >= council.threshold {
        true => (Move::Recognise, "InitiativeRecognised"),
        false => (Move::Decline, "InitiativeDeclined"),
    };
    life.at = closed_at;
    let total = tally.total.normalize().to_string().replace('.', ",");
    let left = Left {
        kind,
        reason: format!("Điểm hội đồng {total}, ngưỡng {}.", council.threshold.normalize()),
        desk: None,
        data: json!({ "council": council.id, "total": tally.total, "ballots": tally.n }),
    };
    life.moved(dice, world, (by, province.seat(Role::Leader)), left)?;
    Ok(())
}

/// Units that say they apply what was recognised, and confirm it.
pub(super) fn applied(
    dice: &mut Dice,
    (world, cast): (&World, &Cast),
    life: &mut Life,
) -> Result<(), PastError> {
    if life.it.stage != Stage::Recognised || !dice.is_lucky(55) {
        return Ok(());
    }
    let mut units: Vec<&Unit> = Vec::new();
    for _ in 0..dice.between(1, 5) {
        let unit = cast.commune(dice).ok_or(PastError::NoCatalogue)?;
        if units.iter().all(|it| it.id != unit.id) {
            units.push(unit);
        }
    }
    let mut n_confirmed = 0;
    for unit in units {
        life.wait(dice, world, (8, 30));
        let said_at = life.at;
        if said_at >= world.now_us {
            return Ok(());
        }
        let focal = unit.seat(Role::FocalOfficer);
        let id = ApplicationId(dice.id(said_at));
        let data =
            json!({ "application": id, "agency": unit.id, "since": day_of(said_at).to_string() });
        life.tell(dice, focal, "InitiativeApplied", &data);
        life.wait(dice, world, (1, 5));
        let leader = unit.seat(Role::Leader);
        let (_, of) = UNITS.first().copied().unwrap_or_default();
        let source = format!("Báo cáo số {}/BC-UBND", 1 + dice.below(400));
        life.applications.push(Application {
            id,
            initiative: life.it.id,
            agency: unit.id,
            place: place_of(&unit.path),
            is_pilot: false,
            since: day_of(said_at),
            until: None,
            baseline: String::new(),
            target: String::new(),
            measured: Some((Decimal::from(dice.between(5, 900) * 100_000), of.to_owned(), source)),
            said: (focal.account, said_at),
            confirmed: Some((leader.account, life.at)),
        });
        n_confirmed += 1;
        let data = json!({ "application": id, "agency": unit.id });
        life.tell(dice, leader, "ApplicationConfirmed", &data);
        if life.it.stage.after(Move::Adopt).is_some() {
            let left = Left {
                kind: "InitiativeAdopted",
                reason: format!("{} xác nhận đang áp dụng.", unit.name),
                desk: None,
                data: data.clone(),
            };
            life.moved(dice, world, (Move::Adopt, leader), left)?;
        }
        if n_confirmed >= world.terms.replicated_from && life.it.stage == Stage::Adopted {
            let left = Left {
                kind: "InitiativeReplicated",
                reason: format!("{n_confirmed} nơi đã xác nhận áp dụng."),
                desk: None,
                data,
            };
            life.moved(dice, world, (Move::Replicate, leader), left)?;
        }
    }
    Ok(())
}
