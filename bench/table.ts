/** A printed comparison: what was measured, against what, as a ratio. */
export type Row = { what: string; value: string; against?: string; ratio?: number; wanted?: string; met?: boolean };

export function printTable(title: string, rows: readonly Row[]): void {
    console.log(`\n## ${title}\n`);
    console.log('| what | measured | against | ratio | wanted |');
    console.log('|---|---|---|---|---|');
    for (const row of rows) {
        const wanted = row.wanted === undefined ? '' : `${row.wanted}${row.met === undefined ? '' : row.met ? ' ✓' : ' ✗'}`;
        console.log(
            `| ${row.what} | ${row.value} | ${row.against ?? ''} | ${row.ratio === undefined ? '' : row.ratio.toFixed(2)} | ${wanted} |`,
        );
    }
}

export function median(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
