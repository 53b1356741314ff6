import type { CampaignFrame, CampaignRules, FrameAct } from './campaign.ts';

export const uuid = (kind: string, number: number): string => `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

export const rules = (more: Partial<CampaignRules> = {}): CampaignRules => ({
    v: 1,
    title: '第四季度全过程记录稽查',
    organisations: [1, 2].map((each) => ({ id: uuid('c', each), code: `31011${each}`, name: `第${each}区监督所` })),
    from: Date.UTC(2026, 9, 1),
    to: Date.UTC(2027, 0, 1),
    scenarios: [],
    byOrganisation: true,
    byScenario: true,
    take: { number: 2 },
    shares: [],
    ...more,
});

export const frameAct = (number: number, more: Partial<FrameAct> = {}): FrameAct => ({
    id: uuid('a', number),
    number: `310111-2026-${number}`,
    organisation: uuid('c', 1 + (number % 2)),
    scenario: number % 3 === 0 ? 'hearing' : 'routineInspection',
    state: 'closed',
    ...more,
});

export const frame = (count: number, more: (number: number) => Partial<FrameAct> = () => ({})): CampaignFrame => ({
    v: 1,
    acts: range(count).map((each) => frameAct(each, more(each))),
});
