// Reads a workbook with ExcelJS and writes it again, whole and as a stream: node write_with_exceljs.cjs ORIGINAL FOLDER
const ExcelJS = require("exceljs");
const path = require("node:path");

const [original, folder] = process.argv.slice(2);

async function main() {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(original);
  await book.xlsx.writeFile(path.join(folder, "exceljs-whole.xlsx"));

  for (const useSharedStrings of [true, false]) {
    const name = useSharedStrings ? "exceljs-stream-shared" : "exceljs-stream-inline";
    const stream = new ExcelJS.stream.xlsx.WorkbookWriter({
      filename: path.join(folder, `${name}.xlsx`),
      useStyles: true,
      useSharedStrings,
    });
    for (const sheet of book.worksheets) {
      const copy = stream.addWorksheet(sheet.name, { state: sheet.state });
      sheet.eachRow({ includeEmpty: true }, (row) => {
        const written = copy.getRow(row.number);
        row.eachCell({ includeEmpty: true }, (cell, column) => {
          written.getCell(column).value = cell.value;
          written.getCell(column).numFmt = cell.numFmt;
        });
        written.commit();
      });
      copy.commit();
    }
    await stream.commit();
  }
}

main();
