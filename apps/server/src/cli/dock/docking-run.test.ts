import { expect, it } from 'vitest';
import { dockingRun } from './docking-run.fixture.ts';

it('takes in four recorders of four makes while the server is killed twice', async () => {
    const { killed, files, filed, asked, proposed } = await dockingRun(4, 10);
    expect({ killed, files }).toEqual({ killed: 2, files: 40 });
    expect(filed + asked + proposed).toBe(40);
    expect(filed).toBeGreaterThanOrEqual(15);
}, 240_000);
