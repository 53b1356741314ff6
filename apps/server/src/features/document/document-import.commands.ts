import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import { bodyOf, DomainError, dayOf, decideStatedTimes } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { linkedObjects, linksOf } from './document.commands.ts';
import { insertDocument, insertStep } from './document.store.ts';
import { templateVersionFor } from './document-templates.ts';

/** A document made in another system comes in whole; its file follows as a scan with the role `imported`. */
export const importDocument = (
    services: Services,
    context: CommandContext,
    body: BodyOf<Endpoints['document.import']>,
): Promise<ResponseOf<Endpoints['document.import']>> =>
    runCommand(services.commands, context, 'document.import', async (tx) => {
        if (body.date > dayOf(tx.now)) throw new DomainError('document.dateInFuture');
        const times = { startedAt: body.startedAt ?? null, endedAt: body.endedAt ?? null };
        decideStatedTimes({ ...times, madeAt: tx.now }, tx.now);
        const row = await insertDocument(tx, {
            id: tx.newId(),
            type: body.type,
            template_version: templateVersionFor(body.type, tx.now),
            origin: 'imported',
            state: 'imported',
            ...(await linksOf(tx, body)),
            title: body.title,
            number: body.number ?? null,
            content: '{}',
            revision: 1,
            author_id: tx.actor,
            writer_ids: [tx.actor],
            made_at: tx.now,
            entered_at: tx.now,
            saved_at: tx.now,
            saved_by: tx.actor,
            started_at: times.startedAt,
            ended_at: times.endedAt,
            imported_from: body.from,
            document_date: body.date,
            imported_signers: body.signers ?? null,
        });
        await insertStep(tx, row, 'imported', 'imported', body.from);
        const { type, title, number, date, from, signers } = body;
        return {
            result: { id: row.id, version: row.version },
            events: [
                {
                    kind: 'document.imported',
                    creates: [row.id],
                    objects: linkedObjects(row),
                    body: bodyOf({ type, title, number, date, from, signers, ...times }),
                },
            ],
        };
    });
