import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Addresses of unfinished uploads by what is being uploaded where, so that the next run goes on with them. */
export type UploadState = {
    find(fingerprint: string): Promise<string | undefined>;
    keep(fingerprint: string, url: string): Promise<void>;
    forget(fingerprint: string): Promise<void>;
};

/** XDG Base Directory Specification: state that should survive, but is of no worth elsewhere. */
export function stateFile(env: Readonly<Record<string, string | undefined>>): string {
    const given = env.XDG_STATE_HOME;
    const base = given !== undefined && given !== '' ? given : join(homedir(), '.local', 'state');
    return join(base, 'liuhen', 'uploads.json');
}

export function uploadState(file: string): UploadState {
    const read = async (): Promise<Record<string, string>> => {
        try {
            const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
            return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, string>) : {};
        } catch (error) {
            // A damaged file costs an upload from its start, not the command.
            if (error instanceof SyntaxError || (error as { code?: string }).code === 'ENOENT') return {};
            throw error;
        }
    };
    const write = async (all: Record<string, string>) => {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        const temp = `${file}.${process.pid}.tmp`;
        await writeFile(temp, JSON.stringify(all), { mode: 0o600 });
        await rename(temp, file);
    };
    return {
        async find(fingerprint) {
            const url = (await read())[fingerprint];
            return typeof url === 'string' ? url : undefined;
        },
        // Read again each time: another upload of the same user may have written meanwhile.
        keep: async (fingerprint, url) => write({ ...(await read()), [fingerprint]: url }),
        async forget(fingerprint) {
            const { [fingerprint]: known, ...others } = await read();
            if (known !== undefined) await write(others);
        },
    };
}
