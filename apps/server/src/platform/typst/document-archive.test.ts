import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
    composeDocument,
    composeSigned,
    type DocumentContent,
    type FieldRow,
    type FieldValue,
    fieldsOf,
    type Id,
    type PrintFacts,
    type PrintModel,
    sampleContent,
    TEMPLATES,
    type Template,
    type TemplateField,
} from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breachesOf, PDF_A_RULES } from '../../testing/pdf/pdf-a.ts';
import { PDF_DAMAGES } from '../../testing/pdf/pdf-damages.ts';
import { putTogether, takeApart } from '../../testing/pdf/pdf-edit.ts';
import { type TemporaryFolder, temporaryFolder } from '../../testing/temporary-folder.ts';
import { type DocumentRenderer, documentRenderer } from './document-renderer.ts';
import { installedFonts } from './fonts.ts';

const AT = Date.UTC(2026, 10, 18, 3, 0);
/** Of extension planes, of names, and a sign that only the small font has. */
const RARE = '上海𠮷䶮㛃珺喆堃门诊部';
let renderer: DocumentRenderer;
let folder: TemporaryFolder;
let sample: Buffer;

beforeAll(async () => {
    // Fonts of the machine would make it another test on each.
    renderer = documentRenderer({ processes: 1, fonts: { ...installedFonts(), further: [] } });
    folder = await temporaryFolder('archive');
    sample = (await renderer.render(page(TEMPLATES[0], {}), AT)).pdf;
});
afterAll(async () => {
    await renderer.close();
    await folder.remove();
});

const FACTS: PrintFacts = {
    agency: '上海市示例区卫生健康委员会',
    number: '沪示卫罚〔2026〕001号',
    day: '2026-11-18',
    code: { payload: 'LH2:0123456789ABCDEF', label: '打印 0123-4567' },
    draft: false,
    marks: [],
};
const DRAFT: PrintFacts = {
    ...FACTS,
    number: null,
    day: null,
    code: null,
    draft: true,
    marks: ['样张未核对', '缴款方式未核实'],
};
const page = (template: Template | undefined, content: DocumentContent, facts: PrintFacts = FACTS): PrintModel => {
    if (template === undefined) throw new Error('no form');
    return composeDocument(template, { ...sampleContent(template), ...content }, facts);
};

const LONG = Array.from({ length: 24 }, (_, at) => `第${at + 1}处：消毒室台面有积水，已拍照（Photo ${at + 1}）。`).join('\n');
const MANY = Array.from({ length: 30 }, (_, at) => at + 1);
/** As much as pages are broken for, in every field that can hold it. */
function longValue(field: TemplateField, usual: FieldValue | undefined): FieldValue | undefined {
    if (field.kind === 'text') return LONG;
    if (field.kind === 'line') return '很长的一行内容'.repeat(12);
    if (!Array.isArray(usual) || (field.kind !== 'items' && field.kind !== 'dialogue')) return usual;
    const rows = usual as readonly FieldRow[];
    return MANY.flatMap(() => rows.slice(0, 1));
}
const longContent = (template: Template): DocumentContent => {
    const usual = sampleContent(template);
    const long = fieldsOf(template).map((field) => [field.key, longValue(field, usual[field.key])] as const);
    return Object.fromEntries(long.filter((entry): entry is [string, FieldValue] => entry[1] !== undefined));
};
/** Of a record signed on the screen, with a refusal, and a correction after the first signature. */
const signed = (template: Template): PrintModel =>
    composeSigned(
        template,
        { ...sampleContent(template), party: RARE },
        {
            ...FACTS,
            corrections: fieldsOf(template)
                .slice(0, 1)
                .map(({ key }) => ({
                    field: key,
                    before: '甲',
                    after: '乙',
                    reason: '笔误',
                    by: '王监督',
                    at: AT,
                    needsSignature: true,
                })),
        },
        {
            print: '00000000-0000-7000-8000-000000000001' as Id,
            revision: 2,
            printedAt: AT,
            pages: 1,
            digest: 'ab'.repeat(32),
            pdfSha256: 'cd'.repeat(32),
            hands: template.signers.map((signer, at) => ({
                signer,
                name: '王监督',
                outcome: at === 1 ? ('refused' as const) : ('signed' as const),
                means: at === 1 ? ('wet' as const) : ('onScreen' as const),
                at: AT,
                pages: [1],
                reason: at === 1 ? '对检查结果有异议' : null,
                witness: null,
                reading: null,
                statement: null,
                strokes: at === 1 ? [] : [{ page: 1, path: 'M10 10L200 201L400 20M90 20L100 300', pageDigest: 'ef'.repeat(32) }],
            })),
        },
    );

const FILLED: readonly (readonly [name: string, model: (template: Template) => PrintModel])[] = [
    ['blank', (template) => composeDocument(template, {}, { ...FACTS, number: null, day: null })],
    ['final, with a rare name', (template) => page(template, { party: RARE })],
    ['draft, with watermark, marks and a picture of a seal', (template) => page(template, { party: RARE }, DRAFT)],
    ['long', (template) => page(template, longContent(template), DRAFT)],
    ['signed on the screen, with a correction', signed],
];

describe('every form is PDF/A-2b', () => {
    it.each(FILLED)(
        '%s',
        async (_, model) => {
            const faults = await Promise.all(
                TEMPLATES.map(async (template) => {
                    const found = breachesOf((await renderer.render(model(template), AT)).pdf);
                    return found.map((each) => `${template.type} ${template.version}: ${each}`);
                }),
            );
            expect(faults.flat()).toEqual([]);
        },
        60_000,
    );

    it('a reader finds every character that was written on it', async () => {
        const lost: string[] = [];
        for (const template of TEMPLATES) {
            const model = page(template, { party: RARE });
            const path = join(folder.path, `${template.type}-${template.version}.pdf`);
            await writeFile(path, (await renderer.render(model, AT)).pdf);
            const { stdout } = await promisify(execFile)('pdftotext', [path, '-']);
            const text = stdout.replace(/\s/g, '');
            const written = JSON.stringify({ ...model, ...(model.layout === 'strip' ? { codeLabel: '' } : {}) });
            for (const each of new Set(written.match(/\p{Script=Han}/gu)))
                if (!text.includes(each)) lost.push(`${template.type}: ${each}`);
            // The characters of a strip stand one below the other.
            if (written.includes(RARE) && model.layout !== 'strip' && !text.includes(RARE))
                lost.push(`${template.type}: ${RARE}`);
        }
        expect(lost).toEqual([]);
    }, 60_000);
});

describe('a file that is not PDF/A-2b is told', () => {
    it('put together as it was it is one', () => {
        expect(breachesOf(sample)).toEqual([]);
        expect(breachesOf(putTogether(takeApart(sample)))).toEqual([]);
    });

    it.each(PDF_DAMAGES)('%s: %s', (clause, _, damage) => {
        const parts = takeApart(sample);
        damage(parts);
        expect(breachesOf(putTogether(parts)).map((each) => each.split(': ')[0])).toContain(clause);
    });

    it('every clause has been broken once', () => {
        const broken = new Set(PDF_DAMAGES.map(([clause]) => clause));
        expect([...broken].sort()).toEqual(PDF_A_RULES.map((rule) => rule.clause).sort());
    });
});
