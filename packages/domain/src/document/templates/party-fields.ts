import type { TemplateField } from '../template.ts';
import { type FieldOptions, half, line, optional } from './fields.ts';

/** The party as forms name it first. 处罚法59、强制法24: name and address are among the items a decision must have. */
export const partyName = (label = '当事人', options: FieldOptions = {}): TemplateField =>
    line('party', label, { prefill: 'party.name', ...options });

export const partyAddress = (label = '地址', options: FieldOptions = {}): TemplateField =>
    line('address', label, { prefill: 'party.address', ...options });

export const partyHead = (label = '当事人'): readonly TemplateField[] => [
    partyName(label),
    line('creditCode', '统一社会信用代码（证件号码）', { prefill: 'party.creditCode', ...optional }),
    line('legalRepresentative', '法定代表人（负责人）', { prefill: 'party.legalRepresentative', ...half, ...optional }),
    line('phone', '联系电话', { prefill: 'party.phone', ...half, ...optional }),
    partyAddress(),
];

export const agencyName = (label = '执法机关', options: FieldOptions = {}): TemplateField =>
    line('agency', label, { prefill: 'agency.name', ...options });

export const caseTitle = (options: FieldOptions = {}): TemplateField =>
    line('caseTitle', '案由', { prefill: 'case.title', hint: '当事人名称＋具体违法行为＋案', ...options });
