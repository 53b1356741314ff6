import { SHANGHAI_OFFSET } from '../kernel/format.ts';
import type { CaseFacts, ProcedureId, StepData } from './case.ts';
import { countdownFor } from './case-deadlines.ts';
import { ALL, at, facts, PANEL, walk } from './case-testing.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';

/**
 * A row of a table about terms. `moves`: steps with their moment, separated by commas, of 2026 where no year is said. `stands`:
 * `-` where the term has not begun; else its beginning, `..` its last day (`?` without a length), `=` its state, and `@` when what
 * it asked for was done.
 */
export type TermRow = readonly [what: string, moves: string, now: string, stands: string];
export type TermTable = {
    readonly procedure: ProcedureId;
    readonly key: Parameters<typeof countdownFor>[2];
    readonly start?: Partial<CaseFacts>;
    /** What the steps say, where it is not the usual. */
    readonly data?: Readonly<Record<string, StepData>>;
    readonly rows: readonly TermRow[];
};

/** What steps say by default. */
const USUAL: Readonly<Record<string, StepData>> = {
    deliberate: PANEL,
    notify: { proposedFine: 500_000 },
    decide: { fine: 10_000 },
    reopen: { outcome: 'annulledByReview', reason: '复议决定' },
    collect: { hardToCollect: false },
    execute: { measure: 'seizure' },
    executeUrgently: { measure: 'seizure', reason: '紧急' },
    dispose: { outcome: 'confiscated' },
};

const moment = (text: string): number => at(/^\d{4}-/.test(text) ? text : `2026-${text}`);

function movesOf(text: string, data: TermTable['data']) {
    return text.split(',').flatMap((each) => {
        const [step = '', day = '', time = ''] = each.trim().split(' ');
        if (step === '') return [];
        const said = { reason: '理由', ...USUAL[step], ...data?.[step] };
        return [[step, /^\d{4}-/.test(day) ? `${day} ${time}` : `2026-${day} ${time}`, said] as const];
    });
}

/** `10-13 09:00`, with the year where it is not 2026. */
const said = (at: number): string => {
    const text = new Date(at + SHANGHAI_OFFSET).toISOString().slice(0, 16).replace('T', ' ');
    return text.startsWith('2026-') ? text.slice(5) : text;
};

/** How the term stands at `now`, in the row's own words. Steps are taken long after, so that no guard looks at today. */
export function termAt({ procedure, key, start, data }: TermTable, [, moves, now, stands]: TermRow): string {
    const walked = walk(facts({ procedure, documents: ALL, now: at('2031-01-01 09:00'), ...start }), movesOf(moves, data));
    const found = countdownFor(PROCEDURE_TABLES[procedure], { ...walked, now: moment(now) }, key);
    if (found === undefined) return '-';
    const lastDay = found.end?.state === 'running' ? found.end.lastDay : '?';
    const met = found.metAt === null ? '' : ` @${said(found.metAt)}`;
    return `${said(found.from)}${stands.includes('..') ? `..${lastDay} ` : ''}=${found.state}${met}`;
}
