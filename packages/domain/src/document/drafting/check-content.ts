import type { ContentFinding } from '../document-content.ts';
import type { DraftingRuleId } from '../drafting-rule-id.ts';
import type { DocumentContent, Template } from '../template.ts';
import { COMMON_RULES } from './common-rules.ts';
import { DECISION_RULES } from './decision-rules.ts';
import type { DraftingFacts } from './drafting-facts.ts';
import type { DraftingCheck } from './drafting-tools.ts';
import { RECORD_RULES } from './record-rules.ts';

/** Every rule a template may name. */
export const DRAFTING_RULES: Readonly<Record<DraftingRuleId, DraftingCheck>> = { ...RECORD_RULES, ...DECISION_RULES };

/**
 * What a document lacks and which rules of drafting it does not keep, in the order of the rules. Start and end of `content` are
 * those stated for the document (see `statedContent`).
 */
export function checkContent(template: Template, content: DocumentContent, facts: DraftingFacts): ContentFinding[] {
    const drafted = { template, content, facts };
    const checks = [...Object.values(COMMON_RULES), ...template.rules.map((id) => DRAFTING_RULES[id])];
    return checks.flatMap((check) => check(drafted));
}
