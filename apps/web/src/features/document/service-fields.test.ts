import { SERVICE_MODES } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { SERVICE_FIELDS, type ServiceValues, serviceFactsOf } from './service-fields.ts';

const typed = (mode: (typeof SERVICE_MODES)[number]): ServiceValues =>
    Object.fromEntries(
        SERVICE_FIELDS[mode].map(({ key, kind }) => [
            key,
            kind === 'instant' ? 1_700_000_000_000 : kind === 'relation' ? 'self' : '甲',
        ]),
    );

describe('facts of a way of service', () => {
    it.each(SERVICE_MODES)('%s: holds every field that is asked for, and is not there while one is missing', (mode) => {
        expect(serviceFactsOf(mode, typed(mode))).toEqual({ mode, ...typed(mode) });
        for (const { key, required } of SERVICE_FIELDS[mode])
            expect(serviceFactsOf(mode, { ...typed(mode), [key]: ' ' }) === undefined).toBe(required);
    });
    it('a witness who is not there leaves no trace', () => {
        expect(serviceFactsOf('lien', { ...typed('lien'), witness: '' })).not.toHaveProperty('witness');
    });
});
