import { CATALOGUE } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { isWanted, type Wanted } from './find-clauses.ts';

const found = (wanted: Wanted) => CATALOGUE.filter((item) => isWanted(item, wanted)).map(({ clause }) => clause.id);

describe('finding clauses', () => {
    it('goes by the words of the notice, whatever the width and the spaces', () => {
        expect(found({ q: '２４ 小时内' })).toContain('A1-15-3');
        expect(found({ q: '24小时内' })).not.toContain('A1-2');
    });
    it('goes by number and by English', () => {
        expect(found({ q: 'a1-10-1' })).toEqual(['A1-10-1']);
        expect(found({ q: 'in a signed log' }).length).toBeGreaterThan(0);
    });
    it('narrows by how it stands and how it binds, together', () => {
        const both = found({ build: 'notBuilt', force: 'must' });
        expect(both.length).toBeGreaterThan(0);
        expect(both.length).toBeLessThan(found({ build: 'notBuilt' }).length);
        expect(found({ q: 'no such words at all' })).toEqual([]);
    });
});
