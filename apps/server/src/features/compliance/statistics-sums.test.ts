import { type Id, monthNumber, monthNumbered, type StatisticGroup } from '@liuhen/domain';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kyselyOn } from '../../platform/db/client-dialect.ts';
import type { ReadDb } from '../../platform/db/database.ts';
import type { DB } from '../../schema/db.generated.ts';
import { type FeatureSystem, featureSystem } from '../../testing/feature-system.ts';
import type { Counted } from './statistics-asked.ts';
import { groupsOf } from './statistics-groups.queries.ts';

const ORGS = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
const id = (kind: number, n: number): Id => `00000000-0000-7000-8${kind}00-${String(n).padStart(12, '0')}`;
const LEADS = [1, 2, 3, null] as const;
const SCENARIOS = ['hearing', 'routineInspection'] as const;
const ACTS = 6;
const FINDINGS = 10;
/** What is asked for ends here. */
const LAST = monthNumber('2026-11');
const NOW = Date.UTC(2026, 10, 18);

let system: FeatureSystem;
beforeAll(async () => {
    system = await featureSystem();
    const fill = await begun();
    await fill.query(`insert into department (id, org_id, version, command_id, name)
        select ('00000000-0000-7000-8200-' || lpad(n::text, 12, '0'))::uuid, '${ORGS[0]}', 1, gen_random_uuid(), '科室' || n from generate_series(1, 2) as n`);
    await fill.query(`insert into person (id, org_id, version, command_id, name, kind, search_text, department_id)
        select ('00000000-0000-7000-8100-' || lpad(n::text, 12, '0'))::uuid, '${ORGS[0]}', 1, gen_random_uuid(), '监督员' || n, 'staff', '',
            case when n < 3 then ('00000000-0000-7000-8200-' || lpad(n::text, 12, '0'))::uuid end from generate_series(1, 3) as n`);
    await fill.query('commit');
    fill.release();
});
afterAll(async () => {
    await system.close();
});

/** A superuser's transaction in which keys and what only commands may do is not looked at; triggers that count run. */
async function begun(): Promise<pg.PoolClient> {
    const client = await system.superPool.connect();
    await client.query('begin');
    await client.query('set local search_path = liuhen, public');
    for (const table of ['act_judgement', 'finding', 'person', 'department'])
        await client.query(`alter table ${table} disable trigger all`);
    for (const table of ['act_judgement', 'finding'])
        await client.query(`alter table ${table} enable trigger counted, enable trigger counted_again`);
    return client;
}

/** Of three years, so that some periods hold whole years with months before and after them; few, so that acts meet in them. */
const aMonth = fc.constantFrom(LAST - 35, LAST - 23, LAST - 22, LAST - 11, LAST - 9, LAST - 4, LAST);
const anyMonth = fc.integer({ min: LAST - 36, max: LAST + 1 });
const judgement = fc.record({
    month: aMonth,
    lead: fc.constantFrom(...LEADS),
    scenario: fc.constantFrom(...SCENARIOS),
    verdict: fc.constantFrom('pass', 'fail', 'needsReview', 'notApplicable'),
    ms: fc.integer({ min: 0, max: 1e6 }),
    gaps: fc.array(fc.constantFrom('open', 'explained'), { maxLength: 3 }),
    late: fc.integer({ min: 0, max: 2 }),
});
const finding = fc.record({
    act: fc.integer({ min: 1, max: ACTS }),
    state: fc.constantFrom('open', 'answered', 'explained', 'settled'),
    daysAgo: fc.constantFrom(1, 7, 8, 30, 31),
});
/** One statement over some rows: new ones are made, those there are changed. */
const step = fc.oneof(
    fc.record({
        judged: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: ACTS }), judgement), { selector: ([n]) => n, minLength: 1 }),
    }),
    fc.record({
        found: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: FINDINGS }), finding), { selector: ([n]) => n, minLength: 1 }),
    }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function apply(client: pg.PoolClient, of: Step): Promise<void> {
    if ('judged' in of)
        await client.query(
            `with given as (select * from json_to_recordset($1) as g (n int, starts_at bigint, lead uuid, scenario text, verdict text, ms bigint,
                    gaps jsonb, verdicts jsonb, org uuid, act uuid, id uuid)),
                changed as (update act_judgement j set version = version + 1, starts_at = g.starts_at, lead_id = lead, scenario = g.scenario,
                    verdict = g.verdict, required_ms = ms, covered_ms = ms / 2, gaps = g.gaps, verdicts = g.verdicts from given g where j.id = g.id)
            insert into act_judgement (id, org_id, version, command_id, act_id, judged_at, verdict, verdicts, gaps, facts_sha256, scenario, starts_at,
                ends_at, lead_id, required_ms, covered_ms, exempt_ms, interruptions)
            select id, org, 1, id, act, 0, verdict, verdicts, gaps, sha256(''), scenario, starts_at, starts_at + 1, lead, ms, ms / 2, 1, 2 from given g
            where not exists (select from act_judgement j where j.id = g.id)`,
            [
                JSON.stringify(
                    of.judged.map(([n, { month, lead, gaps, late, ...rest }]) => ({
                        ...rest,
                        ...{ n, id: id(5, n), act: id(3, n), org: ORGS[n % 2] },
                        starts_at: Date.UTC(Math.floor(month / 12), month % 12, 1) - 8 * 3_600_000,
                        lead: lead === null ? null : id(1, lead),
                        gaps: gaps.map((state) => ({ state })),
                        verdicts: [{ rule: 'storedInTime', params: { late } }],
                    })),
                ),
            ],
        );
    else
        await client.query(
            `with given as (select * from json_to_recordset($1) as g (id uuid, org uuid, act uuid, state text, found_at bigint)),
                changed as (update finding f set version = version + 1, state = g.state from given g where f.id = g.id)
            insert into finding (id, org_id, version, command_id, act_id, rule, rule_version, key, code, params, modal, state, found_at)
            select id, org, 1, id, act, 'partyLinked', 1, '', 'party.missing', '{}', 'must', state, found_at from given g
            where not exists (select from finding f where f.id = g.id)`,
            [
                JSON.stringify(
                    of.found.map(([n, { act, state, daysAgo }]) => ({
                        ...{ id: id(6, n), act: id(3, act), org: ORGS[act % 2], state },
                        found_at: NOW - daysAgo * 86_400_000,
                    })),
                ),
            ],
        );
}

/** Counted over the rows themselves, without any sum that is kept. */
async function counted(client: pg.PoolClient, { by, from, to, departmentId, personId, scenario }: Counted) {
    const key = {
        organisation: 'j.org_id',
        department: `j.org_id || '/' || coalesce(p.department_id::text, '')`,
        person: `j.org_id || '/' || coalesce(j.lead_id::text, '')`,
        scenario: 'j.scenario',
        month: 'month_of(j.starts_at)',
    }[by as StatisticGroup];
    const where = `month_of(j.starts_at) between ${monthNumber(from)} and ${monthNumber(to)} ${departmentId === undefined ? '' : `and p.department_id = '${departmentId}'`}
        ${personId === undefined ? '' : `and j.lead_id = '${personId}'`} ${scenario === undefined ? '' : `and j.scenario = '${scenario}'`}`;
    const acts = await client.query(
        `select (${key})::text as key, count(*)::int as acts, count(*) filter (where verdict = 'pass')::int as complete, sum(required_ms)::int as required,
            sum(covered_ms)::int as covered, sum(interruptions)::int as interruptions, sum((verdicts -> 0 -> 'params' ->> 'late')::int)::int as late,
            sum((select count(*) from jsonb_array_elements(gaps) g where g ->> 'state' = 'open'))::int as gaps
        from act_judgement j left join person p on p.id = j.lead_id where verdict <> 'notApplicable' and ${where} group by 1 order by 1`,
    );
    const open = await client.query(
        `select (${key})::text as key, count(*)::int as open, count(*) filter (where found_at >= ${NOW - 86_400_000 * 7})::int as week
        from finding f join act_judgement j on j.act_id = f.act_id left join person p on p.id = j.lead_id
        where f.state in ('open', 'answered') and ${where} group by 1 order by 1`,
    );
    return { acts: acts.rows, open: open.rows };
}

/** The same of what the statistics say. */
function said(groups: Awaited<ReturnType<typeof groupsOf>>, by: StatisticGroup) {
    const keyed = groups.map(({ key, figures }) => ({
        key: {
            organisation: key.org,
            department: `${key.org}/${key.department ?? ''}`,
            person: `${key.org}/${key.person ?? ''}`,
            scenario: key.scenario,
            month: String(key.month),
        }[by],
        figures,
    }));
    const sorted = keyed.toSorted((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
    return {
        acts: sorted.flatMap(({ key, figures: of }) =>
            of.acts === 0
                ? []
                : [
                      {
                          ...{ key, acts: of.acts, complete: of.complete, required: of.requiredMs, covered: of.coveredMs },
                          ...{ interruptions: of.interruptions, late: of.late, gaps: of.openGaps },
                      },
                  ],
        ),
        open: sorted.flatMap(({ key, figures: of }) => {
            const open = of.openWeek + of.openMonth + of.openOlder;
            return open === 0 ? [] : [{ key, open, week: of.openWeek }];
        }),
    };
}

describe('sums that are kept', () => {
    it('are what is counted over the rows, whatever changed in whichever order, for every question', async () => {
        const asked = fc.record({
            by: fc.constantFrom('organisation', 'department', 'person', 'scenario', 'month'),
            period: fc.tuple(anyMonth, anyMonth).map((pair) => pair.toSorted((a, b) => a - b)),
            narrowed: fc.constantFrom({}, { departmentId: id(2, 1) }, { personId: id(1, 2) }, { scenario: 'hearing' as const }),
        });
        await fc.assert(
            fc.asyncProperty(
                fc.array(step, { minLength: 1, maxLength: 8 }),
                fc.array(asked, { minLength: 3, maxLength: 6 }),
                async (steps, questions) => {
                    const client = await begun();
                    try {
                        for (const each of steps) await apply(client, each);
                        for (const { by, period, narrowed } of questions) {
                            const [from = 0, to = 0] = period;
                            const question = {
                                by,
                                from: monthNumbered(from),
                                to: monthNumbered(to),
                                now: NOW,
                                ...narrowed,
                            } as Counted;
                            expect(said(await groupsOf(kyselyOn<DB>(client) as unknown as ReadDb, ORGS, question), by)).toEqual(
                                await counted(client, question),
                            );
                        }
                    } finally {
                        await client.query('rollback');
                        client.release();
                    }
                },
            ),
            { numRuns: 200 },
        );
    });
});
