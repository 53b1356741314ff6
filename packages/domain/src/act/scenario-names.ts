import { SCENARIOS, type Scenario, type ScenarioKey } from './act.ts';

/** What people and platforms call the fixed scenarios: the words of the notice (正文二(二)1) and those in use. */
export const SCENARIO_NAMES: Readonly<Record<Scenario, readonly string[]>> = {
    licenceSiteReview: ['行政许可现场审查', '许可现场审查'],
    afterNotificationCommitment: ['告知承诺后检查', '采用告知承诺方式取得行政许可后的检查', '告知承诺后的检查'],
    doubleRandomInspection: ['双随机现场检查', '随机监督抽查中的现场检查', '随机监督抽查', '双随机'],
    coerciveMeasure: ['行政强制', '实施行政强制'],
    evidencePreservation: ['证据先行登记保存'],
    lienService: ['留置送达'],
    publicService: ['公告送达'],
    simpleProcedurePenalty: ['简易程序处罚', '实施简易程序的行政处罚'],
    hearing: ['听证'],
    routineInspection: ['日常检查', '日常监督检查', '行政检查'],
    samplingForEvidence: ['抽样取证'],
    surveillanceSampling: ['监督抽检'],
    interview: ['询问约谈', '约谈询问'],
    complaintHandling: ['投诉举报处理', '处理投诉举报'],
};

const KEYS = new Map(SCENARIOS.flatMap((key) => SCENARIO_NAMES[key].map((name) => [name, key] as const)));

/** The fixed scenario of a name, written in any width of characters. */
export const fixedScenarioNamed = (name: string): Scenario | undefined => KEYS.get(name.normalize('NFKC').trim());

/** Of a key, of a name of a fixed scenario, or of one that an organisation added. */
export function scenarioNamed(text: string, added: readonly ScenarioKey[]): ScenarioKey | undefined {
    const key = SCENARIOS.find((each) => each === text);
    return key ?? fixedScenarioNamed(text) ?? added.find((each) => each === text || each === `own.${text.trim()}`);
}
