import { describe, expect, it } from 'vitest';
import { isAside, stepPapers } from './case-papers.ts';
import { document, given, NOTICED, walk } from './case-testing.ts';

const said = (of: Parameters<typeof stepPapers>[0]) =>
    stepPapers(of).map(({ step, taken, types, standing }) => `${step} ${types[0]} ${standing}${taken ? ' taken' : ''}`);

describe('papers of the steps', () => {
    it('are missing for what is possible now, and wanted later for what comes', () => {
        const papers = said(given('penalty', { documents: [document('filingReport', 'draft')] }));
        expect(papers.slice(0, 4)).toEqual([
            'file filingReport begun',
            'investigate investigationReport later',
            'deliberate panelRecord later',
            'notify priorNotice later',
        ]);
        expect(said(given('penalty', { documents: [] }))[0]).toBe('file filingReport missing');
    });

    it('of what was taken stay, and name the document that counts first', () => {
        const draft = { ...document('filingReport', 'draft'), id: 'another' };
        const noticed = walk(given('penalty'), NOTICED);
        const [first] = stepPapers({ ...noticed, documents: [draft, ...noticed.documents] });
        expect(first).toMatchObject({
            step: 'file',
            taken: true,
            standing: 'held',
            documents: ['document-filingReport', 'another'],
        });
        expect(said(noticed).filter((each) => each.endsWith('taken'))).toEqual([
            'file filingReport held taken',
            'investigate investigationReport held taken',
            'deliberate panelRecord held taken',
            'notify priorNotice held taken',
        ]);
    });

    it('leave out what the step did not need: a hearing that was not due, a control where it was a seizure', () => {
        expect(said(walk(given('penalty'), NOTICED))).not.toContain('notify hearingRightNotice held taken');
        const measure = given('coercion', { state: 'approved' });
        expect(said(measure).join()).not.toContain('controlDecision');
    });

    it('of a case that has ended are those of its steps', () => {
        expect(said(given('penalty', { state: 'closed' }))).toEqual([]);
        expect(isAside('penalty', 'drop')).toBe(true);
        expect(isAside('penalty', 'close')).toBe(false);
        expect(isAside('hearing', 'opinion')).toBe(false);
    });
});
