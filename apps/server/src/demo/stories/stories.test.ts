import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { readConfig } from '../../platform/config.ts';
import { type TemporaryFolder, temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';
import { demoClock, loadDemo } from '../demo.ts';
import { PEOPLE } from '../demo-data.ts';
import { type Colleague, colleagues } from './colleague.ts';
import { type District, idOf } from './open-stage.ts';

let folder: TemporaryFolder;
let app: RunningApp;
let district: District;
const dataFolder = () => join(folder.path, 'data');

beforeAll(async () => {
    folder = await temporaryFolder('demo');
    const time = demoClock();
    const settings = { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' };
    app = await startApp({ config: readConfig(settings, { dataFolder: dataFolder() }), clock: time.clock });
    const loaded = await loadDemo(app.services, app.url, time, () => undefined);
    if (loaded === undefined) throw new Error('the folder was not empty');
    district = loaded;
}, 300_000);

afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

/** Somebody of the district, as `PEOPLE` names them. */
function by(key: string): Colleague {
    const person = PEOPLE.find((each) => each.key === key);
    if (person === undefined) throw new Error(`nobody is ${key}`);
    const { name, roles } = person;
    return colleagues(app.services)({ id: idOf(district.people, key), name, orgId: district.orgId, roles });
}

describe('the fictional district', () => {
    it('has forms it may issue on, and a short name in its numbers', async () => {
        const { items } = await by('zhou').call('template.list', { query: {} });
        expect(items.filter(({ type, confirmed }) => type === 'sceneRecord' && confirmed !== null)).toHaveLength(1);
        const parameters = await by('gu').call('parameter.list', { query: {} });
        expect(parameters.items.find(({ key }) => key === 'document.numberRegion')?.value).toBe('虚示');
    });
});

describe('what the stories leave', () => {
    it('is sound: every log, row and file', async () => {
        const { findings, gaps } = await verifyInstallation({ dataFolder: dataFolder() });
        expect({ findings, gaps }).toEqual({ findings: [], gaps: [] });
    });
});
