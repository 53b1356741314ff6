import { expect, it } from 'vitest';
import { dockingRun } from './docking-run.fixture.ts';

it('takes in twenty recorders with four hundred files while the server is killed twice', async () => {
    const outcome = await dockingRun(20, 20);
    console.log(JSON.stringify(outcome));
    expect(outcome).toMatchObject({ killed: 2, files: 400 });
    expect(outcome.filed + outcome.asked + outcome.proposed).toBe(400);
});
