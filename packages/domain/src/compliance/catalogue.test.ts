import { describe, expect, it } from 'vitest';
import { BUILDS, buildOf, CATALOGUE, TREATMENTS_BY_SUBJECT } from './catalogue.ts';
import { CLAUSES } from './clauses.ts';
import { NOTICE, NOTICE_PARTS, readNotice } from './notice.ts';
import { RULE_IDS } from './rules/rule.ts';
import { rulesOfClause } from './rules/rules.ts';
import { RULES_TO_COME } from './rules-to-come.ts';
import { shownOf } from './treatment.ts';

const CHINESE = /[\u4e00-\u9fff]/;

describe('the catalogue of the notice', () => {
    it('has every one of the 213 clauses once, and a treatment for each and for nothing else', () => {
        const ids = CLAUSES.map(({ id }) => id);
        expect([ids.length, new Set(ids).size]).toEqual([213, 213]);
        const treated = TREATMENTS_BY_SUBJECT.flatMap((each) => Object.keys(each));
        expect(treated.toSorted()).toEqual(ids.toSorted());
        expect(CATALOGUE.map(({ clause }) => clause.id)).toEqual(ids);
    });

    it.each(CATALOGUE.map((item) => [item.clause.id, item] as const))(
        '%s speaks both languages and claims nothing it cannot show',
        (_, item) => {
            const { clause, treatment } = item;
            const said = [treatment, ...('lacks' in treatment && treatment.lacks !== undefined ? [treatment.lacks] : [])];
            for (const { zh, en } of said) {
                expect(zh).toMatch(CHINESE);
                expect(zh.trim()).toMatch(/。$/);
                expect(en).not.toMatch(CHINESE);
                expect(en.trim()).toMatch(/\.$/);
            }
            expect(clause.en).not.toMatch(CHINESE);
            expect(BUILDS).toContain(buildOf(treatment));
            const shown = shownOf(treatment);
            if (shown !== undefined) {
                expect(shown.tests.length).toBeGreaterThan(0);
                expect(shown.endpoints.length + shown.pages.length).toBeGreaterThan(0);
            }
        },
    );

    it('calls judged only what a rule judges by its name, so that the page can say how it stands', () => {
        const unnamed = CATALOGUE.filter(
            ({ clause, treatment }) => treatment.as === 'rule' && rulesOfClause(clause.id).length === 0,
        );
        expect(unnamed.map(({ clause }) => clause.id)).toEqual([]);
    });

    it('holds nothing of annex 2 against anybody, for it is there for reference', () => {
        const annex2 = CLAUSES.filter(({ article }) => article.startsWith('附件2'));
        expect(annex2.length).toBe(32);
        expect(annex2.every(({ force }) => force === 'advisory')).toBe(true);
    });
});

describe('rules that are to come', () => {
    it('stand at clauses of which the catalogue says that something is not built', () => {
        for (const { id, clauses } of RULES_TO_COME) {
            const at = CATALOGUE.filter(({ clause }) => clauses.includes(clause.id));
            expect([id, at.length]).toEqual([id, clauses.length]);
            expect([id, at.some(({ treatment }) => ['notBuilt', 'partly'].includes(buildOf(treatment)))]).toEqual([id, true]);
            expect(RULE_IDS).not.toContain(id);
        }
    });

    it('name in both languages what they judge and each fact, at least one of them not there yet', () => {
        for (const { zh, en, facts } of RULES_TO_COME) {
            for (const said of [{ zh, en }, ...facts]) {
                expect(said.zh).toMatch(CHINESE);
                expect(said.en).not.toMatch(CHINESE);
            }
            expect(facts.filter(({ isHere }) => !isHere).length).toBeGreaterThan(0);
        }
    });
});

describe('the notice to read', () => {
    it('shows every clause at the words that it quotes, once', () => {
        const shown = NOTICE_PARTS.flatMap((part) =>
            readNotice(part).flatMap(({ items }) => items.map(({ clause }) => clause.id)),
        );
        expect(shown.toSorted()).toEqual(CLAUSES.map(({ id }) => id).toSorted());
    });

    it.each(NOTICE_PARTS)('is whole: the pieces of %s are its text', (part) => {
        for (const [index, { block, pieces, items }] of readNotice(part).entries()) {
            expect(block).toBe(NOTICE[part][index]);
            expect(pieces.map(({ text }) => text).join('')).toBe(block.text);
            for (const { clause } of items) {
                const words = pieces.filter(({ clauses }) => clauses.includes(clause.id)).map(({ text }) => text);
                expect(words.join('').replaceAll(' ', '')).toBe(clause.quote.replaceAll(' ', ''));
            }
        }
    });
});
