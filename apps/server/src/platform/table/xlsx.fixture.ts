import { deflateRawSync } from 'node:zlib';

/** Contents by name; bytes are taken as packed already. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A ZIP as office programs write them, without check sums, which no reader of ours asks for. */
export function zipFile(files: Files): Uint8Array {
    const [parts, index]: [Buffer[], Buffer[]] = [[], []];
    let offset = 0;
    for (const [name, content] of Object.entries(files)) {
        const packed = typeof content === 'string' ? deflateRawSync(content) : Buffer.from(content);
        const label = Buffer.from(name);
        const local = Buffer.alloc(30);
        local.writeUInt32LE(0x04034b50, 0);
        local.writeUInt16LE(8, 8);
        local.writeUInt32LE(packed.length, 18);
        local.writeUInt16LE(label.length, 26);
        const entry = Buffer.alloc(46);
        entry.writeUInt32LE(0x02014b50, 0);
        entry.writeUInt16LE(8, 10);
        entry.writeUInt32LE(packed.length, 20);
        entry.writeUInt16LE(label.length, 28);
        entry.writeUInt32LE(offset, 42);
        parts.push(local, label, packed);
        index.push(entry, label);
        offset += local.length + label.length + packed.length;
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(Object.keys(files).length, 10);
    end.writeUInt32LE(Buffer.concat(index).length, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...parts, ...index, end]);
}

type Book = { rows: string; strings?: string; properties?: string; prolog?: string; merged?: readonly string[]; third?: string };

/** A workbook with a hidden sheet, the sheet 名单, whose cells may be merged, and another; styles 1 and 2 show days. */
export function xlsxFile({ rows, strings = '', properties = '', prolog = '', merged = [], third = '' }: Book): Uint8Array {
    const merges =
        merged.length === 0 ? '' : `<mergeCells>${merged.map((each) => `<mergeCell ref="${each}"/>`).join('')}</mergeCells>`;
    const relation = (id: string, target: string) => `<Relationship Id="${id}" Type="worksheet" Target="${target}"/>`;
    return zipFile({
        'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns:r="r">${properties}<sheets><sheet name="隐藏" state="hidden" r:id="r1"/>
            <sheet name="名单" r:id="r2"/><sheet name="说明" r:id="r3"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships>${relation('r1', 'worksheets/sheet1.xml')}${relation('r2', 'worksheets/sheet2.xml')}${relation('r3', '/xl/worksheets/sheet3.xml')}</Relationships>`,
        'xl/styles.xml': `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs></styleSheet>`,
        'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
        'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1"><c r="A1"><v>9</v></c></row></sheetData></worksheet>',
        'xl/worksheets/sheet2.xml': `${prolog}<worksheet><sheetData>${rows}</sheetData>${merges}</worksheet>`,
        'xl/worksheets/sheet3.xml': `<worksheet><sheetData>${third}</sheetData></worksheet>`,
    });
}
