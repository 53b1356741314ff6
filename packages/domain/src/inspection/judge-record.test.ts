import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../kernel/base64.ts';
import { utf8Bytes } from '../kernel/bytes.ts';
import { canonicalBytes, canonicalJson } from '../kernel/canonical-json.ts';
import { toHex } from '../kernel/hex.ts';
import { ed25519Verify, hashOf, sha256 } from '../proof/golden/test-log.ts';
import { PACKAGE_PATHS } from '../proof/package/package-paths.ts';
import { parsePolicy } from '../proof/policy.ts';
import { campaignCommitment, canonicalDigest } from './campaign-draw.ts';
import type { CampaignRecord } from './campaign-record.ts';
import { frame, frameAct, rules } from './campaign-testing.ts';
import { judgeCampaignRecord } from './judge-record.ts';
import { beginsLikeRecord, RECORD_MAX_BYTES } from './read-record.ts';
import { plainRecord, provenRecord, recordPolicy } from './record-testing.ts';

const tools = { digest: { sha256, sm3: hashOf('sm3') }, verify: ed25519Verify };
const policy = parsePolicy(sha256, utf8Bytes(recordPolicy()));
const judgeBytes = (bytes: Uint8Array) => judgeCampaignRecord(bytes, { ...tools, policy });
const judge = (record: object) => judgeBytes(canonicalBytes(record));
const codes = async (record: object) => (await judge(record)).findings.map(({ code }) => code);
/** What was found beside that there is no log. */
const found = async (more: Partial<CampaignRecord>) =>
    (await judge(plainRecord(more))).findings.filter(({ code }) => code !== 'record.noLog');

describe('the record of a sample', () => {
    it('is valid where it is drawn again the same, and the log shows that a witness saw the commitment in time', async () => {
        const verdict = await judge(await provenRecord());
        expect(verdict.findings).toEqual([]);
        expect(verdict.result).toBe('valid');
        expect(Object.values(verdict.checks)).toEqual(['holds', 'holds', 'holds', 'holds', 'holds', 'holds']);
        expect(verdict.log).toMatchObject({ policy: 'given', holds: true, origin: 'golden.example/310100' });
        expect(verdict.log?.seenBefore).toBe(BigInt(rules().to / 1000 - 86_400));
        expect(verdict.notProven).toEqual(['registered', 'verifier', 'seedMaker', 'parallelSince']);
    });

    it('is incomplete without a log: the sample is equal, and when the seed was fixed is open', async () => {
        const verdict = await judge(plainRecord());
        expect([verdict.result, verdict.checks.sample, verdict.checks.seed]).toEqual(['incomplete', 'holds', 'holds']);
        expect([verdict.checks.before, verdict.checks.log]).toEqual(['open', 'open']);
        expect(verdict.notProven).toEqual(expect.arrayContaining(['log', 'parallelUnsaid']));
    });

    it('is incomplete by the policy that it brings itself, and without any witness the time is what the server says', async () => {
        const record = await provenRecord();
        const own = await judgeCampaignRecord(canonicalBytes(record), tools);
        expect([own.result, own.findings, own.log?.policy]).toEqual([
            'incomplete',
            [{ code: 'package.ownPolicy', about: PACKAGE_PATHS.policy }],
            'own',
        ]);
        expect(own.notProven).toContain('keys');
        const alone = parsePolicy(sha256, utf8Bytes(recordPolicy(false)));
        const said = await judgeCampaignRecord(canonicalBytes(record), { ...tools, policy: alone });
        expect([said.result, said.log?.seenBefore]).toEqual(['valid', undefined]);
        expect(said.notProven).toContain('times');
    });

    it('names what was changed in it', async () => {
        const { frame: acts, result, commitment, secret } = plainRecord();
        const [first, second, ...others] = acts.acts;
        if (first === undefined || second === undefined) throw new Error('acts');
        expect(await found({ secret: `00${secret.slice(2)}` })).toEqual([{ code: 'record.seed' }, { code: 'record.sample' }]);
        expect(await found({ commitment: `00${commitment.slice(2)}` })).toEqual([{ code: 'record.seed' }]);
        expect(await found({ rules: rules({ take: { number: 1 } }) })).toMatchObject([
            { code: 'record.rulesDigest' },
            { code: 'record.seed' },
            { code: 'record.sample' },
            { code: 'record.counts' },
        ]);
        expect(await found({ rules: rules({ to: rules().from }) })).toContainEqual({ code: 'record.rules', about: 'period' });
        expect(await found({ publicValue: '03 11 17' })).toContainEqual({ code: 'record.publicValue' });
        expect(await found({ committedAt: rules().to })).toEqual([{ code: 'record.committedLate' }]);
        expect(await found({ drawnAt: rules().to - 1 })).toEqual([{ code: 'record.drawnEarly' }]);
        expect(await found({ frame: { v: 1, acts: [second, first, ...others] } })).toEqual([{ code: 'record.frameOrder' }]);
        expect(await found({ frame: { v: 1, acts: [second, ...others] } })).toContainEqual({ code: 'record.frameDigest' });
        expect(await found({ frame: { v: 1, acts: [first, first, ...others] } })).toEqual([
            { code: 'record.frameTwice', about: first.number },
        ]);
        const alike = { ...second, number: first.number, organisation: first.organisation };
        expect(await found({ frame: { v: 1, acts: [first, alike, ...others] } })).toContainEqual({
            ...{ code: 'record.frameTwice', about: first.number },
        });
        const stranger = frameAct(99, { organisation: frameAct(99).id });
        expect(await found({ frame: { v: 1, acts: [...acts.acts, stranger] } })).toContainEqual({
            ...{ code: 'record.frameForeign', about: stranger.number },
        });
        expect(await found({ result: { ...result, apart: [] } })).toEqual([{ code: 'record.counts' }]);
    });

    it('says which act stands in the place of which', async () => {
        const { result, frame: acts } = plainRecord();
        const drawn = new Set(result.picks.map((each) => each.act));
        const other = acts.acts.find((each) => !drawn.has(each.id));
        const [first, ...rest] = result.picks;
        if (first === undefined || other === undefined) throw new Error('sample');
        const picks = [{ ...first, act: other.id }, ...rest.slice(0, -1)];
        const verdict = await judge({ ...(await provenRecord()), result: { ...result, picks } });
        expect([verdict.result, verdict.checks.sample, verdict.checks.seed]).toEqual(['invalid', 'fails', 'holds']);
        const numberOf = (id: string | undefined) => acts.acts.find((each) => each.id === id)?.number;
        expect(verdict.differences).toEqual({
            first: [
                { place: 1, stated: other.number, drawn: numberOf(first.act) },
                { place: result.picks.length, drawn: numberOf(rest.at(-1)?.act) },
            ],
            count: 2,
        });
        // The log has the digest of the sample that was drawn.
        expect(verdict.findings).toContainEqual({ code: 'record.logDiffers', about: 'result' });
    });
});

describe('the log of a record', () => {
    it('is incomplete where the witness saw the commitment when the period was over', async () => {
        const verdict = await judge(await provenRecord({ seenAt: rules().to }));
        expect(verdict.findings).toEqual([{ code: 'record.seenLate' }]);
        expect([verdict.result, verdict.checks.before]).toEqual(['incomplete', 'open']);
        expect((await judge(await provenRecord({ seenAt: rules().to - 1 }))).result).toBe('valid');
    });

    it.each([
        ['commitment', { committed: { commitment: '00'.repeat(32) } }],
        ['number', { committed: { number: '310100-JC-2026-0009' } }],
        ['secret', { drawn: { secret: '00'.repeat(32) } }],
        ['frameDigest', { drawn: { frame_digest: '00'.repeat(32) } }],
    ])('says another %s than the record', async (about, says) => {
        const verdict = await judge(await provenRecord({ says }));
        expect([verdict.result, verdict.checks.log]).toEqual(['invalid', 'fails']);
        expect(verdict.findings).toContainEqual({ code: 'record.logDiffers', about });
    });

    it('shows that something was done between sealing and draw, and a time that the record changed', async () => {
        expect(await codes(await provenRecord({ between: true }))).toEqual(['record.logDiffers']);
        const record = await provenRecord();
        expect((await judge({ ...record, committedAt: record.committedAt - 1 })).findings).toEqual([
            { code: 'record.logDiffers', about: 'committedAt' },
        ]);
    });

    it('holds with its own entries, bodies and proofs only', async () => {
        const record = await provenRecord();
        const { log } = record;
        if (log === undefined) throw new Error('log');
        const withFile = (path: string, change: (bytes: Uint8Array) => Uint8Array | undefined) => {
            const files = log.files.flatMap((file) => {
                if (file.path !== path) return [file];
                const bytes = change(fromBase64(file.bytes) ?? new Uint8Array());
                return bytes === undefined ? [] : [{ path, bytes: toBase64(bytes) }];
            });
            return { ...record, log: { ...log, files } };
        };
        const spoil = (bytes: Uint8Array) => bytes.with(bytes.length - 3, (bytes.at(-3) ?? 0) ^ 1);
        const { committed } = log;
        expect(await codes(withFile(PACKAGE_PATHS.body(committed), spoil))).toContain('package.bodyDiffers');
        expect(await codes(withFile(PACKAGE_PATHS.entry(committed), spoil))).toContain('package.entryMalformed');
        expect(await codes(withFile(PACKAGE_PATHS.proof(committed), (bytes) => bytes.with(60, 65)))).toContain('package.proof');
        const without = await judge(withFile(PACKAGE_PATHS.proof(committed), () => undefined));
        expect([without.checks.log, without.checks.before, without.result]).toEqual(['open', 'open', 'incomplete']);
        for (const path of [PACKAGE_PATHS.entry(committed), PACKAGE_PATHS.body(committed)]) {
            const verdict = await judge(withFile(path, () => undefined));
            expect([verdict.checks.log, verdict.checks.before, verdict.result]).toEqual(['open', 'open', 'incomplete']);
            expect(verdict.findings).toContainEqual({ code: 'record.logFileMissing', about: path });
        }
        const { drawn: _, ...undrawn } = log;
        expect(await codes({ ...record, log: undrawn })).toEqual(['record.drawNotInLog']);
    });

    it('names campaigns over the same days that the record leaves out', async () => {
        const record = await provenRecord();
        const verdict = await judge({ ...record, parallel: { at: record.drawnAt, inspections: [] } });
        expect(verdict.findings).toEqual([{ code: 'record.parallelMissing', about: '310100-JC-2026-0002' }]);
        expect(verdict.result).toBe('invalid');
    });
});

describe('what is no record', () => {
    const text = canonicalJson(plainRecord());
    const of = async (given: string) => (await judgeBytes(utf8Bytes(given))).findings;

    it.each([
        ['cut off', text.slice(0, 500), 'record.truncated'],
        ['damaged', `${text.slice(0, 500)}}`, 'record.notJson'],
        ['written anew', JSON.stringify(plainRecord(), null, 2), 'record.notCanonical'],
        ['with a member twice', text.replace('{', '{"secret":"","'.slice(0, 13)), 'record.notCanonical'],
        ['of something else', '{"format":"liuhen.draw.record.v1"}', 'record.otherFormat'],
        ['nested without end', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'record.notCanonical'],
        ['of other types', canonicalJson({ ...plainRecord(), secret: 7 }), 'record.shape'],
        ['with a line that moves a cursor', canonicalJson({ ...plainRecord(), number: '\u001b[2J' }), 'record.shape'],
        ['with more than there is', canonicalJson({ ...plainRecord(), more: 1 }), 'record.shape'],
        ['with less', canonicalJson({ ...plainRecord(), rules: { v: 1 } }), 'record.shape'],
    ])('is told apart: %s', async (_, given, code) => {
        const [first, ...more] = await of(given);
        expect([first?.code, more]).toEqual([code, []]);
    });

    it('says where, and reads nothing that is larger than any record', async () => {
        expect(await of(canonicalJson({ ...plainRecord(), secret: 7 }))).toEqual([{ code: 'record.shape', about: '$.secret' }]);
        expect(await of('{"format":"x y"}')).toEqual([{ code: 'record.otherFormat' }]);
        const { findings, result } = await judgeBytes(new Uint8Array(RECORD_MAX_BYTES + 1));
        expect([findings, result]).toEqual([[{ code: 'record.tooLong' }], 'unreadable']);
    });

    it('is recognised by how it begins', () => {
        const begins = (given: string) => beginsLikeRecord(utf8Bytes(given));
        expect([begins(text), begins(' \n{'), begins('\ufeff{}')]).toEqual([true, true, true]);
        expect([begins('PK\u0003\u0004{'), begins(''), begins('[{')]).toEqual([false, false, false]);
    });

    it('does not keep a reader drawing: more than any sample has is refused before it is drawn', async () => {
        const given = rules({ take: { permille: 1_000 } });
        const acts = frame(6_000);
        const digest = canonicalDigest(sha256, given);
        const sorted = { v: 1 as const, acts: acts.acts.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
        const secret = new Uint8Array(32);
        const { findings } = await judge(
            plainRecord({
                ...{ rules: given, rulesDigest: toHex(digest), secret: toHex(secret), frame: sorted },
                commitment: toHex(campaignCommitment(sha256, secret, digest)),
                frameDigest: toHex(canonicalDigest(sha256, sorted)),
            }),
        );
        expect(findings).toEqual([{ code: 'record.sampleTooLarge' }, { code: 'record.noLog' }]);
    });
});
