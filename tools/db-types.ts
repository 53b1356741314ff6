import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const OUT = new URL('../apps/server/src/schema/db.generated.ts', import.meta.url);
const CODEGEN = new URL('../node_modules/kysely-codegen/dist/cli/bin.js', import.meta.url);

/** PostgreSQL types as platform/db/types.ts parses them: int8 → number, numeric → bigint, bytea → bytes. */
const TYPES = { int8: 'number', numeric: 'bigint', bytea: 'Uint8Array', timestamptz: 'Date', jsonb: 'unknown' };

/** Text columns with a check constraint: the union of the domain that the constraint repeats. */
const UNIONS: Readonly<Record<string, string>> = {
    'organisation.kind': 'OrganisationKind',
    'person.kind': 'PersonKind',
    'person.posts': 'Post[]',
    'role_grant.role': 'Role',
    'role_grant.duty': 'Duty',
    'party.kind': 'PartyKind',
    'party.state': 'PartyState',
    'party_change.subject': 'ChangeSubject',
    'licence.speciality': 'Speciality',
    'licence.state': 'LicenceState',
    'party_merge.state': 'MergeState',
    'party_grade.scheme': 'GradeScheme',
    'device.kind': 'DeviceKind',
    'device.state': 'DeviceState',
    'device_step.step': 'StepOfDevice',
    'device_step.from_state': 'DeviceState',
    'device_step.to_state': 'DeviceState',
    'device_check.place': 'CheckPlace',
    'device_issue.basis': 'IssueBasis | null',
    'device_model.kind': 'DeviceKind',
    'recording_room.kind': 'RoomKind',
    'late_excuse.ground': 'LateGround',
    'late_excuse.state': 'ExcuseState',
    'act.scenario': 'ScenarioKey',
    'case.procedure': 'ProcedureId',
    'case.source': 'CaseSource',
    'case_step.as_post': 'CasePost',
    'case_step.origin': 'StepOrigin | null',
    'case_person.part': 'CasePart',
    'case_evidence.kind': 'EvidenceKind',
    'case_exclusion.reason': 'ExclusionReason',
    'case_remedy.kind': 'RemedyKind',
    'case_remedy.result': 'RemedyResult | null',
    'act.state': 'ActState',
    'act.secrecy': 'SecrecyMark | null',
    'act_segment.scenario': 'ScenarioKey',
    'act_segment.site_kind': 'SiteKind',
    'act_exemption.kind': 'ExemptionKind',
    'act_exemption.state': 'ExemptionState',
    'act_participant.part': 'Part',
    'document.type': 'DocumentType',
    'document.origin': 'DocumentOrigin',
    'document.state': 'DocumentState',
    'document.waits_for': 'DocumentWaiting | null',
    'document.approved_as': 'SigningHead | null',
    'document.served_mode': 'ServiceMode | null',
    'document_series.numbering': 'SeriesNumbering',
    'document_block.state': 'BlockState',
    'document_number.state': 'NumberState',
    'document_print.kind': 'PrintKind',
    'document_signature.signer': 'Signer',
    'document_signature.outcome': 'SignatureOutcome',
    'document_signature.means': 'SignatureMeans',
    'task_officer.part': 'TaskPart | null',
    'document_signature.reading': 'SignatureReading | null',
    'document_scan.role': 'ScanRole',
    'document_scan.finding': 'ScanFinding',
    'seal_use.means': 'SealMeans',
    'document_service.mode': 'ServiceMode',
    'document_service.state': 'ServiceState',
    'template_confirmation.type': 'DocumentType',
    'document_step.step': 'DocumentStepKind',
    'document_step.from_state': 'DocumentState',
    'document_step.to_state': 'DocumentState',
    'clock_reading.source': 'ClockSource',
    'derived_item.kind': 'DerivedKind',
    'derived_item.state': 'DerivedState',
    'derived_item.reason': 'DerivedReason | null',
    'filing_proposal.level': 'FilingLevel',
    'filing_proposal.conflicts': 'FilingConflict[]',
    'filing_proposal.outcome': 'ProposalOutcome',
    'recording.clock_state': "'fitted' | ClockDoubt | null",
    'recording.role': 'ItemRole',
    'recording.state': 'RecordingState',
    'recording.source': 'RecordingSource',
    'task.origin': 'TaskOrigin',
    'task.scenario': 'ScenarioKey',
    'task.state': 'TaskState',
    'task.result': 'TaskResult | null',
    'task_import.origin': 'ImportOrigin',
    'task_import_row.state': 'ImportRowState',
    'task_import_row.faults': 'TaskRowFault[]',
    'task_import_row.scenario': 'ScenarioKey | null',
    'inspection_plan.state': 'PlanState',
    'officer_avoidance.reason': 'AvoidanceReason',
    'draw.state': 'DrawState',
    'complaint.channel': 'ComplaintChannel',
    'complaint.state': 'ComplaintState',
    'complaint.due_basis': 'ComplaintDueBasis',
    'complaint_link.kind': 'ComplaintLinkKind',
    'ledger.entry.kind': 'EventKind',
};
const unionNames = [...new Set(Object.values(UNIONS).map((type) => type.replace(/\[\]| \| null$|^'\w+' \| /g, '')))].sort();

/** Table types from a migrated database; the text, so that a check can compare it with what is committed. */
export async function databaseTypes(url: string): Promise<string> {
    const { stdout } = await promisify(execFile)(
        process.execPath,
        [
            CODEGEN.pathname,
            '--url',
            url,
            '--dialect',
            'postgres',
            '--default-schema',
            'liuhen',
            '--exclude-pattern',
            '{graphile_worker,migration,jobs,public}.*',
            '--type-mapping',
            JSON.stringify(TYPES),
            '--overrides',
            JSON.stringify({ columns: UNIONS }),
            '--print',
        ],
        { maxBuffer: 16 << 20 },
    );
    const body = stdout.slice(stdout.indexOf('/**')).trim();
    return `import type { ${unionNames.join(', ')} } from '@liuhen/domain';\n${body}\n`;
}

export const committedDatabaseTypes = (): Promise<string> => readFile(OUT, 'utf8');
export const writeDatabaseTypes = (text: string): Promise<void> => writeFile(OUT, text);
