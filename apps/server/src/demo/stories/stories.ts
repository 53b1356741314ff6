import { VISITS } from '../demo-data.ts';
import { boardStory } from './board-story.ts';
import { complaintStory } from './complaint/complaint-story.ts';
import { campaignStory } from './compliance/campaign-story.ts';
import { findingStory } from './compliance/finding-story.ts';
import { parameterStory } from './compliance/parameter-story.ts';
import { registerStory } from './compliance/register-story.ts';
import { inspectionStory } from './inspection/inspection-story.ts';
import { penaltyStory } from './penalty/penalty-story.ts';
import { readiness } from './readiness.ts';
import type { Story } from './stage.ts';
import { visit } from './visits.ts';

/** Everything that happened in the fictional district until today. */
export const STORIES: readonly Story[] = [
    readiness,
    inspectionStory,
    complaintStory,
    penaltyStory,
    ...VISITS.map(visit),
    boardStory,
    registerStory,
    findingStory,
    campaignStory,
    parameterStory,
];
