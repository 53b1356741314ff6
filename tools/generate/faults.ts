import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FAULT_CASES, type FaultCase } from '../fault-cases.ts';
import { ROOT } from '../run.ts';

/** The cases with the tests that show them. Throws where a test that is named does not stand in its file. */
export async function faultsPage(): Promise<string> {
    const rows = await Promise.all(FAULT_CASES.map(rowOf));
    const whole = FAULT_CASES.filter(({ shown, missing }) => shown.length > 0 && missing === undefined).length;
    const partly = FAULT_CASES.filter(({ shown, missing }) => shown.length > 0 && missing !== undefined).length;
    return [
        '# Faults',
        '',
        'Made from `tools/fault-cases.ts` by `npm run generate`; `npm run test:faults` runs every test that is named. Those that run a whole server end by comparing what it acknowledged with what is there, and by verifying the log from its first entry.',
        '',
        `${FAULT_CASES.length} cases: ${whole} shown, ${partly} shown in part, ${FAULT_CASES.length - whole - partly} of what is not built.`,
        '',
        '| | fault or abuse | expected | shown by | not shown |',
        '|---|---|---|---|---|',
        ...rows,
        '',
    ].join('\n');
}

async function rowOf({ number, fault, expected, shown, missing }: FaultCase): Promise<string> {
    for (const [file, title] of shown)
        if (!(await readFile(join(ROOT, file), 'utf8')).includes(title)) throw new Error(`no test “${title}” in ${file}`);
    const tests = [...new Set(shown.map(([file]) => `\`${file}\``))].join('<br>');
    return `| ${number} | ${fault} | ${expected} | ${tests} | ${missing ?? ''} |`;
}
