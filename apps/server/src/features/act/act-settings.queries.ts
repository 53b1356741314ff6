import type { CodeRule, Id, Instant, Modal, ScenarioKey } from '@liuhen/domain';
import { modalOf } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** What an organisation has set for its acts, as it held at a moment. */
export type ActSettings = CodeRule & {
    /** Scenarios it has added (正文二(二)1, second sentence), by their key, and whether recording is a must there. */
    readonly scenarios: Readonly<Record<string, Modal>>;
    /** 附件1 第11条: what counts as a high-risk site. */
    readonly grounds: readonly string[];
    /** Lines added to the list of what to do. */
    readonly checks: readonly string[];
};

/** Until the organisation decides otherwise. 附件1 第11条 names the first two; the form of 检查码 stands in no text that was seen. */
const DEFAULTS: ActSettings = {
    scenarios: {},
    grounds: ['易燃易爆场所', '无菌场所'],
    checks: [],
    required: false,
    format: null,
};

export async function actSettingsAt(_db: ReadDb, _orgId: Id, _at: Instant): Promise<ActSettings> {
    return DEFAULTS;
}

/** 正文二(二)1: whether recording throughout is a must, by what held when the segment began. */
export const recordingModal = (settings: ActSettings, scenario: ScenarioKey): Modal => modalOf(scenario, settings.scenarios);
