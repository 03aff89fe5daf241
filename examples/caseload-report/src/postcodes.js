// A look-up of postcodes, such as the one that the Scottish Government publishes with SIMD: which of its columns is which.

const wanted = {
  postcode: /^(unit )?post ?code$|^pcd\d?$|^pc$/i,
  quintile: /quintile/i,
  decile: /decile/i,
  introduced: /introduc/i,
  deleted: /delet/i,
};

/** The file and its mapping, from its headings. */
export async function postcodeLookup(file) {
  const [line = ""] = (await file.slice(0, 65_536).text()).replace(/^\uFEFF/, "").split(/\r\n|\r|\n/).filter(Boolean);
  const delimiter = [";", "\t", "|"].find((mark) => line.split(mark).length > line.split(",").length);
  const headings = line.split(delimiter ?? ",").map((heading) => heading.trim().replace(/^"(.*)"$/, "$1"));
  // Of several versions the latest: it stands first where the newest is first, and its year is in the heading.
  const newest = (found) => found.sort((one, other) => (year(other) ?? "").localeCompare(year(one) ?? ""))[0];
  const columns = Object.fromEntries(
    Object.entries(wanted).map(([field, heading]) => [field, newest(headings.filter((one) => heading.test(one) && !/country|uk/i.test(one)))]).filter(([, heading]) => heading),
  );
  if (!columns.postcode || !(columns.quintile || columns.decile)) {
    throw new Error(`${file.name} is no look-up of postcodes; its first row has to have the headings Postcode, and Quintile or Decile. Save an Excel file as CSV first.`);
  }
  const version = year(columns.quintile ?? columns.decile) ?? year(file.name);
  if (!version) throw new Error(`${file.name} does not say of which SIMD it is; put it into the file’s name, such as simd-2020v2.csv.`);
  const { postcode, quintile, decile, introduced, deleted } = columns;
  return {
    mapping: {
      file: file.name,
      ...(delimiter && { delimiter }),
      dates: ["iso", "dd/mm/yyyy"],
      columns: { postcode, ...(quintile && { quintile }), ...(decile && { decile }), ...(introduced && { introduced }), ...(deleted && { deleted }) },
      constants: { version },
    },
    file,
  };
}

const year = (text) => /20\d\d(v\d)?/i.exec(text ?? "")?.[0].toLowerCase();
