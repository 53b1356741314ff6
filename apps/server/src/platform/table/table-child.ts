import { readFileSync, writeSync } from 'node:fs';
import { parseTable } from './parse-table.ts';

/** Reads the table that comes on descriptor 3 and answers on 4. Started by `read-table.ts` without environment, names or rights. */
const FILE = 3;
const ANSWER = 4;

const answer = Buffer.from(JSON.stringify(parseTable(readFileSync(FILE))));
for (let at = 0; at < answer.length; ) at += writeSync(ANSWER, answer, at);
