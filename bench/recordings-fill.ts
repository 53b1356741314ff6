import pg from 'pg';

export const MINUTE = 60_000;
export const FIRST = Date.UTC(2024, 0, 1);
/** Two years. */
export const SPAN_MS = 730 * 1440 * MINUTE;

/** Words are not measured here: the index of words takes longer to make than all else together. */
const LEFT_OUT = ['recording_search', 'act_search'];

/**
 * Recordings of two years by 1,500 people with a recorder each, about 20,000 parties, in an institute and `districts` districts
 * that share a fifth of them. One in a hundred came in late, one in two hundred was made by a clock that was reset, one in
 * a hundred says nothing of when it ran, one in twenty is not filed, one in a hundred acts is secret.
 */
export async function fillRecordings(url: string, rows: number, districts: number): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    await client.query(
        `set session_replication_role = replica; set search_path = liuhen, public; set maintenance_work_mem = '1GB'; set synchronous_commit = off`,
    );
    const tables = ['blob', 'act', 'recording'];
    const indexes = await client.query<{ name: string; made: string }>(
        `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
         where indrelid = any ($1::regclass[]) and not indisprimary and not exists (
             select from pg_constraint where conindid = indexrelid)`,
        [tables],
    );
    for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
    for (const fill of [PEOPLE, DEVICES, PARTIES]) await client.query(fill, [districts]);
    await client.query(ACTS, [rows, districts]);
    await client.query(RECORDINGS, [rows, districts, FIRST, SPAN_MS]);
    await client.query(BLOBS);
    await client.query(EVIDENCE);
    for (const { name, made } of indexes.rows) if (!LEFT_OUT.includes(name)) await client.query(made);
    for (const table of [...tables, 'person', 'device', 'party', 'case_evidence']) await client.query(`vacuum analyze ${table}`);
    await client.end();
}

const uuid = (kind: number, expression: string) =>
    `('00000000-0000-7000-8${kind}00-' || lpad((${expression})::text, 12, '0'))::uuid`;
/** The institute's people, devices and parties come first, those of district n behind a million times n. */
const ofOrganisation = (org: string, most: number, random: string) =>
    `(${org}) * 1000000 + 1 + (${random}) % (case when (${org}) = 0 then ${most} else greatest(${most} / 64, 1) end)`;
const EACH = (most: number) => `
    from generate_series(0, $1::int) as org, lateral generate_series(1, case when org = 0 then ${most} else greatest(${most} / 64, 1) end) as n`;

const PEOPLE = `insert into person (id, org_id, version, command_id, name, kind, search_text)
    select ${uuid(1, 'org * 1000000 + n')}, ${uuid(0, 'org')}, 1, gen_random_uuid(), '监督员' || n, 'staff', '监督员' || n ${EACH(1_500)}`;
const DEVICES = `insert into device (id, org_id, version, command_id, kind, number, state, search_text)
    select ${uuid(5, 'org * 1000000 + n')}, ${uuid(0, 'org')}, 1, gen_random_uuid(), 'recorder', 'R' || n, 'inService', 'r' || n ${EACH(1_500)}`;
const PARTIES = `insert into party (id, org_id, version, command_id, name, kind, state, search_text)
    select ${uuid(2, 'org * 1000000 + n')}, ${uuid(0, 'org')}, 1, gen_random_uuid(), '相对人' || n, 'organisation', 'active', '相对人' || n ${EACH(20_000)}`;

/** One act for five recordings; act n is of the organisation that recordings 5n to 5n + 4 are of. */
const ORG_OF = (place: string) => `(case when (${place}) % 5 < 4 then 0 else 1 + (${place}) / 5 % $2::int end)`;
const ACTS = `insert into act (id, org_id, version, command_id, number, scenario, party_id, place, starts_at, ends_at, state, secrecy, search_text)
    select ${uuid(3, 'n')}, ${uuid(0, 'org')}, 1, gen_random_uuid(), 'A' || n, 'dailyInspection', ${uuid(2, ofOrganisation('org', 20_000, 'r'))},
        '', 1, 2, 'closed', case when n % 100 = 0 then 'trade' end, ''
    from generate_series(0, $1::int / 5) as n, lateral (select ${ORG_OF('n')} as org, abs(hashint8extended(n, 1)) as r) as made`;

const RECORDINGS = `insert into recording (id, org_id, version, command_id, blob_id, role, state, source, original_name, display_name,
        device_id, person_id, uploaded_by, received_at, device_time_basis, device_start, device_end, inspection, inspected_at, act_id,
        search_text, clock_state, clock_width_ms, true_start, true_start_lower, true_start_upper, true_end, true_end_lower, true_end_upper)
    select ${uuid(6, 'i')}, ${uuid(0, 'org')}, 1, gen_random_uuid(), ${uuid(7, 'i')}, 'original',
        case when r1 % 1000 < 994 then 'sealed' when r1 % 1000 < 997 then 'registered' when r1 % 1000 < 999 then 'quarantined' else 'damaged' end,
        'recorder', convert_to(name, 'UTF8'), name, ${uuid(5, ofOrganisation('org', 1_500, 'r2'))}, ${uuid(1, ofOrganisation('org', 1_500, 'r2'))},
        ${uuid(1, ofOrganisation('org', 1_500, 'r2'))}, came_in, case when r5 = 0 then 'unknown' else 'fileName' end, began, ended,
        jsonb_build_object('version', 1, 'container', 'mp4', 'durationMs', ran, 'tracks', jsonb_build_array(jsonb_build_object('kind', 'video',
            'codec', 'avc', 'width', 1920, 'height', 1080, 'samples', ran / 40, 'bitrate', 4000000), jsonb_build_object('kind', 'audio',
            'codec', 'aac', 'samples', ran / 23, 'channels', 1, 'sampleRate', 44100)), 'findings', case when r6 % 20 = 0
            then jsonb_build_array(jsonb_build_object('code', 'truncated', 'severity', 'serious')) else '[]'::jsonb end),
        came_in + 60000, case when r7 % 20 <> 0 then ${uuid(3, 'i / 5')} end, name,
        case when fitted then 'fitted' when began is not null then 'noReading' end, case when fitted then 2000 end,
        case when fitted then began + 500 end, case when fitted then began - 500 end, case when fitted then began + 1500 end,
        case when fitted then ended + 500 end, case when fitted then ended - 500 end, case when fitted then ended + 1500 end
    from generate_series(0, $1::int - 1) as i,
        lateral (select ${ORG_OF('i / 5')} as org, abs(hashint8extended(i, 1)) as r1, abs(hashint8extended(i / 5, 2)) as r2,
            abs(hashint8extended(i, 3)) as r3, abs(hashint8extended(i, 4)) as r4, abs(hashint8extended(i, 5)) % 200 as r5,
            abs(hashint8extended(i, 6)) as r6, abs(hashint8extended(i, 7)) as r7) as random,
        lateral (select $3::bigint + i * $4::bigint / $1::bigint as came_in, 60000 + r3 % 3600000 as ran,
            'REC' || lpad((r2 % 1500)::text, 4, '0') || '_' || i || '.MP4' as name) as file,
        lateral (select case when r5 < 2 then null when r5 = 2 then 946684800000 + r4 % 86400000
            when r5 < 5 then came_in - ran - r4 % (200 * 86400000::bigint) else came_in - ran - r4 % 36000000 end as began) as start,
        lateral (select began + ran as ended, r5 > 2 and r4 % 5 > 0 as fitted) as time`;
const BLOBS = `insert into blob (id, org_id, version, command_id, sha256, sm3, size, chunk_root, chunk_digests)
    select blob_id, org_id, 1, gen_random_uuid(), digest, digest, 100000000, digest, digest
    from recording, lateral (select sha256(uuid_send(id)) as digest) as made`;
const EVIDENCE = `insert into case_evidence (id, org_id, version, command_id, case_id, place, kind, target_id, title)
    select gen_random_uuid(), org_id, 1, gen_random_uuid(), gen_random_uuid(), 1, 'recording', id, ''
    from recording where abs(hashint8extended(received_at, 9)) % 200 = 0`;
