import { chmod, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMAND_ID_HEADER } from '@liuhen/contract';
import {
    HOUR,
    type Id,
    merkleLeaf,
    PACKAGE_PATHS,
    type PackageManifest,
    parseEntry,
    parseManifest,
    parsePolicy,
    verifyTlogProof,
} from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifierDigest } from '../../../../verify/src/digest.ts';
import { verifyWithKey } from '../../../../verify/src/verify-with-key.ts';
import { CLIPS, PackingSystem, SCAN, sha256, unzip, WHY } from '../../testing/packing-system.ts';
import { pdfText } from '../../testing/pdf-text.ts';
import { newId } from '../../testing/remote.ts';

let system: PackingSystem;
let packed: Id;

beforeAll(async () => {
    system = await PackingSystem.open();
}, 180_000);
afterAll(() => system?.close(), 120_000);

describe('an evidence package (附件1 第20条)', () => {
    it('is made after consent by who looks after recordings, and by nobody else', async () => {
        const { id } = await system.as('zhouqing').call('retrieval.request', { body: { ...WHY, actId: system.act } });
        await expect(system.start(id)).rejects.toMatchObject({ code: 'retrieval.wrongState' });
        await system.as('gumingzhi').call('retrieval.consent', { params: { id }, body: {} });
        for (const login of ['zhouqing', 'gumingzhi'])
            await expect(system.as(login).call('retrieval.pack', { params: { id }, body: {} })).rejects.toMatchObject({
                code: 'access.denied',
            });
    });

    it('is the work of a job, and entered once as issued and once as kept', async () => {
        packed = await system.packed();
        const entered = await system.kinds(packed);
        for (const kind of ['retrieval.packaged', 'retrieval.packageKept'])
            expect(entered.filter((each) => each === kind)).toHaveLength(1);
        expect((await system.get(packed)).packing).toBeNull();
    }, 60_000);

    it('holds the original bytes, and entries that prove themselves with nothing but the policy', async () => {
        const { package: made } = await system.get(packed);
        const whole = Buffer.from(await (await system.fetched(packed)).arrayBuffer());
        expect([sha256(whole), String(whole.length)]).toEqual([made?.sha256, made?.size]);
        const members = unzip(whole);
        const bytesOf = (path: string) => members.get(path) ?? Buffer.alloc(0);
        const listed = bytesOf(PACKAGE_PATHS.manifest);
        expect(sha256(listed)).toBe(made?.manifestSha256);
        const manifest: PackageManifest = parseManifest(listed);
        for (const file of manifest.files)
            expect([sha256(bytesOf(file.path)), String(bytesOf(file.path).length)]).toEqual([file.sha256, file.size]);
        const unlisted = [PACKAGE_PATHS.manifest, PACKAGE_PATHS.receiptEntry, PACKAGE_PATHS.receiptProof];
        expect([...members.keys()].sort()).toEqual([...manifest.files.map(({ path }) => path), ...unlisted].sort());
        expect(manifest.items.map(({ id }) => id).sort()).toEqual([...system.recordings, system.document].sort());
        for (const item of manifest.items) {
            const original = item.kind === 'document' ? SCAN : await readFile(new URL(item.name, CLIPS));
            expect(bytesOf(item.path).equals(original)).toBe(true);
            const entry = parseEntry(bytesOf(PACKAGE_PATHS.entry(item.entry)));
            expect(entry.objects.map(({ id }) => id)).toContain(item.id);
            expect(entry.content).toContainEqual(
                expect.objectContaining({ sha256: item.sha256, sm3: item.sm3, size: item.size }),
            );
        }
        const policy = parsePolicy(verifierDigest.sha256, bytesOf(PACKAGE_PATHS.policy));
        for (const ref of manifest.entries) {
            const leaf = merkleLeaf(verifierDigest.sha256, bytesOf(PACKAGE_PATHS.entry(ref)));
            const hash = () => verifierDigest.sha256;
            const verdict = await verifyTlogProof(bytesOf(PACKAGE_PATHS.proof(ref)), {
                policy,
                leaf,
                hash,
                verify: verifyWithKey,
            });
            expect(verdict).toMatchObject({ index: BigInt(ref.index), quorum: true });
        }
        const consent = parseEntry(bytesOf(PACKAGE_PATHS.entry(manifest.consent)));
        expect([consent.kind, consent.org]).toEqual(['retrieval.consented', system.organisationId]);
        const statement = await pdfText(bytesOf(PACKAGE_PATHS.statement));
        const names = manifest.items.map(({ name }) => name.replaceAll(' ', ''));
        for (const words of ['制作人', '提取人', '提取时间', '陆管理', ...names]) expect(statement).toContain(words);
    }, 60_000);

    it('is fetched by range, after each fetching was registered, by who provides it', async () => {
        const before = (await system.get(packed)).downloads.length;
        const part = await system.fetched(packed, 'bytes=100-199');
        expect([part.status, part.headers.get('content-range')]).toEqual([
            206,
            `bytes 100-199/${(await system.get(packed)).package?.size}`,
        ]);
        expect((await part.arrayBuffer()).byteLength).toBe(100);
        expect((await system.get(packed)).downloads).toHaveLength(before + 1);
        expect((await system.kinds(packed)).filter((kind) => kind === 'retrieval.downloaded')).toHaveLength(before + 1);
        const url = `${system.server.url}/api/retrievals/${packed}/package`;
        const head = { cookie: system.cookie('lumanager') };
        expect((await fetch(url, { headers: head })).status).toBe(404);
        expect((await fetch(`${url}?download=${newId()}`, { headers: head })).status).toBe(404);
        const [known] = (await system.get(packed)).downloads;
        expect((await fetch(`${url}?download=${known?.id}`, { headers: { cookie: system.cookie('zhouqing') } })).status).toBe(
            403,
        );
    });

    it('is handed over with a receipt, which then stands beside it', async () => {
        const receipt = await fetch(`${system.server.url}/api/retrievals/${packed}/receipt.pdf`, {
            headers: { cookie: system.cookie('lumanager') },
        });
        const pdf = Buffer.from(await receipt.arrayBuffer());
        expect([receipt.status, pdf.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
        const give = (receivedAt: number) =>
            system.as('lumanager').call('retrieval.handOver', {
                params: { id: packed },
                body: { receiver: '测试区人民法院 钱书记员', medium: '光盘 2026-001', receivedAt },
            });
        await expect(give(Date.now() + HOUR)).rejects.toMatchObject({ code: 'retrieval.receivedInFuture' });
        await expect(give(Date.now() - 24 * HOUR)).rejects.toMatchObject({ code: 'retrieval.receivedBefore' });
        await give(Date.now() - 1000);
        const answer = await fetch(
            `${system.server.url}/api/retrievals/${packed}/receipts?name=${encodeURIComponent('签收单.pdf')}`,
            {
                method: 'POST',
                headers: {
                    cookie: system.cookie('lumanager'),
                    [COMMAND_ID_HEADER]: newId(),
                    'content-type': 'application/octet-stream',
                },
                body: pdf,
            },
        );
        expect(answer.status).toBe(200);
        const found = await system.get(packed);
        expect(found).toMatchObject({
            state: 'handedOver',
            handover: { medium: '光盘 2026-001' },
            receipts: [{ name: '签收单.pdf' }],
        });
        const shown = await fetch(`${system.server.url}/api/retrievals/${packed}/receipts/${found.receipts[0]?.id}`, {
            headers: { cookie: system.cookie('lumanager') },
        });
        expect(Buffer.from(await shown.arrayBuffer()).equals(pdf)).toBe(true);
        await expect(give(Date.now() - 1000)).rejects.toMatchObject({ code: 'retrieval.wrongState' });
    }, 60_000);

    it('is refused with the name of the recording whose stored bytes are not what was entered', async () => {
        const id = await system.consented();
        const { sha256: digest } = await system
            .as('zhouqing')
            .call('recording.get', { params: { id: system.recordings[1] ?? '' } });
        const path = join(
            system.dataFolder,
            'objects',
            'objects',
            system.organisationId,
            digest.slice(0, 2),
            digest.slice(2, 4),
            digest,
        );
        await flip(path);
        await system.start(id);
        await system.until(id, 'consented');
        const name = (await system.as('zhouqing').call('recording.get', { params: { id: system.recordings[1] ?? '' } })).name;
        expect((await system.get(id)).packingFailed).toEqual({ code: 'storage.objectDamaged', name });
        expect(await system.kinds(id)).toContain('retrieval.packingFailed');
        expect((await system.get(id)).package).toBeNull();
        await flip(path);
    }, 60_000);
});

/** Changes one byte of a stored object, or changes it back. */
async function flip(path: string): Promise<void> {
    await chmod(path, 0o600);
    const file = await open(path, 'r+');
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, 1000);
    await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, 1000);
    await file.close();
    await chmod(path, 0o400);
}
