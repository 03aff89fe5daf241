//! Parts of a whole, one bar for each way of dividing it.

use maud::html;
use serde_json::{Value, json};

use super::super::format::{count, lines, percent};
use super::super::table::Table;
use super::svg::{Drawing, Fill, across, bar, legend, patterns, px, text};
use super::vega::{ACCENT, Colour, GREY, PAPER, TINT, WARM, labels, step};

/// Bars of equal length, each the whole of its own sample.
#[derive(Debug, Clone)]
pub(in super::super) struct ClassChart {
    /// The heading of the labels.
    pub(in super::super) label: &'static str,
    pub(in super::super) rows: Vec<ClassRow>,
}

/// One way of dividing a sample.
#[derive(Debug, Clone)]
pub(in super::super) struct ClassRow {
    pub(in super::super) label: String,
    /// How many there are of each class; they add up to the sample.
    pub(in super::super) parts: Vec<(Class, u64)>,
}

/// What became of people, needs, referrals or fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Class {
    /// Better.
    Improved,
    /// A need that was met.
    Met,
    /// A referral onward that was taken up.
    TakenUp,
    /// A field with a value.
    Recorded,
    /// Neither better nor worse, or not beyond the threshold of the rule.
    Same,
    /// A referral onward that nobody heard of again.
    NoLaterWord,
    /// A field that was asked for and is not known.
    AskedNotKnown,
    /// Worse.
    Worse,
    /// A need that was not met.
    Unmet,
    /// A referral onward that was not taken up.
    NotTakenUp,
    /// A field with nothing in it.
    NothingRecorded,
    /// Nobody knows.
    NotKnown,
}

/// How a class looks: what is good, what is neither, what is not, what is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Good,
    Neither,
    Bad,
    Unknown,
}

impl Class {
    const ALL: [Self; 12] = [
        Self::Improved,
        Self::Met,
        Self::TakenUp,
        Self::Recorded,
        Self::Same,
        Self::NoLaterWord,
        Self::AskedNotKnown,
        Self::Worse,
        Self::Unmet,
        Self::NotTakenUp,
        Self::NothingRecorded,
        Self::NotKnown,
    ];

    const fn words(self) -> &'static str {
        match self {
            Self::Improved => "Improved",
            Self::Met => "Met",
            Self::TakenUp => "Taken up",
            Self::Recorded => "Recorded",
            Self::Same => "No such change",
            Self::NoLaterWord => "No later word",
            Self::AskedNotKnown => "Asked, not known",
            Self::Worse => "Worse",
            Self::Unmet => "Not met",
            Self::NotTakenUp => "Not taken up",
            Self::NothingRecorded => "Nothing recorded",
            Self::NotKnown => "Not known",
        }
    }

    const fn look(self) -> Look {
        match self {
            Self::Improved | Self::Met | Self::TakenUp | Self::Recorded => Look::Good,
            Self::Same | Self::NoLaterWord | Self::AskedNotKnown => Look::Neither,
            Self::Worse | Self::Unmet | Self::NotTakenUp | Self::NothingRecorded => Look::Bad,
            Self::NotKnown => Look::Unknown,
        }
    }

    const fn fill(self, id: &str) -> Fill<'_> {
        match self.look() {
            Look::Good => Fill::Solid,
            Look::Neither => Fill::Tint,
            Look::Bad => Fill::Hatched(id),
            Look::Unknown => Fill::Dotted(id),
        }
    }

    const fn text_class(self) -> &'static str {
        match self.look() {
            Look::Good => "value on-solid",
            Look::Neither => "value",
            Look::Bad => "value haloed warm",
            Look::Unknown => "value haloed",
        }
    }

    const fn colour(self) -> Colour {
        match self.look() {
            Look::Good => ACCENT,
            Look::Neither => TINT,
            Look::Bad => WARM,
            Look::Unknown => GREY,
        }
    }
}

/// The letters of a line of a label that have room beside a number on a telephone.
const LABEL_LETTERS: usize = 30;

/// Parts narrower than this have no room for their percentage on a telephone.
const ROOM_FOR_TEXT: f64 = 0.17;

impl ClassRow {
    fn of(&self) -> u64 {
        self.parts.iter().map(|(_, people)| people).sum()
    }

    fn people(&self, class: Class) -> u64 {
        self.parts.iter().filter(|(of, _)| *of == class).map(|(_, people)| people).sum()
    }
}

impl ClassChart {
    fn classes(&self) -> Vec<Class> {
        let occurs =
            |class: &Class| self.rows.iter().any(|row| row.parts.iter().any(|(of, _)| of == class));
        Class::ALL.into_iter().filter(occurs).collect()
    }

    pub(super) fn draw(&self, id: &str) -> Drawing {
        let classes = self.classes();
        let entries: Vec<_> = classes.iter().map(|class| (class.fill(id), class.words())).collect();
        let key = legend(0.0, &entries);
        let mut y = key.height + 14.0;
        let mut body = vec![patterns(id), key.body];
        for row in &self.rows {
            let all = row.of().max(1) as f64;
            body.push(text("label", "end", 1.0, y + 14.0, &count(row.of())));
            for line in lines(&row.label, LABEL_LETTERS) {
                body.push(text("label", "start", 0.0, y + 14.0, &line));
                y += 18.0;
            }
            let mut x = 0.0;
            for class in &classes {
                let share = row.people(*class) as f64 / all;
                body.push(bar(&class.fill(id), x, y + 4.0, share, 26.0));
                if share >= ROOM_FOR_TEXT {
                    let middle = x + share / 2.0;
                    body.push(text(
                        class.text_class(),
                        "middle",
                        middle,
                        y + 21.5,
                        &percent(share),
                    ));
                }
                x += share;
            }
            body.push(html! {
                rect class="outline" x="0" y=(px(y + 4.0)) width=(across(1.0)) height="26" {}
            });
            y += 46.0;
        }
        Drawing { height: y, body: html! { @for part in &body { (part) } } }
    }

    pub(super) fn vega_lite(&self) -> Value {
        let classes = self.classes();
        let names: Vec<&str> = classes.iter().map(|class| class.words()).collect();
        let colours: Vec<Colour> = classes.iter().map(|class| class.colour()).collect();
        let rows: Vec<Value> = self
            .rows
            .iter()
            .flat_map(|row| {
                classes.iter().enumerate().map(|(order, class)| {
                    let people = row.people(*class);
                    let share = (row.of() > 0).then(|| people as f64 / row.of() as f64);
                    json!({
                        "rule": row.label, "class": class.words(), "order": order,
                        "people": people, "of": row.of(), "share": share,
                    })
                })
            })
            .collect();
        let printed = || self.rows.iter().map(|row| row.label.as_str());
        json!({
            "width": 560,
            "height": step(printed(), 40),
            "data": {"values": rows},
            "mark": {"type": "bar", "stroke": PAPER, "strokeWidth": 1},
            "encoding": {
                "y": labels("rule", printed()),
                "x": {
                    "field": "share", "type": "quantitative", "stack": "zero", "title": null,
                    "axis": {"format": "%"}, "scale": {"domain": [0, 1]},
                },
                "color": {
                    "field": "class", "type": "nominal", "title": null,
                    "scale": {"domain": names, "range": colours},
                },
                "order": {"field": "order", "type": "quantitative"},
                "tooltip": [
                    {"field": "rule", "title": self.label},
                    {"field": "class", "title": "Class"},
                    {"field": "people", "title": "Number", "format": ","},
                    {"field": "of", "title": "Of", "format": ","},
                    {"field": "share", "title": "Share", "format": ".1%"},
                ],
            },
        })
    }

    pub(super) fn table(&self, caption: String) -> Table {
        let classes = self.classes();
        let table = Table::new(caption, self.label);
        let mut table =
            classes.iter().fold(table, |table, class| table.numbers(class.words())).numbers("All");
        for row in &self.rows {
            let all = row.of();
            let cell = |class: &Class| {
                let people = row.people(*class);
                match (all, row.parts.iter().any(|(of, _)| of == class)) {
                    (_, false) => "–".to_owned(),
                    (0, _) => count(people),
                    _ => format!("{} ({})", count(people), percent(people as f64 / all as f64)),
                }
            };
            let cells = classes.iter().map(cell).chain([count(all)]).collect();
            table.push(row.label.as_str(), cells);
        }
        table
    }
}
