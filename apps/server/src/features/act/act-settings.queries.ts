import {
    addedScenarios,
    type CodeRule,
    DomainError,
    type Id,
    type Instant,
    isFixedScenario,
    type Modal,
    modalOf,
    ownScenarioName,
    type ScenarioKey,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { parametersOf } from '../parameter/parameter.queries.ts';

/** What an organisation has set for its acts, as it held at a moment. */
export type ActSettings = CodeRule & {
    /** Scenarios it has added (正文二(二)1, second sentence), by their key, and whether recording is a must there. */
    readonly scenarios: Readonly<Record<string, Modal>>;
    /** 附件1 第11条: what counts as a high-risk site. */
    readonly grounds: readonly string[];
    /** Lines added to the list of what to do. */
    readonly checks: readonly string[];
};

/** Settings of any moment, read once for whoever asks of many acts. */
export async function actSettingsOf(db: ReadDb, orgId: Id): Promise<(at: Instant) => ActSettings> {
    const parameters = await parametersOf(db, orgId);
    return (at) => ({
        scenarios: addedScenarios(parameters('act.addedScenarios', at).value ?? []),
        grounds: parameters('act.highRiskGrounds', at).value ?? [],
        checks: parameters('act.addedChecks', at).value ?? [],
        required: parameters('act.inspectionCodeRequired', at).value ?? false,
        format: parameters('act.inspectionCodeFormat', at).value,
    });
}

export const actSettingsAt = async (db: ReadDb, orgId: Id, at: Instant): Promise<ActSettings> =>
    (await actSettingsOf(db, orgId))(at);

/** An added scenario is on the organisation's list of that day; throws `act.scenarioUnknown`. */
export async function refuseUnknownScenario(db: ReadDb, orgId: Id, scenario: ScenarioKey, at: Instant): Promise<void> {
    if (isFixedScenario(scenario) || (await actSettingsAt(db, orgId, at)).scenarios[scenario] !== undefined) return;
    throw new DomainError('act.scenarioUnknown', { scenario: ownScenarioName(scenario) ?? '' });
}

/** 正文二(二)1: whether recording throughout is a must, by what held when the segment began. */
export const recordingModal = (settings: ActSettings, scenario: ScenarioKey): Modal => modalOf(scenario, settings.scenarios);
