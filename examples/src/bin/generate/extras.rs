//! Needs, onward links and tangible outcomes of the people seen.

use crate::people::Episode;
use crate::programme::{AS_OF, Day};
use crate::random::Draws;

pub(crate) struct Need {
    pub(crate) reason: &'static str,
    pub(crate) identified: Day,
    pub(crate) met: &'static str,
}

pub(crate) struct Link {
    pub(crate) destination: &'static str,
    pub(crate) made: Day,
    pub(crate) status: &'static str,
}

pub(crate) struct Outcome {
    pub(crate) reason: &'static str,
    pub(crate) description: &'static str,
    pub(crate) day: Day,
    pub(crate) pounds: Option<i32>,
}

/// What is recorded of each episode besides its scores, in the order of the episodes.
pub(crate) struct Extras {
    pub(crate) needs: Vec<Vec<Need>>,
    pub(crate) links: Vec<Vec<Link>>,
    pub(crate) outcomes: Vec<Vec<Outcome>>,
}

impl Extras {
    pub(crate) fn draw(draws: &mut Draws, episodes: &[Episode]) -> Self {
        Self {
            needs: episodes.iter().map(|episode| needs(draws, episode)).collect(),
            links: episodes.iter().map(|episode| links(draws, episode)).collect(),
            outcomes: episodes.iter().map(|episode| outcomes(draws, episode)).collect(),
        }
    }
}

/// The needs found: the reasons for referral, and sometimes one more.
fn needs(draws: &mut Draws, episode: &Episode) -> Vec<Need> {
    let Some(first) = episode.journey.attended.first().copied() else { return Vec::new() };
    let mut reasons: Vec<&'static str> =
        episode.reasons.iter().copied().filter(|_| draws.chance(0.75)).collect();
    let (_, found) = draws.weighted(&DESTINATIONS);
    if draws.chance(0.3) && !reasons.contains(&found) {
        reasons.push(found);
    }
    let met = [(40, "yes"), (25, "no"), (15, "not known"), (20, "")];
    reasons
        .into_iter()
        .map(|reason| Need { reason, identified: first, met: draws.weighted(&met) })
        .collect()
}

/// The services the person was pointed or taken to.
fn links(draws: &mut Draws, episode: &Episode) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for day in episode.journey.attended.iter().take(4) {
        let (destination, _) = draws.weighted(&DESTINATIONS);
        if draws.chance(0.42) && links.iter().all(|link| link.destination != destination) {
            links.push(Link { destination, made: *day, status: draws.weighted(&STATUSES) });
        }
    }
    links
}

/// What happened in the person's life: more of it the longer they were seen.
fn outcomes(draws: &mut Draws, episode: &Episode) -> Vec<Outcome> {
    let Some(last) = episode.journey.attended.last().copied() else { return Vec::new() };
    let chances = episode.journey.attended.len().min(5);
    let mut outcomes: Vec<Outcome> = Vec::new();
    for _ in 0..chances {
        let (reason, description, worth) = draws.weighted(&OUTCOMES);
        let day = (last + draws.between(0, 30)).min(AS_OF);
        let pounds = (worth > 0 && draws.chance(0.7)).then(|| worth * draws.between(2, 20));
        if draws.chance(0.26) && outcomes.iter().all(|known| known.description != description) {
            outcomes.push(Outcome { reason, description, day, pounds });
        }
    }
    outcomes
}

type Destination = (&'static str, &'static str);

const DESTINATIONS: [(u32, Destination); 12] = [
    (14, ("Welfare rights service", "welfare-and-social-security")),
    (12, ("Money advice", "finance-and-debt")),
    (12, ("Community café", "isolation-and-loneliness")),
    (10, ("Counselling service", "mental-health")),
    (9, ("Housing options team", "housing")),
    (9, ("Walking group", "physical-activity")),
    (8, ("Food pantry", "food-and-fuel")),
    (7, ("Carers' centre", "caring")),
    (6, ("Bereavement group", "bereavement")),
    (6, ("Employability service", "employment-and-learning")),
    (4, ("Recovery café", "substance-use")),
    (3, ("Women's support service", "abuse")),
];

const STATUSES: [(u32, &str); 13] = [
    (6, "suggested"),
    (14, "signposted"),
    (12, "referred"),
    (3, "accompanied"),
    (7, "waiting"),
    (5, "declined-by-person"),
    (2, "declined-by-service"),
    (5, "attended-once"),
    (8, "engaged"),
    (5, "completed"),
    (6, "not-taken-up"),
    (22, "unknown"),
    (5, ""),
];

const OUTCOMES: [(u32, (&str, &str, i32)); 10] = [
    (20, ("welfare-and-social-security", "benefit awarded or put right", 310)),
    (12, ("finance-and-debt", "debt reduced or payment plan agreed", 150)),
    (10, ("housing", "housing application made", 0)),
    (7, ("housing", "tenancy kept or new tenancy", 0)),
    (16, ("mental-health", "more confident", 0)),
    (14, ("isolation-and-loneliness", "joined a group", 0)),
    (8, ("food-and-fuel", "fuel or food grant received", 40)),
    (6, ("employment-and-learning", "started work, training or volunteering", 0)),
    (5, ("physical-activity", "more active", 0)),
    (4, ("caring", "carer's assessment done", 0)),
];
