import { SHEET_PATH, sheetQuery } from '@liuhen/contract';
import { DomainError, isDay } from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';
import { type BindOptions, parsePart } from '../../../platform/http/bind.ts';
import { printedRoute } from '../../../platform/http/printed-route.ts';
import type { Services } from '../../../platform/services.ts';
import { sheetOf } from './sheet.queries.ts';
import { composeSheet, sheetParts } from './sheet-page.ts';

/** The daily sheet as PDF. It holds nothing that whoever reads the log could not read there. */
export const sheetRoute = (
    app: FastifyInstance,
    services: Services,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): void =>
    printedRoute(app, services.renderer, access, {
        id: 'ledger.sheet',
        path: SHEET_PATH,
        permission: 'ledger.view',
        async page({ subject }, request) {
            const { day } = request.params as { day: string };
            if (!isDay(day)) throw new DomainError('request.invalid', { path: 'day' });
            const { language } = parsePart(sheetQuery, request.query, 'query') as ReturnType<typeof sheetQuery.parse>;
            const orgId = subject.organisationId;
            const at = services.clock.now();
            const [sheet, parts] = await services.db.read({ readOrgs: [orgId] }, async (db) => [
                await sheetOf(db, orgId, day, at),
                await sheetParts(db, orgId),
            ]);
            const model = composeSheet(sheet, { ...parts, day, language, printedAt: at });
            return { model, at, name: `${model.title} ${day}` };
        },
    });
