/**
 * The cells of a table of texts (RFC 4180): quotes double inside quotes, a line break may stand inside them. The mark is the
 * comma, the semicolon or the tab, whichever the first line has most of. Lines without any text are left out.
 */
export function readDelimited(text: string): string[][] {
    const whole = text.replace(/^\uFEFF/, '');
    const mark = markOf(whole);
    const rows: string[][] = [];
    let row: string[] = [];
    let cell = '';
    let quoted = false;
    const endCell = () => {
        row.push(cell);
        cell = '';
    };
    const endRow = () => {
        endCell();
        if (row.some((each) => each.trim() !== '')) rows.push(row);
        row = [];
    };
    for (let at = 0; at < whole.length; at++) {
        const character = whole.charAt(at);
        if (quoted) {
            if (character !== '"') cell += character;
            else if (whole.charAt(at + 1) === '"') cell += whole.charAt(at++);
            else quoted = false;
        } else if (character === '"' && cell === '') quoted = true;
        else if (character === mark) endCell();
        else if (character === '\n' || character === '\r') {
            if (character === '\r' && whole.charAt(at + 1) === '\n') at++;
            endRow();
        } else cell += character;
    }
    if (cell !== '' || row.length > 0) endRow();
    return rows;
}

function markOf(text: string): string {
    const [first = ''] = text.split(/\r?\n/, 1);
    const count = (mark: string) => first.split(mark).length;
    return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}
