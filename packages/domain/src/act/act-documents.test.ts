import { describe, expect, it } from 'vitest';
import { explanationsOf } from './act-documents.ts';

const people = [
    { personId: 'p1', name: '王予安', certificateNumber: '110207' },
    { personId: 'p2', name: '李若川', certificateNumber: '110215' },
    { personId: null, name: '沈颐', certificateNumber: null },
];
const paper = { id: 'd1', startedAt: null, endedAt: null, approvedBy: 'head' };
const said = { start: 1_000, end: 5_000, reason: '电池耗尽，更换电池。' };

describe('a paper about an interruption (附件1 第10条)', () => {
    it('explains it for the recorder’s user it names: by person, by certificate, by name', () => {
        const users = [{ person: 'p2' }, { name: '别名', certificate: '110215' }, { name: '李若川' }];
        for (const user of users)
            expect(explanationsOf([{ ...paper, content: { ...said, officers: [user] } }], people)).toEqual([
                { id: 'd1 p2', personId: 'p2', during: { start: 1_000, end: 5_000 }, reason: said.reason },
            ]);
    });

    it('explains it once for somebody named twice, and for each of two', () => {
        const officers = [{ person: 'p1' }, { certificate: '110207' }, { name: '李若川' }];
        const found = explanationsOf([{ ...paper, content: { ...said, officers } }], people);
        expect(found.map((each) => each.personId)).toEqual(['p1', 'p2']);
    });

    it('takes the times of the document where it states them', () => {
        const [found] = explanationsOf(
            [{ ...paper, startedAt: 2_000, endedAt: 3_000, content: { reason: 'x', officers: [{ person: 'p1' }] } }],
            people,
        );
        expect(found?.during).toEqual({ start: 2_000, end: 3_000 });
    });

    it('explains nothing before a head has signed it, nor by the signature of somebody who was there', () => {
        const content = { ...said, officers: [{ person: 'p1' }] };
        for (const approvedBy of [null, 'p1', 'p2'])
            expect([approvedBy, explanationsOf([{ ...paper, content, approvedBy }], people)]).toEqual([approvedBy, []]);
    });

    it('explains nothing without an interval, without a reason, or about somebody who was not there', () => {
        const officers = [{ person: 'p1' }];
        const silent: object[] = [
            { start: 1_000, reason: 'x', officers },
            { start: 5_000, end: 1_000, reason: 'x', officers },
            { ...said, reason: ' ', officers },
            { ...said, officers: [{ name: '沈颐' }] },
            { ...said, officers: [{ name: '无此人' }] },
            said,
        ];
        for (const content of silent) expect(explanationsOf([{ ...paper, content: { ...content } }], people)).toEqual([]);
    });
});
