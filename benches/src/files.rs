//! The files that both sides of a comparison read: a spreadsheet, and columns as raw bytes.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use clw_core::instrument::{Measure, Points, catalogue};
use clw_core::score::{AnswerColumn, Unscored};

use crate::Failure;
use crate::population::{self, Draws, ITEMS, Wellbeing, leave_gaps};

/// The two sittings of each person in the columns.
pub const SITTINGS: usize = 2;

/// Where the files of a caseload of one size lie.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The files in this folder.
    #[must_use]
    pub fn at(path: &str) -> Self {
        Self(PathBuf::from(path))
    }

    /// One row a form, headings first.
    #[must_use]
    pub fn csv(&self) -> PathBuf {
        self.0.join("assessments.csv")
    }

    fn answers(&self, kind: &str) -> PathBuf {
        self.0.join(format!("answers-{kind}.i8"))
    }

    fn points(&self) -> PathBuf {
        self.0.join("points.i32")
    }

    /// Makes up so many people and writes all files.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn write(&self, people: u32) -> Result<(), Failure> {
        fs::create_dir_all(&self.0)?;
        let mut csv = BufWriter::new(fs::File::create(self.csv())?);
        population::write_csv(people, &mut csv)?;
        csv.flush()?;
        let rows = usize::try_from(people)?;
        let mut complete = Columns::new(rows);
        let mut gappy = Columns::new(rows);
        let mut draws = Draws::new(2);
        for _ in 0..people {
            let wellbeing = Wellbeing::draw(&mut draws);
            for (sitting, number) in (0..SITTINGS).zip(0..) {
                let mut answers = wellbeing.answers(number, &mut draws);
                complete.push(sitting, answers);
                leave_gaps(&mut answers, &mut draws);
                gappy.push(sitting, answers);
            }
        }
        fs::write(self.answers("complete"), complete.bytes())?;
        fs::write(self.answers("gappy"), gappy.bytes())?;
        let mut points = Vec::new();
        let wellbeing = wellbeing()?;
        for sitting in complete.sittings() {
            let (scores, _) = score(&wellbeing, &sitting, rows)?;
            points.extend(scores.iter().flat_map(|points| points.0.to_le_bytes()));
        }
        Ok(fs::write(self.points(), points)?)
    }

    /// The answers of both sittings, of the kind `complete` or `gappy`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read_answers(&self, kind: &str) -> Result<Columns, Failure> {
        let bytes = fs::read(self.answers(kind))?;
        let rows = bytes.len() / (ITEMS * SITTINGS);
        let columns = bytes.chunks_exact(rows.max(1));
        Ok(Columns(
            columns.map(|column| column.iter().map(|b| b.cast_signed()).collect()).collect(),
        ))
    }

    /// The points of both sittings, in hundredths of a metric point.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read_points(&self) -> Result<[Vec<i32>; SITTINGS], Failure> {
        let bytes = fs::read(self.points())?;
        let (points, _) = bytes.as_chunks();
        let points: Vec<i32> = points.iter().map(|bytes| i32::from_le_bytes(*bytes)).collect();
        let (baseline, follow_up) = points.split_at(points.len() / 2);
        Ok([baseline.to_vec(), follow_up.to_vec()])
    }
}

/// The measure that everything here is scored on.
///
/// # Errors
/// Where the catalogue does not have it.
pub fn wellbeing() -> Result<Measure, Failure> {
    Ok(catalogue::find("swemwbs")?.measure("wellbeing")?.clone())
}

/// Scores one sitting into new columns.
///
/// # Errors
/// Where the columns do not fit the measure.
pub fn score(
    measure: &Measure,
    columns: &[AnswerColumn<'_>],
    rows: usize,
) -> Result<(Vec<Points>, Vec<Option<Unscored>>), Failure> {
    let (mut points, mut outcomes) = (vec![Points(0); rows], vec![None; rows]);
    measure.points_of_columns(columns, &mut points, &mut outcomes)?;
    Ok((points, outcomes))
}

/// Columns of answers, the seven of the first sitting before those of the second.
#[derive(Debug)]
pub struct Columns(Vec<Vec<i8>>);

impl Columns {
    fn new(rows: usize) -> Self {
        Self((0..ITEMS * SITTINGS).map(|_| Vec::with_capacity(rows)).collect())
    }

    fn push(&mut self, sitting: usize, answers: [i8; ITEMS]) {
        for (column, answer) in self.0.iter_mut().skip(sitting * ITEMS).zip(answers) {
            column.push(answer);
        }
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.iter().flatten().map(|code| code.cast_unsigned()).collect()
    }

    /// How many people there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.0.first().map_or(0, Vec::len)
    }

    /// The columns of each sitting.
    pub fn sittings(&self) -> impl Iterator<Item = Vec<AnswerColumn<'_>>> {
        let sittings = self.0.chunks(ITEMS).map(|columns| columns.iter().map(Vec::as_slice));
        sittings.map(|columns| columns.map(AnswerColumn::from).collect())
    }
}

/// The only argument that names a folder, as all programs here take it first.
///
/// # Errors
/// Where there is none.
pub fn folder_argument() -> Result<Folder, Failure> {
    let path =
        std::env::args().nth(1).ok_or("the folder of the files is missing; give it first")?;
    Ok(Folder::at(&path))
}
