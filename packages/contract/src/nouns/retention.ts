import { RETENTION_CLASSES, RETENTION_REASONS, STANDINGS } from '@liuhen/domain';
import { z } from 'zod';
import { instant } from '../shapes.ts';

/** How long it is kept (附件1 第18条); `due`: the first instant at which it need not be any more. */
export const retention = z.object({
    class: z.enum(RETENTION_CLASSES),
    state: z.enum(['until', 'open', 'review']),
    due: instant.nullable(),
    /** `basis` and `standing` of the figure that was counted with; null where none was. */
    basis: z.string().nullable(),
    standing: z.enum(STANDINGS).nullable(),
    reason: z.enum(RETENTION_REASONS).nullable(),
    caseNumber: z.string().nullable(),
});
