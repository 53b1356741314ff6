import { expect, it } from 'vitest';
import { fieldsOf } from '../template.ts';
import { TEMPLATES, templateByVersion, templateOf } from './catalogue.ts';

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
