import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../kernel/base64.ts';
import { concatBytes, utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { sha256, testKey, testSigner, testWitness } from './golden/test-log.ts';
import { formatPolicy, type Policy, parsePolicy, policyNameText } from './policy.ts';
import {
    formatVerifierKey,
    NOTE_TYPE_COSIGNATURE_V1,
    NOTE_TYPE_ED25519,
    NOTE_TYPE_ML_DSA_44,
    verifierKey,
} from './verifier-key.ts';

const logKey = formatVerifierKey(testSigner('example.org/log').key);
const vkey = (name: string): string => formatVerifierKey(testWitness(name).key);
const [X1 = '', X2 = '', X3 = '', Y1 = '', Y2 = ''] = ['x1', 'x2', 'x3', 'y1', 'y2'].map((name) => vkey(`w.example/${name}`));

/** The example of c2sp.org/tlog-policy, with keys and some blanks. */
const EXAMPLE = `# who is trusted
log ${logKey}

witness X1 ${X1}
\twitness  X2\t${X2} https://x2.example/
witness X3 ${X3}
group X-witnesses 2 X1 X2 X3

   # the others
witness Y1 ${Y1}
witness Y2 ${Y2}
group Y-witnesses any Y1 Y2 \t
 \t
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;

const parse = (text: string | Uint8Array) => parsePolicy(sha256, typeof text === 'string' ? utf8Bytes(text) : text);

function refusal(text: string | Uint8Array): string | undefined {
    try {
        parse(text);
    } catch (error) {
        if (error instanceof DomainError && error.code === 'policy.malformed')
            return `${error.params.line} ${error.params.reason}`;
        throw error;
    }
    return undefined;
}

describe('a policy', () => {
    it('is read as its text says', () => {
        const policy = parse(EXAMPLE);
        expect(policy.logs.map(({ key }) => key.name)).toEqual(['example.org/log']);
        expect(policy.witnesses.map(({ name, key, url }) => [name, key.name, url])).toEqual([
            ['X1', 'w.example/x1', undefined],
            ['X2', 'w.example/x2', 'https://x2.example/'],
            ['X3', 'w.example/x3', undefined],
            ['Y1', 'w.example/y1', undefined],
            ['Y2', 'w.example/y2', undefined],
        ]);
        expect(policy.groups).toEqual([
            { name: 'X-witnesses', threshold: 2, members: ['X1', 'X2', 'X3'] },
            { name: 'Y-witnesses', threshold: 1, members: ['Y1', 'Y2'] },
            { name: 'X-and-Y', threshold: 2, members: ['X-witnesses', 'Y-witnesses'] },
        ]);
        expect(policy.quorum).toBe('X-and-Y');
    });

    it('may have no log and no witness, and a quorum of none', () => {
        expect(parse('quorum none\n')).toEqual({ logs: [], witnesses: [], groups: [], quorum: undefined });
    });

    it('may name its quorum before witnesses that are not in it', () => {
        expect(parse(`witness X1 ${X1}\nquorum X1\nwitness X2 ${X2}\nlog ${logKey} https://log.example/\n`)).toMatchObject({
            quorum: 'X1',
            logs: [{ url: 'https://log.example/' }],
        });
    });

    const one = `witness X1 ${X1}\n`;
    const two = `${one}witness X2 ${X2}\n`;
    const unknownType = `w+00000000+${toBase64(concatBytes(Uint8Array.of(0x7f), new Uint8Array(32)))}`;
    const asLog = formatVerifierKey(verifierKey(sha256, 'w.example/x1', NOTE_TYPE_ED25519, testKey('w.example/x1').publicKey));
    const renamed = formatVerifierKey(verifierKey(sha256, 'other', NOTE_TYPE_COSIGNATURE_V1, testKey('w.example/x1').publicKey));
    it.each([
        ['', '0 noQuorum'],
        ['\n\n', '0 noQuorum'],
        [two, '0 noQuorum'],
        ['quorum none', '1 noNewline'],
        [`${one}quorum X1`, '2 noNewline'],
        ['quorum none\nquorum none\n', '2 quorumTwice'],
        [`${one}quorum X1\nquorum none\n`, '3 quorumTwice'],
        ['quorum\n', '1 items'],
        ['quorum none none\n', '1 items'],
        ['quorum X1\n', '1 unknownName'],
        [`quorum X1\n${one}`, '1 unknownName'],
        ['Quorum none\n', '1 unknownKeyword'],
        ['quorum none # really\n', '1 items'],
        ['toString x\nquorum none\n', '1 unknownKeyword'],
        ['quorum none\r\n', '1 characters'],
        ['quorum none\n\u0000\n', '2 characters'],
        ['# \u007f\nquorum none\n', '1 characters'],
        ['quorum\u000bnone\n', '1 characters'],
        ['log\n', '1 items'],
        [`log ${logKey} https://a.example/ b\n`, '1 items'],
        ['log x+y+z\n', '1 vkey.malformed keyHash'],
        [`log ${logKey.replace('+', '+0')}\n`, '1 vkey.malformed keyHash'],
        [`log ${X1}\n`, '1 keyType'],
        [`log ${unknownType}\n`, '1 keyType'],
        [`log ${logKey}\nlog ${logKey}\n`, '2 keyTwice'],
        [`log ${logKey}\nlog ${formatVerifierKey(testSigner('other', testKey('example.org/log')).key)}\n`, '2 keyTwice'],
        [`witness X1\n`, '1 items'],
        [`witness X1 ${X1} u v\n`, '1 items'],
        [`witness X1 ${asLog}\n`, '1 keyType'],
        [`witness none ${X1}\n`, '1 nameNone'],
        [`${one}witness X1 ${X2}\n`, '2 nameTwice'],
        [`${one}witness X2 ${X1}\n`, '2 keyTwice'],
        [`${one}witness X2 ${renamed}\n`, '2 keyTwice'],
        [`${one}group X1 any X1\n`, '2 nameTwice'],
        [`${one}group none any X1\n`, '2 nameNone'],
        [`${one}group g any\n`, '2 items'],
        [`${one}group g any none\n`, '2 unknownName'],
        [`${one}group g any X2\n`, '2 unknownName'],
        [`${one}group g any g\n`, '2 unknownName'],
        [`${one}group g any X1 X1\n`, '2 memberTwice'],
        [`${two}group g any X1\ngroup h any X1 X2\n`, '4 memberTwice'],
        [`${two}group g any X1\ngroup h any g\ngroup i any g\n`, '5 memberTwice'],
        [`${two}group g 0 X1 X2\n`, '3 threshold'],
        [`${two}group g 3 X1 X2\n`, '3 threshold'],
        [`${two}group g 02 X1 X2\n`, '3 threshold'],
        [`${two}group g -1 X1 X2\n`, '3 threshold'],
        [`${two}group g most X1 X2\n`, '3 threshold'],
        [`${two}group g 99999999999999999999 X1 X2\n`, '3 threshold'],
        [`${'#\n'.repeat(2_000_001)}`, '0 tooLong'],
    ])('%j is refused: %s', (text, expected) => {
        expect(refusal(text)).toBe(expected);
    });

    it('takes names as octets, and shows them as text where they are UTF-8', () => {
        const kelvin = parse(`witness K ${X1}\nwitness \u212a ${X2}\nwitness 市卫健委 ${X3}\nquorum none\n`);
        expect(kelvin.witnesses.map(({ name }) => policyNameText(name))).toEqual(['K', '\u212a', '市卫健委']);
        const raw = concatBytes(utf8Bytes('witness '), Uint8Array.of(0xff), utf8Bytes(` ${X1}\nquorum none\n`));
        expect(parse(raw).witnesses.map(({ name }) => policyNameText(name))).toEqual(['\u00ff']);
        // A no-break space in UTF-8 is two octets of a name here, and no blank.
        expect(parse(`witness a\u00a0b ${X1}\nquorum a\u00a0b\n`).quorum).toBe('a\u00c2\u00a0b');
    });

    it('may name keys of ML-DSA-44, and keys by names in Chinese', () => {
        const key = formatVerifierKey(verifierKey(sha256, '见证.例', NOTE_TYPE_ML_DSA_44, new Uint8Array(1312)));
        const policy = parse(`log ${key}\nwitness W ${key}\nquorum W\n`);
        expect([policy.logs[0]?.key.name, policy.witnesses[0]?.key.algorithm]).toEqual(['见证.例', 'ml-dsa-44']);
    });

    it('has room for 32 of each, and for more', () => {
        const names = Array.from({ length: 64 }, (_, at) => `w${at}`);
        const lines = names.flatMap((name) => [
            `log ${formatVerifierKey(testSigner(name).key)}`,
            `witness ${name} ${vkey(name)}`,
            `group g-${name} any ${name}`,
        ]);
        const policy = parse(`${lines.join('\n')}\nquorum none\n`);
        expect([policy.logs.length, policy.witnesses.length, policy.groups.length]).toEqual([64, 64, 64]);
    });

    it('never means the same with a byte of a key, a name or a number changed: it is refused, or it is another', () => {
        const bytes = utf8Bytes(EXAMPLE);
        const sound = parse(EXAMPLE);
        // In comments, blanks and URLs a change means nothing, or something to others only.
        const plain = (policy: ReturnType<typeof parse>) => ({
            ...policy,
            witnesses: policy.witnesses.map(({ name, key }) => ({ name, key })),
        });
        let refused = 0;
        fc.assert(
            fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
                const changed = bytes.with(at, (bytes[at] ?? 0) ^ change);
                if (refusal(changed) !== undefined) {
                    refused += 1;
                    return;
                }
                const start = EXAMPLE.lastIndexOf('\n', at - 1) + 1;
                const line = EXAMPLE.slice(start, EXAMPLE.indexOf('\n', at)).trim();
                const harmless = /^(#|$)/.test(line) || /\s/.test(EXAMPLE[at] ?? '') || line.includes('https://');
                if (!harmless) expect(plain(parse(changed)), line).not.toEqual(plain(sound));
            }),
            { numRuns: 3000 },
        );
        expect(refused).toBeGreaterThan(1000);
    });

    it('is written so that it reads as it was, whatever it holds', () => {
        expect(parse(formatPolicy(sha256, parse(EXAMPLE), ['备注：见证', '']))).toEqual(parse(EXAMPLE));
        const count = fc.integer({ min: 0, max: 8 });
        fc.assert(
            fc.property(count, count, fc.array(fc.nat(7), { maxLength: 4 }), (logs, witnesses, groupsOf) => {
                const names = Array.from({ length: witnesses }, (_, at) => `w${at}`);
                const members = groupsOf
                    .map((at, group) => ({ group, name: names[at] }))
                    .filter(({ name }) => name !== undefined);
                const once = members.filter(({ name }, at) => members.findIndex((other) => other.name === name) === at);
                const policy: Policy = {
                    logs: Array.from({ length: logs }, (_, at) => ({ key: testSigner(`l.example/${at}`).key })),
                    witnesses: names.map((name, at) => ({
                        name,
                        key: testWitness(`w.example/${at}`).key,
                        ...(at % 2 === 0 ? {} : { url: `https://w${at}.example/` }),
                    })),
                    groups: once.map(({ group, name = '' }) => ({ name: `g${group}`, threshold: 1, members: [name] })),
                    quorum: once[0] === undefined ? undefined : `g${once[0].group}`,
                };
                expect(parse(formatPolicy(sha256, policy))).toEqual(policy);
            }),
        );
    });

    it('names time-stamp authorities in lines that others take for remarks, and refuses what is no certificate there', () => {
        const made = readFileSync(new URL('./package/golden/made-once.json', import.meta.url), 'utf8');
        const root = (JSON.parse(made) as { root: string }).root;
        const line = `#time-stamp-authority ${root}\n`;
        const policy = parse(`${line}quorum none\n${line}`);
        expect(policy.authorities?.map((each) => Buffer.from(each).toString('base64'))).toEqual([root, root]);
        expect(parse(formatPolicy(sha256, policy))).toEqual(policy);
        expect(parse(`# time-stamp-authority ${root}\nquorum none\n`).authorities).toBeUndefined();
        for (const bad of [
            '',
            'AAAA',
            root.slice(4),
            `${root} more`,
            Buffer.concat([Buffer.from(root, 'base64'), Buffer.from([0])]).toString('base64'),
        ])
            expect(refusal(`quorum none\n#time-stamp-authority ${bad}\n`), bad.slice(0, 9)).toBeDefined();
        expect(refusal(`quorum none\n${line.repeat(21)}`)).toBeDefined();
    });

    it('is not written where it would read as another', () => {
        const sound = parse(EXAMPLE);
        const [first] = sound.witnesses;
        if (first === undefined) throw new Error('no witness');
        const bad: Policy[] = [
            { ...sound, quorum: 'nobody' },
            { ...sound, witnesses: [{ ...first, name: 'X1 x' }] },
            { ...sound, witnesses: [...sound.witnesses, first] },
            { ...sound, witnesses: [{ ...first, url: 'https://a.example/\nquorum none' }] },
        ];
        for (const policy of bad) expect(() => formatPolicy(sha256, policy)).toThrow(DomainError);
        expect(() => formatPolicy(sha256, sound, ['a\nquorum none'])).toThrow(DomainError);
    });
});
