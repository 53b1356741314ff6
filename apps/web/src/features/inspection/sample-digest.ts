import { CAMPAIGN_RECORD_FORMAT, type CampaignFault, checkCampaignRecord } from '@liuhen/domain';
import { sha256 } from '@noble/hashes/sha2.js';

/** Draws the sample again in this browser from a record; anything that is no record has the fault `format`. */
export function recheckSample(text: string): CampaignFault[] {
    try {
        return checkCampaignRecord((bytes) => sha256(bytes), JSON.parse(text)).faults;
    } catch {
        return ['format'];
    }
}

/** Whether a file is the record of a sample, and not of another draw. */
export function isSampleRecord(text: string): boolean {
    try {
        return (JSON.parse(text) as { format?: unknown } | null)?.format === CAMPAIGN_RECORD_FORMAT;
    } catch {
        return false;
    }
}
