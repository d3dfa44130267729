// Reads a workbook with SheetJS and writes it again in three ways: node write_with_sheetjs.cjs ORIGINAL FOLDER
const XLSX = require("xlsx");
const path = require("node:path");

const [original, folder] = process.argv.slice(2);
const book = XLSX.readFile(original, { cellNF: true, cellStyles: true, sheetStubs: true });
const ways = {
  "sheetjs-plain": {},
  "sheetjs-packed": { bookSST: true, compression: true },
};
for (const [name, options] of Object.entries(ways)) {
  XLSX.writeFile(book, path.join(folder, `${name}.xlsx`), options);
}

// What a page does that turns a grid into a file: rows of values, nothing else.
const dated = XLSX.readFile(original, { cellDates: true });
const bare = XLSX.utils.book_new();
for (const name of book.SheetNames) {
  const rows = XLSX.utils.sheet_to_json(dated.Sheets[name], { header: 1, raw: true, defval: null });
  XLSX.utils.book_append_sheet(bare, XLSX.utils.aoa_to_sheet(rows), name);
}
XLSX.writeFile(bare, path.join(folder, "sheetjs-rows.xlsx"), { bookSST: true, compression: true });
