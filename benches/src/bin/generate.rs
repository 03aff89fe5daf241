//! Writes the files of a caseload of made-up people: `generate FOLDER PEOPLE`.

use clw_benches::Failure;
use clw_benches::files::folder_argument;

fn main() -> Result<(), Failure> {
    let people = std::env::args().nth(2).ok_or("the number of people is missing; give it last")?;
    folder_argument()?.write(people.parse()?)
}
