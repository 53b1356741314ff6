import { ACT_RULE_IDS } from '@liuhen/domain';
import pg from 'pg';
import { ACT, FIRST, FROM_YEAR, KINDS, orgOf, SPAN_MS, uuid } from './statistics-fill.ts';

/** A recorder is handed out for ten days, over and over. */
const LENT_MS = 10 * 86_400_000;
/** Recorders in use, each with its officer. */
const RECORDERS = 1_500;
/** Documents that were sent back; as many acts have one. */
const RETURNED_OF = 50;

/**
 * The rows that the lists behind the numbers read, of the same acts as the sums: each act with its judgement (verdicts of eleven rules, a
 * gap for each interruption and each unexplained one), one in a hundred secret, of one in fifty a finding that is open and of another one
 * a recording that came in late, of one in fifty a document that was sent back; recorders with ten years of loans. Indexes are made after
 * the rows, those of words not at all.
 */
export async function fillCounted(url: string, acts: number): Promise<void> {
    const [one, other] = await Promise.all([connect(url), connect(url)]);
    const again = await withoutIndexes(one);
    const values = [acts, FIRST, SPAN_MS];
    const own = async (client: pg.Client, statements: readonly string[]) => {
        for (const statement of statements) await client.query(statement);
    };
    await Promise.all([
        one.query(JUDGEMENTS, values).then(() =>
            own(
                one,
                again.filter((index) => index.includes('act_judgement')),
            ),
        ),
        (async () => {
            await other.query(ACTS, values);
            await own(
                other,
                again.filter((index) => !index.includes('act_judgement')),
            );
            await own(other, [DEVICES, ISSUES]);
            for (const fill of [CONCERNED, FINDINGS, LATE, DOCUMENTS, RETURNS]) await other.query(fill, values);
            await other.query('call recount_document_errors()');
        })(),
    ]);
    await one.query('vacuum analyze');
    await Promise.all([one.end(), other.end()]);
}

async function connect(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    await client.query('set session_replication_role = replica; set search_path = liuhen, public; set synchronous_commit = off');
    await client.query("set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 0");
    return client;
}

/** Takes the indexes that are no constraint from the two large tables; the statements that make those again that are read here. */
async function withoutIndexes(client: pg.Client): Promise<string[]> {
    const { rows } = await client.query<{ name: string; made: string }>(`select c.relname as name, pg_get_indexdef(c.oid) as made
        from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid in ('act'::regclass, 'act_judgement'::regclass)
            and not exists (select from pg_constraint where conindid = c.oid)`);
    for (const { name } of rows) await client.query(`drop index ${name}`);
    return rows.filter(({ name }) => !name.endsWith('_search')).map(({ made }) => made);
}

const EACH = 'org_id, version, command_id';
const of = (n: string) => `${uuid(0, orgOf(n))}, 1, ${uuid(9, '0')}`;
const KIND = `(${KINDS})[1 + r / 100 % 9]`;
const LASTS = 3_600_000;

const ACTS = `insert into act (id, ${EACH}, number, scenario, place, starts_at, ends_at, state, secrecy, search_text)
    select ${uuid(3, 'i')}, ${of('lead')}, 'A' || i, ${KIND}, '示范路 ' || i % 900 || ' 号', at, at + ${LASTS}, 'closed',
        case when ${isSecret()} then 'trade' end, ''
    from ${ACT}`;
/** By another random number than all else. */
function isSecret(): string {
    return 'hashint8extended(i, 3) % 100 = 0';
}
/** Of a secret act whoever leads it is concerned. */
const CONCERNED = `insert into act_participant (id, ${EACH}, act_id, person_id, part)
    select ${uuid(7, 'i')}, ${of('lead')}, ${uuid(3, 'i')}, ${uuid(1, 'lead')}, 'officer' from ${ACT} where ${isSecret()}`;

const verdicts = (failing: string, late: boolean) =>
    `'${JSON.stringify(
        ACT_RULE_IDS.map((rule) => ({
            ...{ rule, version: 1, verdict: rule === 'recordedThroughout' ? failing : 'pass' },
            ...(rule === 'storedInTime' && late ? { params: { late: 1 } } : {}),
        })),
    )}'::jsonb`;
const VERDICTS = `(array[${['pass', 'fail', 'needsReview'].flatMap((of) => [verdicts(of, false), verdicts(of, true)]).join(', ')}])`;
const gap = (place: string, state: string, start: string) =>
    `'{"kind":"officer","carrierId":"' || ${uuid(1, 'lead')} || '","place":"${place}","state":"${state}","modal":"must","words":null,"source":null,' ||
        '"sourceId":null,"start":' || ${start} || ',"end":' || ${start} + 300000 || '}'`;
const BETWEEN = (n: number) => gap('between', 'explained', `at + ${n * 600_000}`);
const GAPS = `('[' || concat_ws(',', case when r % 3 >= 1 then ${BETWEEN(1)} end, case when r % 3 = 2 then ${BETWEEN(2)} end,
    case when r % 20 = 0 then ${gap('whole', 'open', 'at + 1800000')} end) || ']')::jsonb`;
const JUDGEMENTS = `insert into act_judgement (id, ${EACH}, act_id, judged_at, verdict, verdicts, gaps, facts_sha256, scenario, starts_at, ends_at, lead_id,
        required_ms, covered_ms, exempt_ms, interruptions, late, open_gaps)
    select ${uuid(4, 'i')}, ${of('lead')}, ${uuid(3, 'i')}, at + 86400000, (array['pass', 'fail', 'needsReview'])[stands],
        ${VERDICTS}[stands * 2 - 1 + (r % 50 = 0)::int], ${GAPS}, decode(repeat('00', 32), 'hex'), ${KIND}, at, at + ${LASTS}, ${uuid(1, 'lead')},
        7200000, 7200000 - r % 600000, 0, r % 3, (r % 50 = 0)::int, (r % 20 = 0)::int
    from ${ACT}, lateral (select case when r % 100 < 80 then 1 when r % 100 < 90 then 2 else 3 end as stands) as judged`;

const FINDING = `insert into finding (id, ${EACH}, act_id, rule, rule_version, key, code, params, modal, person_id, owner_id, about_id, state, found_at,
    settled_at)`;
/** The row of each that is counted as open. */
const FINDINGS = `${FINDING}
    select ${uuid(6, 'i')}, ${of('lead')}, ${uuid(3, 'i')}, 'recordedThroughout', 1, 'k', 'coverage.gap', '{}', 'must', ${uuid(1, 'lead')},
        ${uuid(1, 'lead')}, null, 'open', at + 86400000, null from ${ACT} where i % 50 = 0`;
const LATE = `${FINDING}
    select ${uuid(6, '500000000 + i')}, ${of('lead')}, ${uuid(3, 'i')}, 'storedInTime', 1, 'k', 'stored.late', '{"tookMs": 100000000, "limitMs": 86400000}', 'must',
        ${uuid(1, 'lead')}, ${uuid(1, 'lead')}, ${uuid(5, 'i')}, 'explained', at + 86400000, at + 96400000 from ${ACT} where r % 50 = 0`;

/** Recorder n is officer n's. */
const DEVICES = `insert into device (id, ${EACH}, kind, number, model, state, search_text)
    select ${uuid(7, 'n')}, ${of('n')}, 'recorder', 'R' || n, '型号一', 'inService', '' from generate_series(1, ${RECORDERS}) as n`;
const ISSUES = `insert into device_issue (id, ${EACH}, device_id, person_id, issued_at, returned_at)
    select gen_random_uuid(), ${of('n')}, ${uuid(7, 'n')}, ${uuid(1, 'n')}, ${FIRST} + t * ${LENT_MS}::bigint, ${FIRST} + t * ${LENT_MS}::bigint + ${LENT_MS * 0.9}
    from generate_series(1, ${RECORDERS}) as n, generate_series(0, 365) as t`;

const DOCUMENTS = `insert into document (id, ${EACH}, type, template_version, origin, title, state, act_id, started_at, ended_at, content, revision, author_id,
        writer_ids, made_at, entered_at, saved_at, saved_by, search_text)
    select ${uuid(8, 'i')}, ${of('lead')}, 'sceneRecord', 1, 'made', '', 'issued', ${uuid(3, 'i')}, at, at + ${LASTS}, '{}', 1, ${uuid(1, 'lead')}, '{}', at, at, at,
        ${uuid(1, 'lead')}, '' from ${ACT} where (i + 7) % ${RETURNED_OF} = 0`;
const RETURNS = `insert into document_step (id, ${EACH}, document_id, step, person_id, at, revision, from_state, to_state)
    select ${uuid(8, '500000000 + i')}, ${of('lead')}, ${uuid(8, 'i')}, 'returned', ${uuid(1, '1')}, at + 86400000, 1, 'inReview', 'draft'
    from ${ACT} where (i + 7) % ${RETURNED_OF} = 0`;

/** For what is asked from the middle of the ten years on. */
export const MIDDLE = Date.UTC(FROM_YEAR + 5, 0, 1);
