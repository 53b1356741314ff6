import { realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { DomainError } from '@liuhen/domain';
import { besides, type ProcessLimits, runLimited } from '../media/limited-process.ts';
import type { TableAnswer } from './parse-table.ts';
import { TABLE_LIMITS, type Table } from './table.ts';

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'table-child.ts');
const LIMITS: ProcessLimits = {
    wallMs: 60_000,
    cpuSeconds: 30,
    heapMiB: 512,
    addressSpaceMiB: 4_096,
    outputBytes: 256 << 20,
};

/**
 * Reads a CSV or XLSX file from outside in a process of its own, with limits of time and memory: a file made to be costly ends
 * that process, not the server. A thread would not do: threads that come and go by the file have brought a whole process down.
 */
export async function readTable(bytes: Uint8Array): Promise<Table> {
    if (bytes.length === 0) throw new DomainError('table.empty');
    if (bytes.length > TABLE_LIMITS.bytes) throw new DomainError('table.tooLarge', { most: TABLE_LIMITS.bytes });
    const { answer, ended } = await runLimited({
        script: SCRIPT,
        readable: await readableFiles(),
        fd: Readable.from([bytes]),
        limits: LIMITS,
        // Types are stripped by WebAssembly, whose guard pages would ask for more address space than the limit leaves.
        nodeFlags: ['--disable-wasm-trap-handler'],
    });
    if (ended === 'timedOut' || ended === 'output') throw new DomainError('table.tooLarge', { most: TABLE_LIMITS.bytes });
    if (ended !== 'well') throw new DomainError('table.format');
    const said = JSON.parse(answer) as TableAnswer;
    if ('table' in said) return said.table;
    throw new DomainError(said.code, said.params);
}

let readable: Promise<string[]> | undefined;

/** The permission model compares real paths, and looks at the links of the package manager themselves, too. */
function readableFiles(): Promise<string[]> {
    readable ??= (async () => {
        const { resolve } = createRequire(import.meta.url);
        const [script, domain, saxes, xmlchars] = await Promise.all([
            realpath(SCRIPT),
            realpath(join(resolve('@liuhen/domain'), '..', '..')),
            realpath(dirname(resolve('saxes'))),
            realpath(dirname(resolve('xmlchars/xml/1.0/ed5.js'))),
        ]);
        const server = join(dirname(script), '..', '..', '..');
        const links = join(server, '..', '..', 'node_modules', '@liuhen');
        return besides(script, server, [domain, saxes, join(xmlchars, '..', '..', '..'), links]);
    })();
    return readable;
}
