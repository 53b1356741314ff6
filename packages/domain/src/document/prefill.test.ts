import { expect, it } from 'vitest';
import { TEXTS_TO_COMPLETE } from './confirmed-texts.ts';
import { prefillContent } from './prefill.ts';
import { CONFIRMED_TEXTS, fieldsOf } from './template.ts';
import { TEMPLATES, templateOf } from './templates/catalogue.ts';

it('a new document begins with what is known, and never with a time', () => {
    const template = templateOf('sceneRecord', '2026-11-18');
    if (template === undefined) throw new Error('no template');
    const officers = [{ person: 'p1', name: '王监督', certificate: '310100001' }];
    expect(
        prefillContent(template, { 'party.name': '某门诊部', 'act.officers': officers, 'act.place': '某'.repeat(201) }),
    ).toEqual({
        party: '某门诊部',
        officers,
    });
    for (const each of TEMPLATES)
        for (const field of fieldsOf(each)) if (field.kind === 'instant') expect(field.prefill, each.type).toBeUndefined();
});

it('every text that waits for confirmation has lines to be filled in where it has figures or names that are not known', () => {
    for (const key of CONFIRMED_TEXTS) expect(TEXTS_TO_COMPLETE[key].includes('____'), key).toBe(key !== 'hearingRight');
});
