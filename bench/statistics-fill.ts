import pg from 'pg';

/** Ten years. */
export const FROM_YEAR = 2017;
const FIRST = Date.UTC(FROM_YEAR, 0, 1) - 8 * 3_600_000;
const SPAN_MS = 3_652 * 86_400_000;

/**
 * Judged acts of ten years in an institute and 16 districts, led by 1,500 officers in some hundred departments, of nine kinds. One in a
 * hundred has a finding that is still open; one in ten had some that are settled.
 */
export async function fillStatistics(url: string, acts: number): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    await client.query('set session_replication_role = replica; set search_path = liuhen, public; set synchronous_commit = off');
    await client.query("set maintenance_work_mem = '1GB'");
    const indexes = await client.query<{ name: string; made: string }>(
        `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
         where indrelid = any ('{act_judgement,finding}'::regclass[]) and not indisprimary and not exists (
             select from pg_constraint where conindid = indexrelid)`,
    );
    for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
    for (const fill of [ORGANISATIONS, DEPARTMENTS, PEOPLE]) await client.query(fill);
    await client.query(JUDGEMENTS, [acts, FIRST, SPAN_MS]);
    await client.query(FINDINGS);
    for (const { made } of indexes.rows) await client.query(made);
    await client.query('call recount_compliance()');
    for (const table of ['act_judgement', 'finding', 'person', 'compliance_month']) await client.query(`vacuum analyze ${table}`);
    await client.end();
}

const uuid = (kind: number, expression: string) =>
    `('00000000-0000-7000-8${kind}00-' || lpad((${expression})::text, 12, '0'))::uuid`;
/** The city at the head of the tree has no acts of its own. */
export const organisation = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
export const officer = (number: number): string => `00000000-0000-7000-8100-${String(number).padStart(12, '0')}`;
export const department = (number: number): string => `00000000-0000-7000-8200-${String(number).padStart(12, '0')}`;
/** Officer n is of district n mod 17 + 1 and of its department n mod 6. */
const orgOf = (n: string) => `1 + (${n}) % 17`;
const departmentOf = (n: string) => `(${orgOf(n)}) * 10 + (${n}) / 17 % 6`;

const ORGANISATIONS = `insert into organisation (id, org_id, version, command_id, parent_id, code, name, kind)
    select ${uuid(0, 'n')}, ${uuid(0, 'n')}, 1, gen_random_uuid(), case when n > 0 then ${uuid(0, '0')} end, 'B' || lpad(n::text, 4, '0'),
        '单位' || n, case when n > 0 then 'districtInstitute' else 'cityCommission' end from generate_series(0, 17) as n`;
const DEPARTMENTS = `insert into department (id, org_id, version, command_id, name)
    select ${uuid(2, 'o * 10 + d')}, ${uuid(0, 'o')}, 1, gen_random_uuid(), '科室' || d
    from generate_series(1, 17) as o, generate_series(0, 5) as d`;
const PEOPLE = `insert into person (id, org_id, version, command_id, name, kind, department_id, search_text)
    select ${uuid(1, 'n')}, ${uuid(0, orgOf('n'))}, 1, gen_random_uuid(), '监督员' || n, 'staff', ${uuid(2, departmentOf('n'))}, ''
    from generate_series(1, 1500) as n`;
const KINDS = `array['doubleRandomInspection', 'routineInspection', 'licenceSiteReview', 'complaintHandling', 'surveillanceSampling',
    'evidencePreservation', 'simpleProcedurePenalty', 'hearing', 'lienService']`;
const JUDGEMENTS = `insert into act_judgement (id, org_id, version, command_id, act_id, judged_at, verdict, verdicts, gaps, facts_sha256,
        scenario, starts_at, ends_at, lead_id, required_ms, covered_ms, exempt_ms, interruptions)
    select ${uuid(3, 'i')}, ${uuid(0, orgOf('lead'))}, 1, ${uuid(4, 'i')}, ${uuid(5, 'i')}, at,
        case when r % 100 < 80 then 'pass' when r % 100 < 90 then 'fail' when r % 100 < 98 then 'needsReview' else 'notApplicable' end,
        case when r % 50 = 0 then '[{"rule": "storedInTime", "params": {"late": 1}}]'::jsonb else '[]'::jsonb end,
        case when r % 20 = 0 then '[{"state": "open"}, {"state": "explained"}]'::jsonb else '[]'::jsonb end, '\\x${'00'.repeat(32)}'::bytea,
        (${KINDS})[1 + r / 100 % 9], at, at + 3600000, ${uuid(1, 'lead')}, 7200000, 7200000 - r % 600000, 0, r % 3
    from generate_series(1, $1::int) as i,
        lateral (select abs(hashint8extended(i, 1)) as r, 1 + abs(hashint8extended(i, 2)) % 1500 as lead,
            $2::bigint + i * $3::bigint / $1::bigint as at) as made`;
const FINDINGS = `insert into finding (id, org_id, version, command_id, act_id, rule, rule_version, key, code, params, modal, owner_id, state, found_at)
    select ${uuid(6, `row_number() over ()`)}, org_id, 1, command_id, act_id, 'interruptionsExplained', 1, '', 'recording.gap', '{}', 'must',
        lead_id, case when r % 100 = 0 then 'open' else 'settled' end, ends_at + 86400000
    from act_judgement, lateral (select abs(hashint8extended(starts_at, 3)) as r) as made where r % 10 = 0`;
