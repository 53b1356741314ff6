import { CLOCK_DOUBTED, isDay, isInstant, isScenarioKey } from '@liuhen/domain';
import { z } from 'zod';

/** UUID in lower case. */
export const id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

/** Integer milliseconds UTC. */
export const instant = z.number().refine(isInstant);

/** A moment known between two bounds; `at` is the likeliest. */
export const boundedInstant = z.object({ at: instant, lower: instant, upper: instant });
export const boundedInterval = z.object({ start: boundedInstant, end: boundedInstant });

/** A day of Shanghai's calendar that exists, `2026-11-18`. */
export const day = z.string().refine(isDay);

/** What depends on the time now, or that the clock of the server is doubted (decision 0071). */
export const byClock = <T extends z.ZodType>(verdict: T) => z.union([verdict, z.literal(CLOCK_DOUBTED)]);

/** A name or other short text of one line: trimmed, NFC, no control characters. */
export const line = (most: number) =>
    z
        .string()
        .transform((text) => text.normalize('NFC').trim())
        .pipe(
            z
                .string()
                .min(1)
                .max(most)
                .regex(/^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u),
        );

export const optionalLine = (most: number) => line(most).optional();

/** Free text of several lines. */
export const text = (most: number) =>
    z
        .string()
        .transform((value) => value.normalize('NFC').trim())
        .pipe(
            z
                .string()
                .min(1)
                .max(most)
                .regex(/^(?:[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]|[\n\t])*$/u),
        );

/** Sizes are decimal strings on the wire: they may exceed 2^53. */
export const size = z.string().regex(/^(0|[1-9][0-9]*)$/);
export const hex32 = z.string().regex(/^[0-9a-f]{64}$/);

export const idParams = z.object({ id });
export const empty = z.object({});
export const createdId = z.object({ id });

/** Keyset page: `cursor` is opaque and comes from `next`. */
export const pageQuery = {
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const page = <T extends z.ZodType>(item: T) =>
    z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int() });

/** A person as shown beside something. */
export const personRef = z.object({ id, name: z.string(), certificateNumber: z.string().nullable() });
export const partyRef = z.object({ id, name: z.string() });
export const deviceRef = z.object({ id, number: z.string() });
export const organisationRef = z.object({ id, name: z.string() });

/** A fixed scenario, or one an organisation added: `own.` and its name. */
export const scenario = z.string().refine(isScenarioKey);
