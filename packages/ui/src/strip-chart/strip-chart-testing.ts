import {
    type ActSegmentFacts,
    COVERAGE_PARAMETERS,
    type Instant,
    type RecordingFacts,
    type SegmentFacts,
    type StripChartInput,
} from '@liuhen/domain';

/** A time of the 18th of November 2026 in Shanghai. */
export const clockTime = (hour: number, minute: number, second = 0): Instant => Date.UTC(2026, 10, 18, hour - 8, minute, second);

/** `offsetMs` ± `plusMinusMs` as a fit would say; `null` leaves the corrected time unknown. */
export type Fit = { readonly offsetMs: number; readonly plusMinusMs: number } | null;

/** Footage whose corrected time is [start, end). */
export function segment(id: string, start: Instant, end: Instant, fit: Fit = { offsetMs: 4200, plusMinusMs: 800 }): SegmentFacts {
    const offset = fit?.offsetMs ?? 0;
    const device = { start: start - offset, end: end - offset };
    if (fit === null) return { id, device, corrected: null };
    const bounded = (at: Instant) => ({ at, lower: at - fit.plusMinusMs, upper: at + fit.plusMinusMs });
    return { id, device, corrected: { start: bounded(start), end: bounded(end) } };
}

export const recording = (
    id: string,
    carrierId: string,
    deviceLabel: string,
    segments: readonly SegmentFacts[],
): RecordingFacts => {
    return { id, carrierId, deviceId: deviceLabel, deviceLabel, segments, openStart: null, storedAt: clockTime(17, 0) };
};

/** A file that was cut off before it could say how long it ran. */
export const cutOff = (id: string, carrierId: string, deviceLabel: string, device: Instant): RecordingFacts => {
    return { ...recording(id, carrierId, deviceLabel, []), openStart: { device, corrected: null } };
};

const wholeAct = (start: Instant, end: Instant): ActSegmentFacts => {
    return { id: 'whole', during: { start, end }, onSite: true, recording: 'must', room: null };
};

/** The act every test tells: two officers, one interruption of 2 min 36 s, an assistant, a position, marks. Fictional. */
export function exampleAct(fit: Fit = { offsetMs: 4200, plusMinusMs: 800 }): StripChartInput {
    const person = (id: string, name: string, part: 'officer' | 'assistant') => {
        return { id, name, part, own: [{ segmentId: 'whole', during: null }], certificate: 'valid', intake: 'complete' } as const;
    };
    const mark = (id: string, kind: 'opening' | 'photo' | 'key' | 'closing', at: Instant) => {
        const state = kind === 'closing' ? ('proposed' as const) : ('confirmed' as const);
        return { id, kind, state, label: null, personId: 'w', device: at, corrected: { at, lower: at, upper: at } };
    };
    return {
        now: clockTime(18, 0),
        clock: 'corrected',
        stated: { start: clockTime(9, 31), end: clockTime(10, 47) },
        segments: [wholeAct(clockTime(9, 31), clockTime(10, 47))],
        segmentTitles: { whole: '双随机现场检查 · 示范路 188 号' },
        participants: [person('w', '王予安', 'officer'), person('l', '李若川', 'officer'), person('c', '陈棠', 'assistant')],
        recordings: [
            recording('r1', 'w', 'A-0173', [segment('1', clockTime(9, 30, 30), clockTime(10, 5, 48), fit)]),
            recording('r2', 'w', 'A-0173', [segment('2', clockTime(10, 8, 24), clockTime(10, 47, 29), fit)]),
            recording('r3', 'l', 'A-0188', [
                segment('3', clockTime(9, 30, 44), clockTime(9, 50, 44), fit),
                segment('4', clockTime(9, 50, 45), clockTime(10, 10, 45), fit),
                segment('5', clockTime(10, 10, 45), clockTime(10, 47, 56), fit),
            ]),
            recording('r4', 'c', 'A-0201', [segment('6', clockTime(9, 32, 40), clockTime(10, 30), fit)]),
        ],
        exemptions: [],
        explanations: [],
        spoken: [],
        parameters: COVERAGE_PARAMETERS,
        documents: [{ id: 'd', title: '现场笔录', start: clockTime(9, 31), end: clockTime(10, 47) }],
        rooms: [],
        positions: [
            {
                id: 'p',
                personId: null,
                during: { start: clockTime(9, 30, 30), end: clockTime(10, 47) },
                inside: true,
                distanceM: 25,
            },
        ],
        marks: [
            mark('m1', 'opening', clockTime(9, 31, 29)),
            mark('m2', 'photo', clockTime(10, 2)),
            mark('m3', 'photo', clockTime(10, 4)),
            mark('m4', 'key', clockTime(10, 33)),
            mark('m5', 'closing', clockTime(10, 46, 38)),
        ],
        fits: fit === null ? [] : [{ deviceId: 'A-0173', deviceLabel: 'A-0173', fit: 3, ...fit }],
        cursor: clockTime(9, 59, 26),
    };
}

/** Ten officers with two hundred segments each over a working day; `holeMs` apart. */
export function largeAct(holeMs: number): StripChartInput {
    const officers = Array.from({ length: 10 }, (_, index) => `officer ${index + 1}`);
    const step = 146_000;
    return {
        ...exampleAct(),
        stated: { start: clockTime(9, 0), end: clockTime(17, 0) },
        segments: [wholeAct(clockTime(9, 0), clockTime(17, 0))],
        participants: officers.map((id) => ({
            id,
            name: id,
            part: 'officer',
            own: [{ segmentId: 'whole', during: null }],
            certificate: 'valid',
            intake: 'complete',
        })),
        recordings: officers.map((id, index) => {
            const start = clockTime(8, 58, index);
            const segments = Array.from({ length: 200 }, (_, at) =>
                segment(`${id}/${at}`, start + at * step, start + (at + 1) * step - holeMs),
            );
            return recording(`r ${id}`, id, `A-${100 + index}`, segments);
        }),
        documents: [{ id: 'd', title: '现场笔录', start: clockTime(9, 0), end: clockTime(17, 0) }],
    };
}

/** The same visit told in two parts: while 王 goes on upstairs, 李 preserves evidence in the store room; a sterile area is exempt. */
export function dividedAct(): StripChartInput {
    const whole = exampleAct();
    const [up, store] = [
        { ...wholeAct(clockTime(9, 31), clockTime(10, 20)), id: 'up' },
        { ...wholeAct(clockTime(10, 0), clockTime(10, 47)), id: 'store' },
    ];
    return {
        ...whole,
        segments: [up, store],
        segmentTitles: { up: '双随机现场检查 · 三楼诊室', store: '证据先行登记保存 · 库房' },
        participants: whole.participants.map((each) => {
            const own = each.id === 'w' ? ['up'] : each.id === 'l' ? ['up', 'store'] : ['store'];
            return { ...each, own: own.map((segmentId) => ({ segmentId, during: null })) };
        }),
        exemptions: [
            {
                id: 'x',
                personId: null,
                segmentId: 'up',
                during: { start: clockTime(10, 5, 48), end: clockTime(10, 12) },
                ground: '无菌场所',
                state: 'confirmed',
                note: 'notNeeded',
            },
        ],
    };
}
