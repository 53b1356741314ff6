import { expect, it } from 'vitest';
import { DOCUMENT_TYPE_IDS } from '../document-type.ts';
import { COMMON_RULE_IDS, TEMPLATE_RULE_IDS } from '../drafting-rule-id.ts';
import { composeDocument } from '../print/compose.ts';
import { FIELD_KINDS, fieldsOf, LAYOUTS, SIGNERS } from '../template.ts';
import { TEMPLATES, templateByVersion, templateOf } from './catalogue.ts';
import { sampleContent } from './sample-content.ts';

it('a day has at most one version of a form, and a version is found again', () => {
    for (const template of TEMPLATES) {
        expect(templateOf(template.type, template.from), template.type).toBe(template);
        expect(templateByVersion(template.type, template.version)).toBe(template);
        for (const other of TEMPLATES) {
            if (other === template || other.type !== template.type) continue;
            const apart = (template.to ?? '9999') < other.from || (other.to ?? '9999') < template.from;
            expect(apart, `${template.type} ${template.version} ${other.version}`).toBe(true);
        }
    }
    expect(templateOf('sceneRecord', '2012-01-01')).toBeUndefined();
});

it('every field has a key of its own, choices and columns where its kind needs them', () => {
    for (const template of TEMPLATES) {
        const keys = fieldsOf(template).map((field) => field.key);
        expect(new Set(keys).size, template.type).toBe(keys.length);
        for (const field of fieldsOf(template)) {
            const name = `${template.type}.${field.key}`;
            expect(field.choices !== undefined, name).toBe(field.kind === 'choice' || field.kind === 'choices');
            expect(field.columns !== undefined, name).toBe(field.kind === 'items');
            expect(field.label, name).toMatch(/\p{Script=Han}/u);
        }
    }
});

it('fixed words name fields of their own section only', () => {
    for (const template of TEMPLATES)
        for (const section of template.sections) {
            const keys = [...section.fields.map((field) => field.key), 'agency', 'party'];
            for (const [, key] of `${section.before ?? ''}${section.after ?? ''}`.matchAll(/\{(\w+)\}/g))
                expect(keys, template.type).toContain(key);
        }
});

it('every type has a form today, and no form is of a type that is none', () => {
    for (const type of DOCUMENT_TYPE_IDS) expect(templateOf(type, '2026-11-18'), type).toBeDefined();
    for (const template of TEMPLATES) expect(DOCUMENT_TYPE_IDS).toContain(template.type);
});

it('every kind, layout, signer and rule is used, and only those', () => {
    const used = (of: readonly string[]) => [...new Set(of)].sort();
    const fields = TEMPLATES.flatMap(fieldsOf);
    expect(used(fields.map((field) => field.kind))).toEqual([...FIELD_KINDS].sort());
    expect(used(TEMPLATES.map((each) => each.layout))).toEqual([...LAYOUTS].sort());
    expect(used(TEMPLATES.flatMap((each) => each.signers))).toEqual([...SIGNERS].sort());
    expect(used(TEMPLATES.flatMap((each) => each.rules))).toEqual([...TEMPLATE_RULE_IDS].sort());
    for (const id of COMMON_RULE_IDS) expect(TEMPLATE_RULE_IDS).not.toContain(id);
});

it('what a field is prefilled from exists', () => {
    for (const template of TEMPLATES)
        for (const field of fieldsOf(template)) {
            const [, type, key] = /^document\.(\w+)\.(\w+)$/.exec(field.prefill ?? '') ?? [];
            if (type === undefined) continue;
            expect(DOCUMENT_TYPE_IDS, `${template.type}.${field.key}`).toContain(type);
            expect(key, `${template.type}.${field.key}`).toBe('number');
        }
});

it('whatever is filled in is printed, once, and nothing else is', () => {
    const facts = { agency: '某机关', number: '1', day: '2026-11-18', code: null, draft: false, marks: [] };
    for (const template of TEMPLATES) {
        const content = Object.fromEntries(
            fieldsOf(template).map((field, at) => [field.key, field.kind === 'line' || field.kind === 'text' ? `甲${at}乙` : '']),
        );
        const page = JSON.stringify(composeDocument(template, content, facts));
        const addressed = (key: string) => template.addressee === key;
        for (const [at, field] of fieldsOf(template).entries()) {
            if (field.kind !== 'line' && field.kind !== 'text') continue;
            const times = page.split(`甲${at}乙`).length - 1;
            const named = template.sections.some((section) => section.before?.includes(`{${field.key}}`));
            if (field.hidden === true && !addressed(field.key) && !named) expect(times, `${template.type}.${field.key}`).toBe(0);
            else expect(times, `${template.type}.${field.key}`).toBeGreaterThan(0);
        }
        expect(() => composeDocument(template, sampleContent(template), facts)).not.toThrow();
        expect(() => composeDocument(template, {}, facts)).not.toThrow();
    }
});
