import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBytes } from '../../kernel/canonical-json.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { formatManifest, type PackageManifest, parseManifest, sortEntryRefs, sortPackageFiles } from './package-manifest.ts';
import { isPackagePath, PACKAGE_PATHS } from './package-paths.ts';
import { formatSegments, formatVolume, parseSegments, parseVolume } from './package-segments.ts';

const org = '0190f2e0-0000-7000-8000-000000000001';
const [bytes, consent] = [
    { org, index: 3 },
    { org, index: 12 },
];
const sha256 = 'ab'.repeat(32);
const entries = sortEntryRefs([consent, bytes, bytes]);
const item = {
    id: '0190f2e0-0000-7000-8000-000000000002',
    kind: 'recording',
    name: '现场检查.mp4',
    path: PACKAGE_PATHS.content(sha256, 'mp4'),
    size: '10',
    sha256,
    sm3: sha256,
    entry: bytes,
    also: [consent],
} as const;
const manifest: PackageManifest = {
    type: 'liuhen/evidence-package',
    v: 1,
    id: org,
    madeAt: 1_790_000_000_000,
    issuer: { org, name: '某区卫生健康委员会' },
    maker: '张三',
    recipient: '某区人民法院',
    purpose: '行政诉讼',
    basis: '',
    consent,
    items: [item],
    entries,
    keys: [],
    files: sortPackageFiles([
        { path: item.path, size: item.size, sha256 },
        ...entries.flatMap((ref) =>
            [PACKAGE_PATHS.entry(ref), PACKAGE_PATHS.proof(ref)].map((path) => ({ path, size: '1', sha256 })),
        ),
    ]),
};
/** The code of the refusal, or `read`. */
function outcome(read: () => unknown): string {
    try {
        read();
        return 'read';
    } catch (error) {
        if (error instanceof DomainError) return error.code;
        throw error;
    }
}
const changed = (change: Record<string, unknown>) => outcome(() => parseManifest(canonicalBytes({ ...manifest, ...change })));

describe('a manifest', () => {
    it('is read as it was written', () => {
        expect(parseManifest(formatManifest(manifest))).toEqual(manifest);
    });

    it.each([
        ['a newer version', { v: 2 }, 'manifest.version'],
        ['another type', { type: 'other' }, 'manifest.wrongValue'],
        ['a member more', { more: 1 }, 'manifest.surplusMember'],
        ['no issuer', { issuer: {} }, 'manifest.missingMember'],
        ['a line break in a name', { maker: 'a\nb' }, 'manifest.wrongValue'],
        ['text turned around', { maker: 'a\u202eb' }, 'manifest.wrongValue'],
        ['entries out of order', { entries: [...entries].reverse() }, 'manifest.order'],
        ['an entry twice', { entries: [bytes, ...entries] }, 'manifest.order'],
        ['files out of order', { files: [...manifest.files].reverse() }, 'manifest.order'],
        ['a consent that is not listed', { consent: { org, index: 4 } }, 'manifest.unlistedEntry'],
        ['an item with another digest than its file', { items: [{ ...item, sha256: 'cd'.repeat(32) }] }, 'manifest.unlistedFile'],
        ['an item with another size than its file', { items: [{ ...item, size: '11' }] }, 'manifest.unlistedFile'],
        [
            'an entry without a file',
            { files: manifest.files.filter((file) => file.path !== PACKAGE_PATHS.entry(bytes)) },
            'manifest.unlistedFile',
        ],
        [
            'itself as a file',
            { files: sortPackageFiles([...manifest.files, { path: 'manifest.json', size: '1', sha256 }]) },
            'manifest.wrongValue',
        ],
        [
            'files that differ in capitals',
            { files: sortPackageFiles([...manifest.files, { path: 'A', size: '1', sha256 }, { path: 'a', size: '1', sha256 }]) },
            'manifest.order',
        ],
        [
            'a path out of the folder',
            { files: sortPackageFiles([...manifest.files, { path: '../a', size: '1', sha256 }]) },
            'manifest.wrongValue',
        ],
    ] as const)('with %s is refused', (_, change, code) => {
        expect(changed(change)).toBe(code);
    });

    it('of other bytes is refused or is its own canonical form', () => {
        const whole = formatManifest(manifest);
        fc.assert(
            fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
                const spoilt = whole.map((each, index) => (index === at ? byte : each));
                if (outcome(() => parseManifest(spoilt)) === 'read')
                    expect(formatManifest(parseManifest(spoilt))).toEqual(spoilt);
            }),
        );
    });
});

describe('a path of a package', () => {
    it.each(['manifest.json', `content/${sha256}.mp4`, 'a/b/c.d.e', PACKAGE_PATHS.smProof(bytes)])('is %s', (path) => {
        expect(isPackagePath(path)).toBe(true);
    });

    it.each([
        '',
        '/a',
        'a/',
        'a//b',
        '../a',
        'a/../b',
        'a/.b',
        './a',
        'a\\b',
        'a\0',
        'C:a',
        'a ',
        'a.',
        'a..b',
        '录像',
        'nul',
        'a/COM1.txt',
        'a'.repeat(201),
    ])('is not %j', (path) => {
        expect(isPackagePath(path)).toBe(false);
    });
});

describe('the segments of a package on several discs', () => {
    const segments = {
        type: 'liuhen/evidence-segments',
        v: 1,
        manifest: sha256,
        volumes: 2,
        segments: [
            { path: 'a', order: 0, volume: 1, at: 'a', size: '3', sha256 },
            { path: 'b', order: 0, volume: 1, at: 'b.part001', size: '3', sha256 },
            { path: 'b', order: 1, volume: 2, at: 'b.part002', size: '1', sha256 },
        ],
    } as const;
    const [first, second, third] = segments.segments;
    const of = (...list: unknown[]) => outcome(() => parseSegments(canonicalBytes({ ...segments, segments: list })));

    it('are read as they were written', () => {
        expect(parseSegments(formatSegments(segments))).toEqual(segments);
        const volume = { type: 'liuhen/evidence-volume', v: 1, manifest: sha256, volume: 2 } as const;
        expect(parseVolume(formatVolume(volume))).toEqual(volume);
    });

    it('have each piece once, in order, on a disc that there is', () => {
        expect(of(first, third)).toBe('segments.order');
        expect(of(first, second, second)).toBe('segments.order');
        expect(of(second, third, first)).toBe('segments.order');
        expect(of(first, second, { ...third, volume: 3 })).toBe('segments.place');
        expect(of(first, second, { ...third, at: 'a' })).toBe('segments.place');
        expect(of({ ...first, at: 'manifest.json' })).toBe('segments.wrongValue');
    });
});
