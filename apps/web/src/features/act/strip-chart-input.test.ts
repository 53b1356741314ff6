import { coverageOf, statementsOf } from '@liuhen/domain';
import { expect, test } from 'vitest';
import { tracksOf } from './act-tracks.ts';
import { printedChart } from './printed-chart.tsx';
import { type ActDetail, attachedMomentsOf, deviceInterval, documentsAt, factsOf, photoFactsOf } from './strip-chart-input.ts';

const id = (n: number) => `0199a1b2-0000-7000-8000-${String(n).padStart(12, '0')}`;
const start = Date.UTC(2026, 10, 18, 1, 31);
const minute = 60_000;
const person = (n: number, name: string) => ({ id: id(n), name, certificateNumber: `310115-${n}` });
const recording = (n: number, personId: string, from: number, to: number): ActDetail['recordings'][number] => ({
    id: id(n),
    name: `${n}.mp4`,
    personId,
    device: { id: id(n + 100), number: `A-${n}` },
    deviceStart: start + from * minute,
    deviceEnd: start + to * minute,
    durationMs: (to - from) * minute,
    frameRateMilli: 25_000,
    stretches: [
        { id: id(n), mediaStartMs: 0, deviceStart: start + from * minute, deviceEnd: start + to * minute, corrected: null },
    ],
    correctedStart: null,
    joinWithinMs: 2_000,
    state: 'sealed',
    playable: true,
    inspected: true,
    findings: [],
    positions: null,
    retention: { class: 'ordinary', state: 'until', due: null, basis: null, standing: null, reason: null, caseNumber: null },
    receivedAt: start + 300 * minute,
});
const officer = (n: number, of: number, name: string): ActDetail['participants'][number] => ({
    id: id(n),
    name,
    person: person(of, name),
    part: 'officer',
    agency: null,
    relation: null,
    idShown: null,
    certificateShownAt: null,
    presence: [{ segmentId: id(5), from: null, to: null }],
    device: null,
    version: 1,
});
const act: ActDetail = {
    id: id(1),
    number: 'SF01-2026-000001',
    scenario: 'doubleRandomInspection',
    scenarios: ['doubleRandomInspection'],
    secrecy: 'open',
    party: null,
    place: '示范路 188 号',
    startsAt: start,
    endsAt: start + 76 * minute,
    state: 'open',
    recordingCount: 3,
    standing: {
        ...{ status: 'act', record: 'act', openGaps: 1, coveragePermille: 966, missingOfficers: 0 },
        found: { open: 0, waiting: 0, confirmed: 0 },
    },
    organisation: { id: id(2), name: '示范区' },
    premises: null,
    storeWithinMs: 24 * 60 * minute,
    documentToleranceMs: minute,
    spokenWithinMs: 2 * minute,
    premisesAt: null,
    note: null,
    segments: [
        {
            id: id(5),
            scenario: 'doubleRandomInspection',
            siteKind: 'place',
            place: '示范路 188 号',
            premises: null,
            site: null,
            room: null,
            substituteReason: null,
            startsAt: start,
            endsAt: start + 76 * minute,
            note: null,
            recording: 'must',
            version: 1,
        },
    ],
    participants: [officer(10, 20, '王予安'), officer(11, 21, '李若川')],
    exemptions: [],
    checks: [],
    inspectionCode: { code: null, exempt: null, missing: false, format: null },
    marks: [],
    heard: [],
    recordings: [recording(30, id(20), -1, 34), recording(31, id(20), 37, 77), recording(32, id(21), -1, 77)],
    documents: [],
    attached: [],
    explanations: [],
    speechRequired: false,
    version: 1,
};

test('recordings stand under the person who wore the recorder, gaps included', () => {
    const facts = factsOf(act, start + 48 * 60 * minute, '起止时间');
    const [first, second] = coverageOf(facts, 'device');
    expect(first?.gaps.map((gap) => [gap.start, gap.end, gap.state])).toEqual([
        [start + 34 * minute, start + 37 * minute, 'open'],
    ]);
    expect(second?.gaps).toEqual([]);
    expect(statementsOf(facts, coverageOf(facts)).map((each) => each.id)).toEqual([
        'twoOfficers',
        'coverage',
        'documentTimes',
        'stored',
        'speech',
    ]);
});
test('a file without a time is not placed', () => {
    expect(deviceInterval({ deviceStart: null, deviceEnd: null })).toBeUndefined();
    expect(deviceInterval({ deviceStart: 10, deviceEnd: null })).toBeUndefined();
    expect(deviceInterval({ deviceStart: 10, deviceEnd: 15 })).toEqual({ start: 10, end: 15 });
});
test('a file with a pause is two bars, and plays on after the pause where it stopped', () => {
    const paused = recording(33, id(20), -1, 77);
    const at = (from: number, to: number, mediaStartMs: number) => {
        const device = { deviceStart: start + from * minute, deviceEnd: start + to * minute };
        return { id: id(200 + from), mediaStartMs, ...device, corrected: null };
    };
    const stretches = [at(-1, 30, 0), at(40, 77, 31 * minute)];
    const one: ActDetail = { ...act, recordings: [{ ...paused, stretches }] };
    const [coverage] = coverageOf(factsOf(one, start + 48 * 60 * minute, ''), 'device');
    expect(coverage?.gaps.map((gap) => [gap.start, gap.end])).toEqual([[start + 30 * minute, start + 40 * minute]]);
    expect(tracksOf(one)[0]?.segments.map((each) => [each.recordingId, each.start, each.mediaStartMs])).toEqual([
        [id(33), start - minute, 0],
        [id(33), start + 40 * minute, 31 * minute],
    ]);
});
test('a stretch of a clock that had restarted stands nowhere until it is corrected', () => {
    const restarted = Date.UTC(2000, 0, 1);
    const stretch = { id: id(35), mediaStartMs: 0, deviceStart: restarted, deviceEnd: restarted + 20 * minute, corrected: null };
    const file = { ...recording(35, id(20), 0, 20), deviceStart: null, deviceEnd: null, stretches: [stretch] };
    const [coverage] = coverageOf(factsOf({ ...act, recordings: [file] }, start + 48 * 60 * minute, ''), 'corrected');
    expect(coverage).toMatchObject({ unplaced: 1, runs: [] });
});
test('a file of unknown length is a start without an end', () => {
    const cut = { ...recording(34, id(20), 10, 11), deviceEnd: null, durationMs: null, stretches: [] };
    const [coverage] = coverageOf(factsOf({ ...act, recordings: [cut] }, start + 48 * 60 * minute, ''), 'device');
    expect(coverage).toMatchObject({ unplaced: 0, openStarts: [{ recordingId: id(34), start: { at: start + 10 * minute } }] });
});

test('photographs and moments that a document names stand on the chart with its title, and lead to it', () => {
    const photo = {
        ...recording(40, id(20), 5, 5),
        findings: [{ code: 'media.picture', severity: 'advisory' as const, params: {} }],
    };
    const of = { documentId: id(50), documentTitle: '现场笔录', title: '', atMs: 0 };
    const attached = [
        { ...of, kind: 'photo' as const, recordingId: id(40) },
        { ...of, kind: 'recording' as const, recordingId: id(30), atMs: 2 * minute },
        { ...of, kind: 'photo' as const, recordingId: id(99) },
    ];
    const with_ = { ...act, recordings: [...act.recordings, photo], attached };
    expect(photoFactsOf(with_, '附于{documents}').map((each) => [each.id, each.label, each.device])).toEqual([
        [id(40), '附于现场笔录', start + 5 * minute],
    ]);
    expect(attachedMomentsOf(with_, '{documents}').map((each) => [each.label, each.device])).toEqual([
        ['现场笔录', start + minute],
    ]);
    const [moment] = attachedMomentsOf(with_, '');
    expect(documentsAt(with_, moment?.id ?? '').map((each) => each.recordingId)).toEqual([id(30)]);
    expect(documentsAt(with_, id(40))).toHaveLength(1);
});

test('the chart for paper is the picture of the page, in the face of the type-setter, with the same in words', () => {
    const { note, picture } = printedChart(act, start + 400 * minute);
    expect(note).not.toBe('');
    expect(picture?.svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
    expect(picture?.svg).toContain('font-family="Noto Serif SC"');
    expect(picture?.svg).not.toContain('Noto Sans');
    for (const { person: who } of act.participants) {
        expect(picture?.svg).toContain(who?.name);
        expect(picture?.rows.some(([row]) => row === who?.name)).toBe(true);
    }
    expect(picture?.rows.every((row) => row.length === picture.columns.length)).toBe(true);
});
