import pg from 'pg';

const HOUR = 3_600_000;
/** Eight in the morning in Shanghai on the first day of the year. */
export const FROM = Date.UTC(2026, 0, 1);
/** All of it is over and due by then. */
export const NOW = Date.UTC(2027, 0, 10);
export const ORGANISATIONS = Number(process.env.LIUHEN_BENCH_ORGANISATIONS ?? 17);
/** Of each of them; together some 1,500. */
const OFFICERS = Math.floor(1_496 / ORGANISATIONS);

/**
 * Acts of a year in 17 organisations (`LIUHEN_BENCH_ORGANISATIONS`) with 1,500 officers: one segment, two officers who were there throughout, a recorder each that
 * changes its file once, in every third act twice (4.7 files of an act), a stretch for each file, its clock known, what was found in
 * it; a paper that states the times in half of them, in a tenth words marked in a recording, a check of the recorder in most. Of a
 * hundred acts three miss twenty minutes of one officer, three came in late, two name no party.
 */
export async function fillJudging(url: string, acts: number): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    await client.query('set session_replication_role = replica; set search_path = liuhen, public; set synchronous_commit = off');
    // Words are not measured here: the indexes of words take longer to make than all else together.
    await client.query('drop index recording_search; drop index act_search; drop index document_search');
    for (const fill of [ORGANISATION, PEOPLE, DEVICES, PARTIES]) await client.query(fill);
    for (const fill of [ACTS, SEGMENTS, PARTICIPANTS, PRESENCE, RECORDINGS, INTERVALS, MARKS, PAPERS, CHECKS])
        await client.query(fill.replaceAll('$acts', String(acts)));
    await client.query('vacuum analyze');
    await client.end();
}

/** Every act changes: its files came in a second later than was thought; of one in fifty a gap appears, of another it goes. */
export async function changeActs(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('set session_replication_role = replica; set search_path = liuhen, public; set synchronous_commit = off');
    await client.query('update recording set received_at = received_at + 1000, version = version + 1');
    const moved = (
        by: number,
        rest: number,
    ) => `update recording_interval set version = version + 1, device_end = device_end - ${by},
        true_end = true_end - ${by}, true_end_lower = true_end_lower - ${by}, true_end_upper = true_end_upper - ${by}
        where right(recording_id::text, 9)::bigint % 500 = ${rest}`;
    await client.query(moved(10 * 60_000, 70));
    await client.query(moved(-20 * 60_000, 10));
    await client.query('vacuum analyze recording, recording_interval');
    await client.end();
}

const uuid = (kind: number, expression: string) =>
    `('00000000-0000-7000-8${kind}00-' || lpad((${expression})::text, 12, '0'))::uuid`;
export const organisation = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const EACH = `org_id, version, command_id`;
const of = (n: string) => `${uuid(0, `1 + (${n}) % ${ORGANISATIONS}`)}, 1, ${uuid(9, '0')}`;
/** The first and the second officer of act i, both of its organisation: person n is of organisation n mod 17 + 1. */
const officer = (place: string) =>
    `((i % ${ORGANISATIONS}) + ${ORGANISATIONS} * ((i / ${ORGANISATIONS} + (${place}) * 31) % ${OFFICERS}))`;
const START = `(${FROM} + (i * 7919::bigint % 365) * ${24 * HOUR} + i % 9 * ${HOUR})`;
const LASTS = `(${HOUR} + i % 4 * 600000)`;

const ORGANISATION = `insert into organisation (id, ${EACH}, code, name, kind)
    select ${uuid(0, 'n')}, ${uuid(0, 'n')}, 1, ${uuid(9, '0')}, 'B' || n, '单位' || n, 'districtInstitute' from generate_series(1, ${ORGANISATIONS}) as n`;
const PEOPLE = `insert into person (id, ${EACH}, name, kind, certificate_number, search_text)
    select ${uuid(1, 'n')}, ${of('n')}, '监督员' || n, 'staff', 'Z' || n, '' from generate_series(0, ${ORGANISATIONS * OFFICERS - 1}) as n`;
const DEVICES = `insert into device (id, ${EACH}, kind, number, model, state, search_text)
    select ${uuid(2, 'n')}, ${of('n')}, 'recorder', 'R' || n, '型号一', 'inService', '' from generate_series(0, ${ORGANISATIONS * OFFICERS - 1}) as n`;
const PARTIES = `insert into party (id, ${EACH}, name, kind, state, search_text)
    select ${uuid(3, 'n')}, ${of('n')}, '相对人' || n, 'organisation', 'active', '' from generate_series(0, ${ORGANISATIONS * 500 - 1}) as n`;
const ACTS = `insert into act (id, ${EACH}, number, scenario, party_id, place, starts_at, ends_at, state, search_text)
    select ${uuid(4, 'i')}, ${of('i')}, 'A' || i, 'doubleRandomInspection', case when i % 50 > 0 then ${uuid(3, `i % ${ORGANISATIONS * 500}`)} end,
        '示范路 ' || i % 900 || ' 号', ${START}, ${START} + ${LASTS}, 'closed', ''
    from generate_series(0, $acts - 1) as i`;
const SEGMENTS = `insert into act_segment (id, ${EACH}, act_id, scenario, site_kind, place, starts_at, ends_at)
    select ${uuid(5, 'i')}, ${of('i')}, ${uuid(4, 'i')}, 'doubleRandomInspection', 'place', '示范路', ${START}, ${START} + ${LASTS}
    from generate_series(0, $acts - 1) as i`;
const PARTICIPANTS = `insert into act_participant (id, ${EACH}, act_id, person_id, part)
    select ${uuid(6, 'i * 2 + o')}, ${of('i')}, ${uuid(4, 'i')}, ${uuid(1, officer('o'))}, 'officer'
    from generate_series(0, $acts - 1) as i, generate_series(0, 1) as o`;
const PRESENCE = `insert into act_presence (id, ${EACH}, act_id, participant_id, segment_id)
    select ${uuid(6, '500000000 + i * 2 + o')}, ${of('i')}, ${uuid(4, 'i')}, ${uuid(6, 'i * 2 + o')}, ${uuid(5, 'i')}
    from generate_series(0, $acts - 1) as i, generate_series(0, 1) as o`;
/** File f of officer o. Half a second between files; the last begins twenty minutes late where some is missing. */
const FILES = `from generate_series(0, $acts - 1) as i, generate_series(0, 1) as o,
    lateral (select case when i % 3 = 0 then 3 else 2 end as files) as number, lateral generate_series(0, files - 1) as f,
    lateral (select ${START} - 60000 + (${LASTS} + 120000) / files * f + case when o = 1 and f = files - 1 and i % 100 in (7, 47, 87) then 1200000 else 0 end as began,
        ${START} - 60000 + (${LASTS} + 120000) / files * (f + 1) - 500 as ended) as time`;
const FILE = 'i * 10 + o * 5 + f';
/** The two readings of its recorder's clock between which each officer's files lie. */
const BASIS = `jsonb_build_object('decisions', '[]'::jsonb, 'readings', jsonb_build_array(
        ${uuid(8, '900000000000 + i * 2 + o')}, ${uuid(8, '910000000000 + i * 2 + o')}))`;
const RECORDINGS = `insert into recording (id, ${EACH}, blob_id, role, state, source, original_name, display_name, device_id, person_id, uploaded_by,
        received_at, device_time_basis, device_start, device_end, inspection, inspected_at, act_id, search_text, clock_state, clock_width_ms,
        true_start, true_start_lower, true_start_upper, true_end, true_end_lower, true_end_upper, clock_basis)
    select ${uuid(7, FILE)}, ${of('i')}, ${uuid(8, FILE)}, 'original', 'sealed', 'recorder', convert_to(name, 'UTF8'), name, ${uuid(2, officer('o'))},
        ${uuid(1, officer('o'))}, ${uuid(1, officer('o'))}, ${START} + ${LASTS} + case when i % 100 in (13, 53, 93) then ${30 * HOUR} else ${2 * HOUR} end,
        'fileName', began, ended, jsonb_build_object('version', 1, 'container', 'mp4', 'durationMs', ended - began, 'tracks', jsonb_build_array(
            jsonb_build_object('kind', 'video', 'codec', 'avc', 'width', 1920, 'height', 1080, 'samples', 40000, 'bitrate', 4000000),
            jsonb_build_object('kind', 'audio', 'codec', 'aac', 'samples', 80000, 'channels', 1, 'sampleRate', 44100)), 'findings', '[]'::jsonb),
        ended + 1, ${uuid(4, 'i')}, '', 'fitted', 2000, began + 200, began - 800, began + 1200, ended + 200, ended - 800, ended + 1200, ${BASIS}
    ${FILES}, lateral (select 'REC' || ${officer('o')} || '_' || i || '_' || f || '.MP4' as name) as file`;
const INTERVALS = `insert into recording_interval (id, ${EACH}, recording_id, media_start, media_end, timescale, device_start, device_end,
        true_start, true_start_lower, true_start_upper, true_end, true_end_lower, true_end_upper)
    select ${uuid(7, `500000000000 + ${FILE}`)}, ${of('i')}, ${uuid(7, FILE)}, 0, ended - began, 1000, began, ended,
        began + 200, began - 800, began + 1200, ended + 200, ended - 800, ended + 1200 ${FILES}`;
const MARKS = `insert into recording_mark (id, ${EACH}, recording_id, kind, media_ms, made_by, made_at)
    select ${uuid(8, `500000000000 + i * 2 + e`)}, ${of('i')}, ${uuid(7, 'i * 10 + e')}, case e when 0 then 'opening' else 'closing' end, 60000 + e * 1000,
        ${uuid(1, officer('0'))}, ${START} from generate_series(0, $acts - 1, 10) as i, generate_series(0, 1) as e`;
const PAPERS = `insert into document (id, ${EACH}, type, template_version, origin, title, state, act_id, started_at, ended_at, content, revision, author_id,
        writer_ids, made_at, entered_at, saved_at, saved_by, search_text)
    select ${uuid(8, `700000000000 + i`)}, ${of('i')}, 'sceneRecord', 1, 'made', '', 'issued', ${uuid(4, 'i')}, ${START}, ${START} + ${LASTS}, '{}', 1,
        ${uuid(1, officer('0'))}, '{}', ${START}, ${START}, ${START}, ${uuid(1, officer('0'))}, ''
    from generate_series(0, $acts - 1, 2) as i`;
const CHECKS = `insert into device_check (id, ${EACH}, device_id, person_id, place, checked_at, noted_at, no_fault, time_right, battery_enough, space_enough)
    select distinct on (device, day) ${uuid(8, `800000000000 + i * 2 + o`)}, ${of('i')}, ${uuid(2, 'device')}, ${uuid(1, 'device')}, 'phone', day - ${HOUR}, day - ${HOUR},
        true, true, true, true
    from generate_series(0, $acts - 1) as i, generate_series(0, 1) as o, lateral (select ${officer('o')} as device, ${FROM} + (i * 7919::bigint % 365) * ${24 * HOUR} as day) as made
    where i % 20 > 0`;
