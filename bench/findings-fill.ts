import pg from 'pg';

/** Two years. */
export const FIRST = Date.UTC(2025, 0, 1);
export const SPAN_MS = 730 * 86_400_000;
export const DISTRICTS = 17;
export const OFFICERS = 1_500;

/**
 * Findings of two years in 17 organisations below the city, with an act each, 1,500 officers and 20,000 parties: one in twenty waits for
 * an answer, one in fifty was answered, one in a hundred stands, the rest is explained or settled; one act in a hundred is secret, one
 * finding in a hundred is about a recorder and one in two hundred about the unit.
 */
export async function fillFindings(url: string, findings: number): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    await client.query('set session_replication_role = replica; set search_path = liuhen, public; set synchronous_commit = off');
    for (const fill of [ORGANISATIONS, PEOPLE, DEVICES, PARTIES]) await client.query(fill);
    for (const fill of [ACTS, PARTICIPANTS, FINDINGS, ANSWERS])
        await client.query(fill.replaceAll('$findings', String(findings)));
    await client.query('vacuum analyze');
    await client.end();
}

const uuid = (kind: number, expression: string) =>
    `('00000000-0000-7000-8${kind}00-' || lpad((${expression})::text, 12, '0'))::uuid`;
export const organisation = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
export const officer = (number: number): string => `00000000-0000-7000-8100-${String(number).padStart(12, '0')}`;

const EACH = 'org_id, version, command_id';
const of = (n: string) => `${uuid(0, `1 + (${n}) % ${DISTRICTS}`)}, 1, ${uuid(9, '0')}`;
/** Officer and party of act i, both of its organisation. */
const memberOf = (i: string, most: number) =>
    `((${i}) % ${DISTRICTS} + ${DISTRICTS} * ((${i}) / ${DISTRICTS} % ${Math.floor(most / DISTRICTS)}))`;

const ORGANISATIONS = `insert into organisation (id, ${EACH}, parent_id, code, name, kind)
    select ${uuid(0, 'n')}, ${uuid(0, 'n')}, 1, ${uuid(9, '0')}, case when n > 0 then ${uuid(0, '0')} end, 'B' || lpad(n::text, 4, '0'),
        '单位' || n, case when n > 0 then 'districtInstitute' else 'cityCommission' end from generate_series(0, ${DISTRICTS}) as n`;
const PEOPLE = `insert into person (id, ${EACH}, name, kind, certificate_number, search_text)
    select ${uuid(1, 'n')}, ${of('n')}, '监督员' || n, 'staff', 'Z' || n, '监督员' || n || ' z' || n from generate_series(0, ${OFFICERS - 1}) as n`;
const DEVICES = `insert into device (id, ${EACH}, kind, number, state, search_text)
    select ${uuid(2, 'n')}, ${of('n')}, 'recorder', 'R' || n, 'inService', 'r' || n from generate_series(0, ${OFFICERS - 1}) as n`;
const PARTIES = `insert into party (id, ${EACH}, name, kind, state, search_text)
    select ${uuid(3, 'n')}, ${of('n')}, '相对人' || n, 'organisation', 'active', '相对人' || n from generate_series(0, 19999) as n`;
const ACTS = `insert into act (id, ${EACH}, number, scenario, party_id, place, starts_at, ends_at, state, secrecy, search_text)
    select ${uuid(4, 'i')}, ${of('i')}, 'A' || i, 'doubleRandomInspection', ${uuid(3, memberOf('i', 20_000))}, '示范路 ' || i % 900 || ' 号',
        ${FIRST} + i * ${SPAN_MS}::bigint / $findings, ${FIRST} + i * ${SPAN_MS}::bigint / $findings + 3600000, 'closed',
        case when i % 100 = 0 then 'trade' end, 'a' || i || ' 示范路 ' || i % 900 || ' 号'
    from generate_series(0, $findings - 1) as i`;
const PARTICIPANTS = `insert into act_participant (id, ${EACH}, act_id, person_id, part)
    select ${uuid(6, 'i')}, ${of('i')}, ${uuid(4, 'i')}, ${uuid(1, memberOf('i', OFFICERS))}, 'officer' from generate_series(0, $findings - 1) as i`;
const RULES = `array['recordedThroughout', 'storedInTime', 'interruptionsExplained', 'partyLinked', 'checkedBeforeUse']`;
const FINDINGS = `insert into finding (id, ${EACH}, act_id, device_id, rule, rule_version, key, code, params, modal, person_id, owner_id,
        owner_role, state, found_at, due_at, settled_at)
    select ${uuid(5, 'i')}, ${of('i')}, case when kind = 'act' then ${uuid(4, 'i')} end, case when kind = 'device' then ${uuid(2, memberOf('i', OFFICERS))} end,
        (${RULES})[1 + r % 5], 1, 'k' || i, 'coverage.gap', '{}', case when r % 3 = 0 then 'should' else 'must' end,
        case when kind = 'act' then ${uuid(1, memberOf('i', OFFICERS))} end, case when kind <> 'unit' then ${uuid(1, memberOf('i', OFFICERS))} end,
        case when kind = 'unit' then 'sectionHead' end, state, found, found + 432000000, case when state in ('explained', 'settled') then found + 864000000 end
    from generate_series(0, $findings - 1) as i, lateral (select abs(hashint8extended(i, 1)) as r, abs(hashint8extended(i, 2)) % 200 as s) as random,
        lateral (select ${FIRST} + i * ${SPAN_MS}::bigint / $findings + 7200000 as found,
            case when s % 100 = 0 then 'device' when s = 1 then 'unit' else 'act' end as kind,
            case when r % 100 < 5 then 'open' when r % 100 < 7 then 'answered' when r % 100 = 7 then 'stands' when r % 100 = 8 then 'disputed'
                when r % 100 < 60 then 'explained' else 'settled' end as state) as what`;
const ANSWERS = `insert into finding_answer (id, ${EACH}, finding_id, kind, words, state, stated_by, stated_at,
        decided_by, decided_at)
    select ${uuid(8, 'right(id::text, 9)::int')}, org_id, 1, command_id, id, 'explain', '设备电量耗尽', case when state = 'answered' then 'waiting' else 'accepted' end,
        ${uuid(1, '0')}, found_at + 1000, case when state <> 'answered' then ${uuid(1, '1')} end,
        case when state <> 'answered' then found_at + 2000 end from finding where state in ('answered', 'stands', 'disputed', 'explained')`;
