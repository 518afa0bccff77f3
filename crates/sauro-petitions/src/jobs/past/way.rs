//! The steps of a case, from the desk that receives it to the end that it comes to.

use sauro_kernel::{AccountId, AgencyId, Dice, PostId};
use uuid::Uuid;

use super::cast::{Seat, Unit};
use super::fate::{Fate, Main, Plan};
use super::life::{Life, World};
use crate::PetitionsError;
use crate::model::{Act, Closing, Kind, Tally};

impl Plan {
    /// Received and sorted by the place where it happened.
    pub(super) fn received(
        self,
        dice: &mut Dice,
        world: &World,
        life: &mut Life,
        (field, place, lead): (&str, &Unit, &Unit),
        mains: &mut Vec<Main>,
    ) -> Result<(), PetitionsError> {
        let officer = Some(place.officer);
        if self.fate == Fate::Sent {
            return Ok(());
        }
        let most = if dice.is_lucky(90) { 1 } else { 3 };
        life.wait(dice, world, (0, most));
        life.step(Act::Receive)?;
        life.note(dice, (Kind::Received, officer), Some(place.id.0), (true, ""));
        if life.case.field.is_empty() {
            life.wait(dice, world, (0, 0));
            field.clone_into(&mut life.case.field);
            let known = world.fields.iter().find(|it| it.code == field);
            let words = format!("Đặt lĩnh vực: {}.", known.map_or(field, |it| it.name.as_str()));
            life.note(dice, (Kind::Noted, officer), None, (false, &words));
        }
        if self.fate == Fate::Sorting {
            return Ok(());
        }
        let main = mains.iter().rposition(|it| it.0 == place.id);
        if let Some(at) = main.filter(|_| self.fate == Fate::Merged) {
            let Some((_, main, number)) = mains.get(at).cloned() else { return Ok(()) };
            life.wait(dice, world, (0, 1));
            life.step(Act::Merge)?;
            life.case.merged_into = Some(main);
            life.case.closing = Some(Closing::Duplicate);
            life.note(dice, (Kind::Merged, officer), Some(main.0), (true, &number));
            return Ok(());
        }
        if self.fate == Fate::Waiting && dice.is_lucky(40) {
            return ask(dice, world, life, place.officer);
        }
        if dice.is_lucky(4) {
            refused(dice, world, life, (place, field))?;
        }
        life.wait(dice, world, (0, 2));
        let is_complex = dice.is_lucky(12);
        assign(dice, life, (place, lead), is_complex)?;
        if self.fate == Fate::Assigned {
            return Ok(());
        }
        self.handled(dice, world, life, lead)?;
        let is_end = matches!(self.fate, Fate::Closed | Fate::Answered);
        if is_end && dice.is_lucky(10) {
            mains.push((place.id, life.case.id, life.case.number.clone()));
            // Only the newest are merged into.
            if mains.len() > 4_000 {
                mains.drain(..2_000);
            }
        }
        Ok(())
    }

    /// Taken up and answered by `lead`.
    fn handled(
        self,
        dice: &mut Dice,
        world: &World,
        life: &mut Life,
        lead: &Unit,
    ) -> Result<(), PetitionsError> {
        life.wait(dice, world, (0, 1));
        life.step(Act::Accept)?;
        life.note(dice, (Kind::Accepted, Some(lead.officer)), None, (true, ""));
        if self.fate == Fate::Waiting {
            return ask(dice, world, life, lead.officer);
        }
        // What was answered a few days ago was handled without detours.
        let is_plain = self.fate == Fate::Answered;
        if !is_plain && dice.is_lucky(8) {
            ask(dice, world, life, lead.officer)?;
            life.wait(dice, world, (1, 4));
            life.step(Act::Resume)?;
            let words = "Gửi thêm ảnh chụp và giờ xảy ra như đã hỏi.";
            life.note(dice, (Kind::GaveMore, None), None, (true, words));
        }
        if dice.is_lucky(20) {
            life.wait(dice, world, (0, 1));
            let words = "Đã hẹn đơn vị quản lý cùng đi xem hiện trường.";
            life.note(dice, (Kind::Noted, Some(lead.officer)), None, (false, words));
        }
        if !is_plain && dice.is_lucky(5) {
            life.wait(dice, world, (1, 3));
            life.step(Act::Extend)?;
            let words = "Chờ kết quả đo kiểm của đơn vị độc lập.";
            life.note(dice, (Kind::Extended, Some(lead.leader)), None, (true, words));
        }
        if self.fate == Fate::Handling {
            return Ok(());
        }
        life.wait(dice, world, if is_plain { (1, 2) } else { (1, 8) });
        let ends = closing(dice);
        life.submit(dice, lead, ends)?;
        if !is_plain && dice.is_lucky(5) {
            life.wait(dice, world, (0, 1));
            life.step(Act::ReturnAnswer)?;
            let words = "Ghi rõ ngày hoàn thành và người theo dõi.";
            life.note(dice, (Kind::AnswerReturned, Some(lead.leader)), None, (false, words));
            life.wait(dice, world, (0, 1));
            let ends = closing(dice);
            life.submit(dice, lead, ends)?;
        }
        if self.fate == Fate::Approval {
            return Ok(());
        }
        life.wait(dice, world, (0, 1));
        life.approve(dice, world, lead)?;
        if self.fate == Fate::Answered {
            return Ok(());
        }
        self.rated(dice, world, life, lead)
    }

    /// Rated by the sender, contested, or left until it ends by itself.
    fn rated(
        self,
        dice: &mut Dice,
        world: &World,
        life: &mut Life,
        lead: &Unit,
    ) -> Result<(), PetitionsError> {
        let reviewer = lead.parent.and_then(|it| world.cast.unit(it));
        let reviewer = reviewer.or_else(|| world.cast.national()).filter(|it| it.id != lead.id);
        let is_review = self.fate == Fate::Review;
        if let Some(above) = reviewer.filter(|_| is_review || dice.is_lucky(4)) {
            return contested(dice, world, life, above, is_review);
        }
        if dice.is_lucky(35) {
            life.wait(dice, world, (0, 6));
            let rating = dice.between(3, 5);
            let tally = rated_tally(life, rating);
            life.given.extend(tally);
            life.case.rating = Some(rating);
            life.step(Act::Settle)?;
            life.note(dice, (Kind::Rated, None), None, (true, ""));
            return Ok(());
        }
        settled(dice, world, life)
    }
}

/// The sender is not satisfied: whoever stands above decides, and answers anew unless that is still to come.
fn contested(
    dice: &mut Dice,
    world: &World,
    life: &mut Life,
    above: &Unit,
    is_open: bool,
) -> Result<(), PetitionsError> {
    life.wait(dice, world, (0, 4));
    let rating = dice.between(1, 2);
    let tally = rated_tally(life, rating);
    life.given.extend(tally);
    life.case.rating = Some(rating);
    life.step(Act::Reopen)?;
    life.give(above);
    life.case.closing = None;
    let words = "Tôi ra xem lại thì chưa thấy thay đổi như trả lời.";
    life.note(dice, (Kind::Reopened, None), Some(above.id.0), (true, words));
    if is_open {
        return Ok(());
    }
    life.wait(dice, world, (0, 2));
    let is_complex = life.case.is_complex;
    assign(dice, life, (above, above), is_complex)?;
    life.wait(dice, world, (0, 1));
    life.step(Act::Accept)?;
    life.note(dice, (Kind::Accepted, Some(above.officer)), None, (true, ""));
    life.wait(dice, world, (1, 5));
    let ends = closing(dice);
    life.submit(dice, above, ends)?;
    life.wait(dice, world, (0, 1));
    life.approve(dice, world, above)?;
    settled(dice, world, life)
}

/// Ends what nobody rated.
fn settled(dice: &mut Dice, world: &World, life: &mut Life) -> Result<(), PetitionsError> {
    let n = i64::from(world.limits.settle) + 1;
    life.wait(dice, world, (n, n));
    life.step(Act::Settle)?;
    let machine = Seat {
        account: AccountId(Uuid::nil()),
        post: PostId(Uuid::nil()),
        agency: AgencyId(Uuid::nil()),
    };
    life.note(dice, (Kind::Settled, Some(machine)), None, (true, ""));
    Ok(())
}

/// The rating of the last answer, in the period of that.
fn rated_tally(life: &Life, rating: i64) -> Option<(AgencyId, i64, Tally)> {
    let last = life.answers.iter().rev().find_map(|it| Some((it.agency, it.approved?.1)))?;
    Some((last.0, last.1, Tally::of_rating(rating)))
}

fn assign(
    dice: &mut Dice,
    life: &mut Life,
    (by, lead): (&Unit, &Unit),
    is_complex: bool,
) -> Result<(), PetitionsError> {
    life.step(Act::Assign)?;
    life.case.lead = Some(lead.id);
    life.case.is_complex = is_complex;
    life.give(lead);
    let kind = if is_complex { Kind::AssignedComplex } else { Kind::Assigned };
    life.note(dice, (kind, Some(by.officer)), Some(lead.id.0), (true, ""));
    Ok(())
}

/// Passed to an agency that gives it back.
fn refused(
    dice: &mut Dice,
    world: &World,
    life: &mut Life,
    (place, field): (&Unit, &str),
) -> Result<(), PetitionsError> {
    let Some(other) = world.cast.of_field(field).filter(|it| it.id != place.id) else {
        return Ok(());
    };
    life.wait(dice, world, (0, 1));
    assign(dice, life, (place, other), false)?;
    life.wait(dice, world, (0, 1));
    life.step(Act::Refuse)?;
    life.case.lead = None;
    life.give(place);
    let words = "Việc này đã phân cấp cho địa phương nơi xảy ra theo quy định hiện hành.";
    life.note(dice, (Kind::Refused, Some(other.officer)), Some(place.id.0), (true, words));
    Ok(())
}

fn ask(
    dice: &mut Dice,
    world: &World,
    life: &mut Life,
    officer: Seat,
) -> Result<(), PetitionsError> {
    life.wait(dice, world, (0, 2));
    life.step(Act::AskMore)?;
    let words = "Ông bà gửi thêm ảnh và cho biết giờ thường xảy ra để kiểm tra đúng lúc.";
    life.note(dice, (Kind::AskedMore, Some(officer)), None, (true, words));
    Ok(())
}

fn closing(dice: &mut Dice) -> Closing {
    match dice.below(100) {
        0..=79 => Closing::Solved,
        80..=91 => Closing::Unsolved,
        _ => Closing::Guided,
    }
}
