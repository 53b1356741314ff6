import { pathToFileURL } from 'node:url';
import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Instant, type PaperChart, type Role, retrievalChart, SYSTEM_ID } from '@liuhen/domain';
import type { Services } from '../../platform/services.ts';
import { getAct } from '../act/act.queries.ts';
import type { PackagePlan } from './package-plan.queries.ts';

/** What the built program gives; it draws the picture of the page, which the server cannot. */
type ChartProgram = {
    readonly printedChart: (act: ResponseOf<Endpoints['act.get']>, now: Instant) => Omit<PaperChart, 'act'>;
};

/** The charts of the acts of a package as one PDF, drawn from what is registered when it is made. */
export async function chartPaper(
    services: Services,
    { org, acts, facts, takenAt }: Pick<PackagePlan, 'org' | 'acts' | 'facts' | 'takenAt'>,
    program: () => Promise<string>,
): Promise<Uint8Array> {
    const { printedChart } = (await import(pathToFileURL(await program()).href)) as ChartProgram;
    // The head has consented that what belongs to these acts is handed out, secret ones too.
    const reader = { personId: SYSTEM_ID, roles: ['instituteHead'] as Role[] };
    const charts: PaperChart[] = [];
    for (const id of acts) {
        const act = await services.db.read({ readOrgs: [org] }, (db) => getAct(db, org, id, reader, takenAt));
        charts.push({ act: `${act.number} ${act.place}`, ...printedChart(act, takenAt) });
    }
    return (await services.renderer.render(retrievalChart(facts, { takenAt, charts }), takenAt)).pdf;
}
