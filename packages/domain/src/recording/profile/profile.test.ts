import { describe, expect, it } from 'vitest';
import type { CardFile } from './profile.ts';
import { readProfile, readRules } from './profile-check.ts';
import { readCard, recogniseCard, scoreProfiles, secretFiles } from './profile-read.ts';
import { SHIPPED_PROFILES, SHIPPED_SECRET_RULES } from './shipped-profiles.ts';

const file = (path: string, more: Partial<CardFile> = {}): CardFile => ({ path, size: 1n, readOnly: false, ...more });
const profile = (id: string) => {
    const found = SHIPPED_PROFILES.find((each) => each.id === id);
    if (found === undefined) throw new Error(id);
    return found;
};
const read = (id: string, path: string, more: Partial<CardFile> = {}) => readCard([file(path, more)], profile(id))[0];
const at = (text: string) => Date.parse(`${text}Z`);

describe('profiles that are shipped', () => {
    it.each(SHIPPED_PROFILES.map((each) => each.id))('pass their own check (%s)', (id) => {
        expect(readProfile(JSON.parse(JSON.stringify(profile(id))))).toEqual({ profile: profile(id) });
    });

    it('have ids of their own', () => {
        expect(new Set(SHIPPED_PROFILES.map((each) => each.id)).size).toBe(SHIPPED_PROFILES.length);
    });

    it.each([
        ['dcam', 'DCIM/Media/DCAM_A0173_110207_20261028_140456.MP4', 'video', 'A0173', '110207', '2026-10-28T14:04:56', []],
        [
            'dcam',
            'DCIM/Media/IMP/DCAM_A0173_110207_20261028_140456_IMP.mp4',
            'video',
            'A0173',
            '110207',
            '2026-10-28T14:04:56',
            ['name', 'folder'],
        ],
        ['dcam', 'DCAM_R-301_20261105_135955.MP4', 'video', 'R-301', undefined, '2026-11-05T13:59:55', []],
        ['dcam', 'DCIM/DCAM_A0173_110207_20261028_140456.m4a', 'audio', 'A0173', '110207', '2026-10-28T14:04:56', []],
        ['underscore', 'A017300_110207_20261028140456_0003.MP4', 'video', 'A017300', '110207', '2026-10-28T14:04:56', []],
        [
            'underscore',
            'REC/20261028140456_A017300_110207_IMP.JPG',
            'photo',
            'A017300',
            '110207',
            '2026-10-28T14:04:56',
            ['name'],
        ],
        ['day-folders', 'A017300/20261028/140456.mp4', 'video', 'A017300', undefined, '2026-10-28T14:04:56', []],
        ['day-folders', '2026-10-28/重点/REC_14-04-56_2.mov', 'video', undefined, undefined, '2026-10-28T14:04:56', ['folder']],
        ['dcim', 'DCIM/100MEDIA/VID_20261028_140456.MP4', 'video', undefined, undefined, '2026-10-28T14:04:56', []],
        ['dcim', 'DCIM/100MEDIA/IMAG0012.JPG', 'photo', undefined, undefined, undefined, []],
        [
            'station-export',
            '110207/20261028/A017300_20261028140456_02.mp4',
            'video',
            'A017300',
            '110207',
            '2026-10-28T14:04:56',
            [],
        ],
        ['room-export', 'export/ch03_20261028140456_20261028150456.mp4', 'video', 'ch03', undefined, '2026-10-28T14:04:56', []],
    ] as const)('%s reads %s', (id, path, kind, device, officer, start, marks) => {
        expect(read(id, path)).toMatchObject({
            kind,
            marks,
            ...(device === undefined ? {} : { device }),
            ...(officer === undefined ? {} : { officer }),
            ...(start === undefined ? {} : { start: { wallClock: at(start) } }),
        });
        expect([read(id, path)?.device, read(id, path)?.officer, read(id, path)?.start?.wallClock]).toEqual([
            device,
            officer,
            start === undefined ? undefined : at(start),
        ]);
    });

    it('take what a reset clock wrote as it is, and no date that does not exist', () => {
        expect(read('dcam', 'DCAM_A0173_20000101_000112.MP4')?.start?.wallClock).toBe(at('2000-01-01T00:01:12'));
        expect(read('dcam', 'DCAM_A0173_20260230_000112.MP4')?.start).toBeUndefined();
        expect(read('dcam', 'DCAM_A0173_20260228_250112.MP4')?.start).toBeUndefined();
    });

    it('know the read-only attribute where recorders of that kind mark with it', () => {
        expect(read('underscore', 'A017300_110207_20261028140456.MP4', { readOnly: true })?.marks).toEqual(['readOnly']);
        expect(read('dcam', 'DCAM_A0173_20261028_140456.MP4', { readOnly: true })?.marks).toEqual([]);
    });

    it('count segments and leave the leftovers of systems alone', () => {
        expect(read('underscore', 'A017300_110207_20261028140456_0003.MP4')?.segment).toBe(3);
        expect(read('dcim', 'System Volume Information/IndexerVolumeGuid')?.kind).toBe('ignored');
        expect(read('dcim', '.DS_Store')?.kind).toBe('ignored');
        expect(read('dcam', '会议纪要.docx')).toBeUndefined();
    });

    it('put logs, positions and photos of the same name beside their recording', () => {
        const stem = 'DCIM/DCAM_A0173_110207_20261028_140456';
        const readings = readCard([file(`${stem}.GPS`), file(`${stem}.MP4`), file(`${stem}.log`)], profile('dcam'));
        expect(readings.map((each) => [each.kind, each.besides])).toEqual([
            ['position', `${stem}.MP4`],
            ['video', undefined],
            ['log', `${stem}.MP4`],
        ]);
    });
});

describe('the profile of a card', () => {
    const names: Record<string, string[]> = {
        dcam: ['DCIM/DCAM_A0173_110207_20261028_140456.MP4', 'DCIM/DCAM_A0173_110207_20261028_150456.MP4'],
        underscore: ['VIDEO/A017300_110207_20261028140456.MP4'],
        'day-folders': ['A017300/20261028/140456.mp4', 'A017300/20261028/150456.mp4'],
        dcim: ['DCIM/100MEDIA/VID_20261028_140456.MP4'],
        'room-export': ['ch03_20261028140456_20261028150456.mp4'],
    };

    it.each(Object.entries(names))('is recognised as %s', (id, paths) => {
        const found = recogniseCard(
            paths.map((path) => file(path)),
            SHIPPED_PROFILES,
        );
        expect(found).toMatchObject({ explained: paths.length, media: paths.length });
        expect(found?.profile.id).toBe(id);
    });

    it('is none where no name says anything, and the files come in all the same', () => {
        expect(recogniseCard([file('新建文件夹/会议.mp4')], SHIPPED_PROFILES)).toBeUndefined();
        expect(recogniseCard([], SHIPPED_PROFILES)).toBeUndefined();
    });
});

describe('a profile somebody made', () => {
    const made = (name: string, more: object = {}) => ({
        id: 'own',
        zh: '自定',
        en: 'own',
        version: 1,
        zone: 'Asia/Shanghai',
        readOnlyIsKey: false,
        rules: [{ kind: 'video', name, ...more }],
    });
    const faults = (value: unknown) => {
        const answer = readProfile(value);
        return 'faults' in answer ? answer.faults : [];
    };

    it.each([
        ['(a+)+$', 'profile.slow'],
        ['(?:\\d|\\d\\d)*x', 'profile.slow'],
        ['(?:[a-z]*){2,}', 'profile.slow'],
        ['(x){9,}', 'profile.slow'],
        ['(?:ab){1,30}', 'profile.slow'],
        ['\\d*\\d*\\d*\\d*x', 'profile.slow'],
        ['(?=x)y', 'profile.slow'],
        ['(?<start>\\d)\\1', 'profile.slow'],
        ['(?<owner>x)', 'profile.group'],
        ['(', 'profile.expression'],
        ['a'.repeat(301), 'profile.tooLong'],
    ])('is refused for %s', (name, code) => {
        expect(faults(made(name))).toEqual([{ code, at: 1 }]);
        expect(faults(made('x', { folder: name }))).toEqual([{ code, at: 1 }]);
    });

    it.each([
        '^(?<device>\\d{7})_(?<start>\\d{14})(?:_(?<segment>\\d+))?\\.mp4$',
        '^[^_]+_(?<start>\\d+)\\p{L}?\\.mp4$',
        '[)*+]\\)+x',
    ])('is taken with %s', (name) => {
        expect(faults(made(name))).toEqual([]);
    });

    it.each([
        null,
        'x',
        [],
        {},
        { ...made('x'), rules: undefined },
        { ...made('x'), zone: 'Mars' },
        { ...made('x'), version: 0 },
    ])('is refused without its shape: %o', (value) => {
        expect(faults(value)).toEqual([{ code: 'profile.shape', at: 0 }]);
    });

    it('needs a rule, and not too many', () => {
        expect(faults({ ...made('x'), rules: [] })).toEqual([{ code: 'profile.noRules', at: 0 }]);
        const many = Array.from({ length: 61 }, () => ({ kind: 'video', name: 'x' }));
        expect(faults({ ...made('x'), rules: many })).toEqual([{ code: 'profile.tooManyRules', at: 0 }]);
    });

    it('never reads longer names than file systems hold', () => {
        const answer = readProfile(made('^(?<device>.*)_(?<officer>.*)_(?<mark>.*)$'));
        if (!('profile' in answer)) throw new Error('refused');
        expect(readCard([file(`a_${'b_'.repeat(2_000)}`)], answer.profile)).toEqual([]);
        expect(readCard([file('a_b_c')], answer.profile)).toHaveLength(1);
    });
});

describe('what is marked as a state secret (附件1 第12条)', () => {
    const secret = (...paths: string[]) => [
        ...secretFiles(
            paths.map((path) => file(path)),
            SHIPPED_SECRET_RULES,
        ),
    ];

    it('is known by its folder or by a file that says so, from names alone', () => {
        expect(secret('DCIM/涉密/a.mp4', 'DCIM/a.mp4', '机密/x/y.jpg')).toEqual(['DCIM/涉密/a.mp4', '机密/x/y.jpg']);
        expect(secret('A/涉密.txt', 'A/1.mp4', 'A/B/2.mp4', 'C/3.mp4')).toEqual(['A/涉密.txt', 'A/1.mp4', 'A/B/2.mp4']);
        expect(secret('涉密.txt', 'C/3.mp4')).toEqual(['涉密.txt', 'C/3.mp4']);
        expect(secret('不涉密吗/a.mp4')).toEqual([]);
    });

    it('is said by rules that are checked like any others', () => {
        expect(readRules(SHIPPED_SECRET_RULES)).toEqual({ rules: SHIPPED_SECRET_RULES });
        expect(readRules([{ kind: 'secret', name: '(a+)+' }])).toEqual({ faults: [{ code: 'profile.slow', at: 1 }] });
        expect(readRules([{ kind: 'video', name: '', marker: true }])).toEqual({ faults: [{ code: 'profile.shape', at: 0 }] });
        expect(readRules([])).toEqual({ rules: [] });
    });
});

describe('the score of a profile', () => {
    it('is taken over the whole tree, and said of all of them', () => {
        const tree = ['DCIM/100MEDIA/IMAG0001.JPG', 'DCIM/100MEDIA/VID_20261028_140456.MP4', 'A017300_110207_20261028140456.MP4'];
        const scores = scoreProfiles(
            tree.map((path) => file(path)),
            SHIPPED_PROFILES,
        );
        expect(scores.slice(0, 2).map((each) => [each.profile.id, each.score])).toEqual([
            ['underscore', 5],
            ['dcim', 3],
        ]);
        expect(scores).toHaveLength(SHIPPED_PROFILES.length);
        // Numbered only: the folder says what they are, and the container has to say when.
        expect(recogniseCard([file('DCIM/100MEDIA/IMAG0001.JPG')], SHIPPED_PROFILES)?.profile.id).toBe('dcim');
    });
});

it('what lies below a marked folder is secret, however many are marked, and what lies beside it is not', () => {
    const paths = ['a/涉密.txt', 'a/b/c/1.mp4', 'ab/2.mp4', '3.mp4'];
    const files = paths.map((path) => ({ path, size: 1n, readOnly: false }));
    expect([...secretFiles(files, SHIPPED_SECRET_RULES)]).toEqual(['a/涉密.txt', 'a/b/c/1.mp4']);
    const all = [...files, { path: '国家秘密.flag', size: 1n, readOnly: false }];
    expect(secretFiles(all, SHIPPED_SECRET_RULES).size).toBe(5);
});
