import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HashFunction } from '../ledger/digest.ts';
import { checkDrawRecord, type DrawRecord } from './draw-record.ts';

const sha256: HashFunction = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());

describe('a published record', () => {
    const records = JSON.parse(readFileSync(new URL('golden/draw-v1.json', import.meta.url), 'utf8')) as DrawRecord[];

    // The same files are found equal by docs/draw-check.py, which shares no line with this code.
    it.each(records)('$number is worked out again', (record) => {
        expect(checkDrawRecord(sha256, record)).toEqual({ faults: [], result: record.result });
    });

    it('that was touched anywhere is found', () => {
        const [, record] = records;
        if (record === undefined) throw new Error('golden');
        const [object, ...others] = record.lists.objects;
        const faults = (more: object) => checkDrawRecord(sha256, { ...record, ...more }).faults;
        const avoidances = record.lists.avoidances.filter((each) => each.object !== object?.id);
        expect(faults({ lists: { ...record.lists, objects: others, avoidances } })).toEqual([
            'listsDigest',
            'commitment',
            'result',
        ]);
        expect(faults({ lists: { ...record.lists, objects: [...others, object] } })).toContain('lists');
        expect(faults({ secret: `00${record.secret.slice(2)}` })).toEqual(['commitment', 'result']);
        expect(faults({ publicValue: '03' })).toEqual(['result']);
        expect(faults({ publicValue: undefined })).toContain('lists');
        expect(faults({ result: { ...record.result, picks: record.result.picks.toReversed() } })).toEqual(['result']);
        expect(faults({ commitment: '' })).toEqual(['commitment']);
        for (const nothing of [null, 1, 'x', {}, { ...record, secret: 'zz' }, { ...record, lists: {} }])
            expect(checkDrawRecord(sha256, nothing).faults).toEqual(['format']);
    });
});
