import type { Endpoints, QueryOf } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { BoundedSet } from '../../platform/bounded.ts';
import type { Handlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import type { PagePictures, PicturesWanted } from '../../platform/typst/typst-protocol.ts';
import type { DraftPages } from './document-draft-pages.ts';
import { keepOrCompare } from './document-pages.commands.ts';
import { draftOfDocument, pagesOfPrint } from './document-print.queries.ts';
import { readerOf } from './document-seen.ts';

/** Prints whose pages this process has set again and found to be the noted ones: a picture of them is not compared twice. */
const MOST_COMPARED = 10_000;

/** Pages to be looked at. Of a print they are shown only where the PDF still comes out the same, and are kept by that. */
export const documentPictureHandlers = (
    services: Services,
    drafts: DraftPages,
): Pick<Handlers, 'document.draftPictures' | 'document.setAhead' | 'document.printPictures'> => {
    const seen = readerOf(services);
    const { renderer } = services;
    const compared = new BoundedSet<Id>(MOST_COMPARED);
    return {
        'document.draftPictures': async ({ session, params: { id }, query }) => {
            const now = services.clock.now();
            const { model, at } = await seen(session.subject, id, (db, orgId) => draftOfDocument(db, orgId, id, now));
            drafts.lookedAt(id);
            return answerOf(await renderer.pictures(model, at, wantedOf(query), id));
        },
        'document.setAhead': async ({ session, params: { id }, body }) => ({
            set: await drafts.typed(session.subject, id, body),
        }),
        'document.printPictures': async ({ session, params: { id, printId }, query }) => {
            const { head, model, at } = await seen(session.subject, id, (db, orgId) => pagesOfPrint(db, orgId, id, printId));
            if (head.blob_id === null || !compared.has(printId)) {
                await keepOrCompare(services, session.subject, id, head, await renderer.render(model, at));
                compared.add(printId);
            }
            return answerOf(await renderer.pictures(model, at, wantedOf(query), id));
        },
    };
};

const wantedOf = ({ first, last, before, known }: QueryOf<Endpoints['document.draftPictures']>): PicturesWanted => ({
    first,
    last,
    before: marksIn(before),
    known: marksIn(known),
});

const marksIn = (joined = ''): string[] => (joined === '' ? [] : joined.split(','));

const answerOf = ({ shapes, pictures, changed }: PagePictures) => ({ shapes: [...shapes], pictures: [...pictures], changed });
