import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from './platform/clock.ts';
import { type CommandTools, runCommand } from './platform/command/command.ts';
import { createRefusalLog } from './platform/command/refusals.ts';
import type { Database } from './platform/db/database.ts';
import type { Signer } from './platform/signer.ts';

/** The refusal log writes through the same one way as everything else. */
export function commandTools(
    parts: { db: Database; clock: Clock; signer: Signer },
    log: Pick<FastifyBaseLogger, 'error'>,
): CommandTools {
    const tools: CommandTools = {
        ...parts,
        refusals: createRefusalLog({
            now: parts.clock.now,
            write: (who, event) =>
                runCommand(
                    tools,
                    { ...who, commandId: parts.clock.newId() },
                    event.kind,
                    async () => ({ result: undefined, events: [event] }),
                    { logsRefusal: true },
                ),
            onError: (error) => log.error({ code: (error as { code?: string }).code }, 'a refusal could not be logged'),
        }),
    };
    return tools;
}
