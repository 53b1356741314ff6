import { expect, it } from 'vitest';
import { copiesOf } from './copies.ts';
import type { Paper } from './document-types.ts';

type Papers = Pick<Paper, 'prints' | 'signatures' | 'signedCopies' | 'scans'>;
const none: Papers = { prints: [], signatures: [], signedCopies: [], scans: [] };
const print = (id: string, revision: number, kind = 'final') =>
    ({ id, revision, kind, printedAt: 1 }) as Papers['prints'][number];
const written = (printId: string, more: object = {}) =>
    ({ printId, strokes: [], correctionId: null, supersededAt: null, ...more }) as unknown as Papers['signatures'][number];
const copy = (id: string, printId: string, current: boolean) =>
    ({ id, printId, current, madeAt: 2 }) as Papers['signedCopies'][number];
const scan = (id: string, role: string, finding = 'matches', printId = 'b') =>
    ({ id, role, finding, printId, addedAt: 3 }) as Papers['scans'][number];
const kinds = (paper: Partial<Papers>, more: object = {}) =>
    copiesOf({ id: 'd', revision: 2, origin: 'made', state: 'draft', ...more }, { ...none, ...paper }).map((each) => each.kind);

it('a draft is offered until there is a final print of what stands there now', () => {
    expect(kinds({})).toEqual(['draft']);
    expect(kinds({ prints: [print('a', 1), print('b', 2, 'draft')] })).toEqual(['draft']);
    expect(kinds({ prints: [print('a', 1), print('b', 2)] })).toEqual(['printed']);
});

it('what was signed on the screen comes before the print without signatures, and is made anew after the next signature', () => {
    const prints = [print('b', 2)];
    const of = (paper: Partial<Papers>) =>
        copiesOf({ id: 'd', revision: 2, origin: 'made', state: 'draft' }, { ...none, prints, ...paper })[0];
    expect(of({ signatures: [written('b')] })).toMatchObject({ kind: 'signed', makeFrom: 'b' });
    const signedCopies = [copy('x', 'b', false), copy('y', 'b', true), copy('z', 'a', true)];
    expect(of({ signatures: [written('b')], signedCopies })).toMatchObject({
        kind: 'signed',
        href: '/api/documents/d/signed-copies/y.pdf',
    });
    expect(of({ signatures: [written('b')], signedCopies: [copy('x', 'b', false)] })).toMatchObject({ makeFrom: 'b' });
    for (const gone of [
        written('a'),
        written('b', { strokes: null }),
        written('b', { supersededAt: 1 }),
        written('b', { correctionId: 'c' }),
    ])
        expect(of({ signatures: [gone] })).toMatchObject({ kind: 'printed' });
});

it('the paper itself comes first: sealed before signed, and only where it is the paper of this document', () => {
    const prints = [print('b', 2)];
    expect(kinds({ prints, scans: [scan('s', 'signed')] })).toEqual(['scan', 'printed']);
    expect(kinds({ prints, scans: [scan('s', 'signed', 'otherDocument'), scan('t', 'receipt')] })).toEqual(['printed']);
    expect(kinds({ prints: [print('a', 1), ...prints], scans: [scan('s', 'signed', 'matches', 'a')] })).toEqual(['printed']);
    const [first] = copiesOf(
        { id: 'd', revision: 2, origin: 'made', state: 'issued' },
        { ...none, prints, scans: [scan('s', 'sealed'), scan('t', 'signed')] },
    );
    expect(first).toMatchObject({ href: '/api/documents/d/scans/s' });
    expect(kinds({ scans: [scan('s', 'imported', 'notRead')] }, { origin: 'imported' })).toEqual(['scan']);
});

it('of what is void nothing is offered but what says so on every page', () => {
    const all = {
        prints: [print('b', 2)],
        scans: [scan('s', 'sealed')],
        signatures: [written('b')],
        signedCopies: [copy('y', 'b', true)],
    };
    expect(kinds(all)).toEqual(['scan', 'signed', 'printed']);
    expect(kinds(all, { state: 'voided' })).toEqual(['voided']);
    expect(kinds({ scans: [scan('s', 'imported')] }, { origin: 'imported', state: 'voided' })).toEqual([]);
});
