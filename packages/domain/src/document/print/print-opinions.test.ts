import { describe, expect, it } from 'vitest';
import { type OfficeDocumentType, SIGNING } from '../document-signing.ts';
import { fieldsOf, type Template } from '../template.ts';
import { TEMPLATES, templateOf } from '../templates/catalogue.ts';
import { composeDocument } from './compose.ts';
import type { PrintCell } from './print-model.ts';
import { type GivenOpinion, OPINION_PLACES, opinionsInForce } from './print-opinions.ts';

const at = Date.UTC(2026, 10, 18, 3);
const said = (step: GivenOpinion['step'], opinion: string | null, by = '钟主任'): GivenOpinion => ({ step, opinion, by, at });
const form = (type: Template['type']): Template => {
    const template = templateOf(type, '2026-11-18');
    if (template === undefined) throw new Error('no form');
    return template;
};
function cellOf(type: Template['type'], key: string, opinions: readonly GivenOpinion[], content = {}): PrintCell | undefined {
    const template = form(type);
    const facts = { agency: '某机关', number: null, day: null, code: null, draft: false, marks: [], opinions };
    const cells = composeDocument(template, content, facts).blocks.flatMap((block) =>
        block.kind === 'grid' || block.kind === 'lines' ? block.cells : [],
    );
    const label = fieldsOf(template).find((field) => field.key === key)?.label;
    return cells.find((cell) => cell.label === label);
}

describe('an opinion given in the system', () => {
    it('stands in the field of the form with who gave it and when, in place of the line to sign on', () => {
        expect(cellOf('filingReport', 'headOpinion', [])).toMatchObject({ value: '', signed: '负责人签名' });
        const cell = cellOf('filingReport', 'headOpinion', [said('reviewed', '材料齐全'), said('signed', '同意立案')]);
        expect(cell?.given).toEqual([{ opinion: '同意立案', signature: '行政机关负责人（系统内审批）：钟主任　2026年11月18日' }]);
        expect(cell?.signed).toBeUndefined();
    });

    it('of the unit and of the head stand apart, and what was passed without a word says so', () => {
        const opinions = [said('reviewed', '拟同意', '韩科长'), said('signed', null)];
        const unit = cellOf('coercionApproval', 'unitOpinion', opinions, { unitOpinion: '建议查封。' });
        expect(unit).toMatchObject({ value: '建议查封。', given: [{ opinion: '拟同意' }] });
        expect(unit?.given?.[0]?.signature).toBe('审核人（系统内审核）：韩科长　2026年11月18日');
        expect(cellOf('coercionApproval', 'headOpinion', opinions)?.given?.[0]?.opinion).toBe('（通过，未另写意见）');
        expect(cellOf('coercionApproval', 'officerOpinion', opinions)).toMatchObject({ signed: '执法人员签名' });
    });

    it('leaves the line for ink where others sign there too', () => {
        const decision = cellOf('collectiveDiscussion', 'decision', [said('signed', '按讨论决定办')]);
        expect(decision).toMatchObject({ signed: '参加人签名', given: [{ opinion: '按讨论决定办' }] });
        const head = cellOf('legalReviewOpinion', 'opinion', [said('signed', '同意', '宋科')], { opinion: '同意拟作出的决定。' });
        expect(head).toMatchObject({ signed: '审核人签名', given: [{ opinion: '同意' }] });
        const both = cellOf('legalReviewOpinion', 'opinion', [said('legallyReviewed', '合法', '方法制'), said('signed', '同意')]);
        expect(both?.given?.map((each) => each.signature.split('：')[0])).toEqual([
            '法制审核人（系统内审核）',
            '科室负责人（系统内审批）',
        ]);
        expect(both?.signed).toBeUndefined();
    });

    it('of the institute never stands for the approval of the health department', () => {
        expect(cellOf('destructionList', 'headOpinion', [said('signed', '同意')])).toMatchObject({ signed: '负责人签名' });
        expect(cellOf('destructionList', 'headOpinion', [said('signed', '同意')])?.given).toBeUndefined();
    });

    it('counts no more once the document was sent back or written anew', () => {
        const step = (name: Parameters<typeof opinionsInForce>[0][number]['step']) => ({
            step: name,
            opinion: name,
            by: '甲',
            at,
        });
        expect(
            opinionsInForce([step('submitted'), step('reviewed'), step('signed'), step('numbered')]).map((each) => each.step),
        ).toEqual(['reviewed', 'signed']);
        for (const back of ['returned', 'reopened'] as const)
            expect(
                opinionsInForce([step('reviewed'), step(back), step('submitted'), step('signed')]).map((each) => each.step),
            ).toEqual(['signed']);
    });
});

it('every place is a field that somebody signs, and every field a head signs has a place or is another house’s', () => {
    const named = new Set(
        Object.entries(OPINION_PLACES).flatMap(([type, of]) => Object.values(of).map(({ field }) => `${type}.${field}`)),
    );
    const heads = TEMPLATES.flatMap((template) =>
        fieldsOf(template)
            .filter((field) => field.signed !== undefined && template.type in SIGNING)
            .map((field) => ({ name: `${template.type}.${field.key}`, signed: field.signed })),
    );
    for (const name of named) expect(heads.map((each) => each.name)).toContain(name);
    const without = heads.filter(({ name, signed }) => signed === 'responsible' && !named.has(name)).map(({ name }) => name);
    expect(without).toEqual(['destructionList.headOpinion']);
    for (const type of Object.keys(OPINION_PLACES)) expect(SIGNING[type as OfficeDocumentType]).toBeDefined();
});

it('a list names what it belongs to: by the relation, else as it was written', () => {
    const facts = { agency: '某机关', number: null, day: null, code: null, draft: false, marks: [] };
    const of = (content: Record<string, string>, parent?: { title: string; number: string | null }) =>
        composeDocument(form('itemList'), content, { ...facts, ...(parent === undefined ? {} : { parent }) }).number;
    const written = { parentTitle: '查封决定', parentNumber: '旧 1 号' };
    expect(of({})).toBe('');
    expect(of(written)).toBe('查封决定 旧 1 号');
    expect(of(written, { title: '查封、扣押决定书', number: '沪浦卫医强〔2026〕1号' })).toBe(
        '查封、扣押决定书 沪浦卫医强〔2026〕1号',
    );
    // A number that was written down does not become that of a decision which has none yet.
    expect(of(written, { title: '查封、扣押决定书', number: null })).toBe('查封、扣押决定书');
});
