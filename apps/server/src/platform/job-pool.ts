import pg from 'pg';

type Given = (error: Error | undefined, client: pg.PoolClient | undefined, release: (broken?: Error | boolean) => void) => void;

/**
 * Connections of the job runner. The library's listener gives its connection back twice when it is stopped while its first
 * question is open and the connection then breaks; the pool answers the second time with an error that nobody awaits, which
 * would end the process. Here the second time does nothing.
 */
export class JobPool extends pg.Pool {
    override connect(): Promise<pg.PoolClient>;
    override connect(given: Given): void;
    override connect(given?: Given): Promise<pg.PoolClient> | undefined {
        if (given === undefined) return super.connect();
        super.connect((error, client, release) => {
            if (client === undefined) return given(error, client, release);
            let released = false;
            given(error, client, (broken) => {
                if (released) return;
                released = true;
                release(broken);
            });
        });
        return undefined;
    }
}
