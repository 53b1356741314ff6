import type { ProfileRule, RecorderProfile } from './profile.ts';

const VIDEO = '(?:mp4|mov|avi|mkv|ts|m4v)';
const AUDIO = '(?:m4a|aac|wav|mp3|amr)';
const PHOTO = '(?:jpg|jpeg|png)';
const POSITION = '(?:gps|nmea|gpx)';
/** A date and time of fourteen digits, with or without something between them. */
const STAMP = '(?<start>(?:19|20)\\d{6}[-_]?\\d{6})';
const MARK = '(?:_(?<mark>IMP|KEY|重点))?';

/** Files that systems leave on every card. */
const LEFTOVERS = [
    {
        kind: 'ignored',
        folder: '(?:^|/)(?:System Volume Information|\\$RECYCLE\\.BIN|LOST\\.DIR|\\.Trashes|\\.Spotlight-V100)',
        name: '',
    },
    { kind: 'ignored', name: '^(?:\\.|Thumbs\\.db$|desktop\\.ini$)' },
] as const;

/** Ways in which recorders on the market name and place their files. Data: an organisation adds its own beside them. */
export const SHIPPED_PROFILES: readonly RecorderProfile[] = [
    {
        id: 'dcam',
        zh: 'DCAM_设备_人员_日期_时间',
        en: 'DCAM_device_officer_date_time',
        version: 1,
        zone: 'Asia/Shanghai',
        readOnlyIsKey: false,
        rules: [
            ...LEFTOVERS,
            ...rules(
                '(?:^|/)IMP$',
                true,
                (ending) => `^DCAM_(?<device>[0-9A-Z-]+)_(?:(?<officer>\\d{4,12})_)?${STAMP}${MARK}(?:_enc)?\\.${ending}$`,
            ),
            ...rules(
                undefined,
                false,
                (ending) => `^DCAM_(?<device>[0-9A-Z-]+)_(?:(?<officer>\\d{4,12})_)?${STAMP}${MARK}(?:_enc)?\\.${ending}$`,
            ),
        ],
    },
    {
        id: 'underscore',
        zh: '设备_人员_时间_段号',
        en: 'device_officer_time_segment',
        version: 1,
        zone: 'Asia/Shanghai',
        readOnlyIsKey: true,
        rules: [
            ...LEFTOVERS,
            ...rules(
                undefined,
                false,
                (ending) =>
                    `^(?<device>[0-9A-Z]{5,20})_(?<officer>\\d{4,12})_${STAMP}(?:_(?<segment>\\d{1,4}))?${MARK}\\.${ending}$`,
            ),
            ...rules(
                undefined,
                false,
                (ending) =>
                    `^${STAMP}_(?<device>[0-9A-Z]{5,20})_(?<officer>\\d{4,12})(?:_(?<segment>\\d{1,4}))?${MARK}\\.${ending}$`,
            ),
        ],
    },
    {
        id: 'day-folders',
        zh: '设备号/日期文件夹/时间',
        en: 'device/day folder/time',
        version: 1,
        zone: 'Asia/Shanghai',
        readOnlyIsKey: true,
        rules: [
            ...LEFTOVERS,
            ...rules('(?:^|/)(?<device>[0-9A-Z]{5,20})/(?<date>(?:19|20)\\d\\d-?\\d\\d-?\\d\\d)(?:/重点|/IMP)$', true, timeName),
            ...rules('(?:^|/)(?<device>[0-9A-Z]{5,20})/(?<date>(?:19|20)\\d\\d-?\\d\\d-?\\d\\d)$', false, timeName),
            ...rules('(?:^|/)(?<date>(?:19|20)\\d\\d-?\\d\\d-?\\d\\d)(?:/重点|/IMP)$', true, timeName),
            ...rules('(?:^|/)(?<date>(?:19|20)\\d\\d-?\\d\\d-?\\d\\d)$', false, timeName),
        ],
    },
    {
        id: 'dcim',
        zh: 'DCIM/100MEDIA',
        en: 'DCIM/100MEDIA',
        version: 1,
        zone: 'Asia/Shanghai',
        readOnlyIsKey: true,
        rules: [
            ...LEFTOVERS,
            ...rules(
                '(?:^|/)DCIM/\\d{3}[A-Z0-9_]+$',
                false,
                (ending) => `^(?:[A-Z]{2,8}[-_]?)?${STAMP}(?:[-_](?<segment>\\d{1,4}))?${MARK}\\.${ending}$`,
            ),
            // Numbered only, as cameras do: the container has to say when.
            ...rules('(?:^|/)DCIM/\\d{3}[A-Z0-9_]+$', false, (ending) => `^[A-Z_]{2,6}(?<segment>\\d{3,6})\\.${ending}$`),
        ],
    },
    {
        id: 'station-export',
        zh: '采集站导出：人员/日期/设备_时间',
        en: 'export of a docking station: officer/day/device_time',
        version: 1,
        zone: 'Asia/Shanghai',
        readOnlyIsKey: false,
        // Stations copy and erase before anybody else sees the recorder.
        source: 'stationCopy',
        rules: [
            ...LEFTOVERS,
            ...rules(
                '(?:^|/)(?<officer>\\d{4,12})(?:_[^/]{1,32})?/(?:19|20)\\d\\d-?\\d\\d-?\\d\\d$',
                false,
                (ending) => `^(?<device>[0-9A-Z]{5,20})[-_]${STAMP}(?:[-_](?<segment>\\d{1,4}))?${MARK}\\.${ending}$`,
            ),
        ],
    },
    {
        id: 'room-export',
        zh: '录像室/硬盘录像机导出：通道_开始_结束',
        en: 'room or NVR export: channel_begin_end',
        version: 1,
        zone: 'Asia/Shanghai',
        readOnlyIsKey: false,
        source: 'room',
        rules: [
            ...LEFTOVERS,
            ...rules(
                undefined,
                false,
                (ending) =>
                    `^(?<device>(?:ch|cam|camera|通道|R-)[-_ ]?[0-9A-Z]{1,12})[-_ ]${STAMP}(?:[-_ ](?:19|20)\\d{6}[-_]?\\d{6})?\\.${ending}$`,
            ),
        ],
    },
];

/**
 * What counts as marked a state secret where an organisation says nothing else: a folder that is called so, or a file that
 * says so of its folder (保守国家秘密法: 国家秘密 carries its grade on its face).
 */
export const SHIPPED_SECRET_RULES: readonly ProfileRule[] = [
    { kind: 'secret', folder: '(?:^|/)(?:涉密|国家秘密|绝密|机密|秘密)(?:/|$)', name: '' },
    { kind: 'secret', name: '^(?:涉密|国家秘密|绝密|机密)\\.(?:txt|flag)$', marker: true },
];

function timeName(ending: string): string {
    return `^(?:[A-Z]{2,8}[-_]?)?(?<time>\\d\\d[-_.]?\\d\\d[-_.]?\\d\\d)(?:[-_](?<segment>\\d{1,4}))?${MARK}\\.${ending}$`;
}

/** One layout for every kind of file it holds. */
function rules(folder: string | undefined, key: boolean, name: (ending: string) => string) {
    const kinds = [
        ['video', VIDEO],
        ['audio', AUDIO],
        ['photo', PHOTO],
        ['log', '(?:log|txt)'],
        ['position', POSITION],
    ] as const;
    return kinds.map(([kind, ending]) => ({
        kind,
        name: name(ending),
        ...(folder === undefined ? {} : { folder }),
        ...(key ? { key } : {}),
    }));
}
