/** The fictional visits of the demo and which recorder ran when. Times are what the devices' clocks showed. */
export const RECORDERS = {
    A0173: { certificate: '110207', wall: '0x24414d', mark: '0xf2c14e', from: 0, writesLocalTime: false },
    A0174: { certificate: '110215', wall: '0x3f3a52', mark: '0x7bd389', from: 700, writesLocalTime: true },
    /** The camera of an interview room is nobody's. */
    'R-301': { certificate: undefined, wall: '0x4a4436', mark: '0x8fb3d9', from: 300, writesLocalTime: false },
} as const;

export type DemoDevice = keyof typeof RECORDERS;

export type DemoClip = {
    readonly device: DemoDevice;
    /** Device clock, Shanghai time. */
    readonly start: string;
    readonly seconds: number;
    readonly cutOff?: true;
    /** Nothing moves but the clock, drawn once a second, and the sound is low: long stories must stay small. */
    readonly ticking?: true;
};

export type DemoAct = {
    readonly key:
        | 'complete'
        | 'gap'
        | 'oneOfficer'
        | 'cutOff'
        | 'followUp'
        | 'spotPenalty'
        | 'seizure'
        | 'interview'
        | 'hearing'
        | 'lienService';
    readonly place: string;
    /** What the document says, to the minute. */
    readonly documentStart: string;
    readonly documentEnd: string;
    readonly clips: readonly DemoClip[];
};

const ticking = (device: DemoDevice, start: string, seconds: number): DemoClip => ({ device, start, seconds, ticking: true });

export const ACTS: readonly DemoAct[] = [
    {
        key: 'complete',
        place: '公共场所卫生监督检查',
        documentStart: '2026-10-21 09:31:00',
        documentEnd: '2026-10-21 09:34:00',
        // Both recorders split their files; the joints are seamless.
        clips: [
            ticking('A0173', '2026-10-21 09:30:55', 93),
            ticking('A0173', '2026-10-21 09:32:28', 93),
            ticking('A0174', '2026-10-21 09:30:57', 93),
            ticking('A0174', '2026-10-21 09:32:30', 93),
        ],
    },
    {
        key: 'gap',
        place: '医疗机构双随机监督检查',
        documentStart: '2026-10-28 14:05:00',
        documentEnd: '2026-10-28 14:07:00',
        // A0174 pauses for 36 s.
        clips: [
            { device: 'A0173', start: '2026-10-28 14:04:56', seconds: 64 },
            { device: 'A0173', start: '2026-10-28 14:06:00', seconds: 64 },
            { device: 'A0174', start: '2026-10-28 14:04:58', seconds: 42 },
            { device: 'A0174', start: '2026-10-28 14:06:16', seconds: 47 },
        ],
    },
    {
        key: 'oneOfficer',
        place: '学校饮用水卫生监督检查',
        documentStart: '2026-11-12 10:20:00',
        documentEnd: '2026-11-12 10:21:00',
        // Incomplete on purpose: the second officer's recorder is missing.
        clips: [{ device: 'A0173', start: '2026-11-12 10:19:57', seconds: 66 }],
    },
    {
        key: 'cutOff',
        place: '游泳场所卫生监督检查',
        documentStart: '2026-11-18 09:31:00',
        documentEnd: '2026-11-18 09:32:00',
        // The second recorder's battery was pulled.
        clips: [
            { device: 'A0173', start: '2026-11-18 09:31:00', seconds: 62 },
            { device: 'A0174', start: '2026-11-18 09:31:00', seconds: 62, cutOff: true },
        ],
    },
    // A complaint is looked into and ends in a penalty on the spot.
    {
        key: 'spotPenalty',
        place: '公共场所投诉核查、当场处罚',
        documentStart: '2026-11-03 15:10:00',
        documentEnd: '2026-11-03 15:12:00',
        clips: [ticking('A0173', '2026-11-03 15:09:55', 130), ticking('A0174', '2026-11-03 15:09:57', 130)],
    },
    // Whether the clinic of `gap` has put right what it was told to.
    {
        key: 'followUp',
        place: '医疗机构复查',
        documentStart: '2026-11-06 09:40:00',
        documentEnd: '2026-11-06 09:41:00',
        clips: [ticking('A0173', '2026-11-06 09:39:56', 70), ticking('A0174', '2026-11-06 09:39:58', 70)],
    },
    // A penalty in the ordinary procedure: the check and the seizure, the interview, the hearing, and leaving the decision.
    {
        key: 'seizure',
        place: '医疗机构监督检查、扣押',
        documentStart: '2026-10-12 09:30:00',
        documentEnd: '2026-10-12 11:22:00',
        clips: [
            ticking('A0173', '2026-10-12 09:29:54', 130),
            ticking('A0174', '2026-10-12 09:29:56', 130),
            ticking('A0173', '2026-10-12 11:19:55', 130),
            ticking('A0174', '2026-10-12 11:19:57', 130),
        ],
    },
    {
        key: 'interview',
        place: '约谈室 301 询问',
        documentStart: '2026-10-14 10:00:00',
        documentEnd: '2026-10-14 10:02:00',
        clips: [ticking('R-301', '2026-10-14 09:59:55', 130)],
    },
    {
        key: 'hearing',
        place: '约谈室 301 听证',
        documentStart: '2026-11-05 14:00:00',
        documentEnd: '2026-11-05 14:02:00',
        clips: [ticking('R-301', '2026-11-05 13:59:55', 130)],
    },
    {
        key: 'lienService',
        place: '留置送达',
        documentStart: '2026-11-13 15:00:00',
        documentEnd: '2026-11-13 15:01:00',
        clips: [ticking('A0173', '2026-11-13 14:59:55', 70), ticking('A0174', '2026-11-13 14:59:57', 70)],
    },
];

/** Part of the bytes that a cut-off file keeps. */
export const CUT_KEEPS = 0.6;
export const MAX_TOTAL_BYTES = 6_000_000;

/** What `demo/clips/clips.json` holds, for whoever loads the demo. */
export type ClipList = {
    readonly notice: string;
    readonly zone: 'Asia/Shanghai';
    readonly acts: readonly Omit<DemoAct, 'clips'>[];
    readonly clips: readonly {
        readonly act: DemoAct['key'];
        readonly file: string;
        readonly device: string;
        /** The officer's 监督员证号; a room's camera has none. */
        readonly certificate?: string;
        /** Device clock at the start, in `zone`. */
        readonly start: string;
        /** The same in ms UTC. */
        readonly startInstant: number;
        /** Absent where the file broke off and nobody can say. */
        readonly durationMs?: number;
        readonly size: number;
        readonly sha256: string;
        /** Finding codes that its inspection gives. */
        readonly findings: readonly string[];
    }[];
};

export const startOf = (wallClock: string): number => Date.parse(`${wallClock.replace(' ', 'T')}+08:00`);

/** As the recorders name their files: device, certificate number, date, time. */
export const fileNameOf = ({ device, start }: DemoClip): string =>
    ['DCAM', device, RECORDERS[device].certificate, start.replaceAll(/[-:]/g, '').replace(' ', '_')]
        .filter((part) => part !== undefined)
        .join('_')
        .concat('.MP4');
