import pg from 'pg';

/** Ten years. */
export const FROM_YEAR = 2017;
export const FIRST = Date.UTC(FROM_YEAR, 0, 1) - 8 * 3_600_000;
export const SPAN_MS = 3_652 * 86_400_000;

/**
 * What the judged acts of ten years come to, in an institute and 16 districts, led by 1,500 officers in some hundred departments, of nine
 * kinds; of one act in fifty a finding is still open; 20,000 faults of recorders were reported. The acts themselves are there for the lists
 * behind the numbers (`fillCounted`).
 */
export async function fillStatistics(url: string, acts: number): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    await client.query('set session_replication_role = replica; set search_path = liuhen, public; set synchronous_commit = off');
    await client.query("set work_mem = '2GB'; set hash_mem_multiplier = 1");
    for (const fill of [ORGANISATIONS, DEPARTMENTS, PEOPLE, FAULTS]) await client.query(fill);
    for (const fill of [MONTHS, OPEN]) await client.query(fill, [acts, FIRST, SPAN_MS]);
    await client.query('call sum_compliance()');
    await client.end();
}

export const uuid = (kind: number, expression: string) =>
    `('00000000-0000-7000-8${kind}00-' || lpad((${expression})::text, 12, '0'))::uuid`;
/** The city at the head of the tree has no acts of its own. */
export const organisation = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
export const officer = (number: number): string => `00000000-0000-7000-8100-${String(number).padStart(12, '0')}`;
export const department = (number: number): string => `00000000-0000-7000-8200-${String(number).padStart(12, '0')}`;
/** Officer n is of district n mod 17 + 1 and of its department n mod 6. */
export const orgOf = (n: string) => `1 + (${n}) % 17`;
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
export const KINDS = `array['doubleRandomInspection', 'routineInspection', 'licenceSiteReview', 'complaintHandling', 'surveillanceSampling',
    'evidencePreservation', 'simpleProcedurePenalty', 'hearing', 'lienService']`;
/** Act i with its random number, who leads it and when it began. */
export const ACT = `generate_series(1, $1::int) as i, lateral (select abs(hashint8extended(i, 1)) as r, 1 + abs(hashint8extended(i, 2)) % 1500 as lead,
    $2::bigint + i * $3::bigint / $1::bigint as at) as made`;
const MONTHS = `insert into compliance_month
    select ${uuid(0, orgOf('lead'))}, month_of(at), ${uuid(1, 'lead')}, (${KINDS})[1 + r / 100 % 9], count(*), count(*) filter (where r % 100 < 80),
        count(*) filter (where r % 100 between 80 and 89), count(*) filter (where r % 100 >= 90), count(*) * 7200000, sum(7200000 - r % 600000), 0,
        sum(r % 3), count(*) filter (where r % 50 = 0), count(*) filter (where r % 20 = 0)
    from ${ACT} group by lead, month_of(at), r / 100 % 9`;
const OPEN = `insert into open_finding
    select ${uuid(6, 'i')}, ${uuid(0, orgOf('lead'))}, month_of(at), ${uuid(1, 'lead')}, (${KINDS})[1 + r / 100 % 9], at + 86400000
    from ${ACT} where i % 50 = 0`;
const FAULTS = `insert into device_step (id, org_id, version, command_id, device_id, step, from_state, to_state, taken_by, taken_at)
    select gen_random_uuid(), ${uuid(0, orgOf('m'))}, 1, gen_random_uuid(), ${uuid(7, 'm')}, 'reportFault', 'inService', 'inRepair',
        ${uuid(1, 'm')}, ${FIRST} + n * ${SPAN_MS}::bigint / 20000 from generate_series(1, 20000) as n, lateral (select 1 + n % 1500 as m) as of`;
